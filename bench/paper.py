"""The PDF of 600 actions, by the product and by WeasyPrint alone, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.generator import Made, draft
from reports.document import css
from reports.operations import freeze
from reports.tasks import page_of


@dataclass(frozen=True)
class Frozen:
    queries: int
    seconds: float
    product: dict[str, float]  # seconds, megabytes, pages
    alone: dict[str, float]


def measure(made: Made, folder: Path) -> Frozen:
    report = draft(made)
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        report = freeze(report, version=report.version, by=made.coordinator)
    took = time.perf_counter() - began
    (folder / "snapshot.json").write_text(json.dumps(report.snapshot))
    (folder / "page.html").write_text(page_of(report))
    (folder / "paper.css").write_text(css(report.snapshot or {}))
    return Frozen(len(queries), took, _child("product", folder), _child("alone", folder))


def _child(how: str, folder: Path) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "bench.child", how, str(folder)],
        check=True, stdout=subprocess.PIPE, env={**os.environ},
    )  # fmt: skip
    result: dict[str, float] = json.loads(done.stdout)
    return result
