"""What every measurement needs: the product set up, an empty database of its own, a place for its figures."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import django

RESULTS = Path(__file__).resolve().parent / "results"
SECTION = re.compile(r"^### (.+)\n\n", re.MULTILINE)


def set_up() -> None:
    """Before anything of the product is imported."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    from django.test.utils import setup_test_environment  # noqa: PLC0415 - only once Django is set up

    setup_test_environment()


@contextmanager
def own_database() -> Iterator[None]:
    """An empty database, gone afterwards: nothing that exists is touched."""
    from django.db import connection  # noqa: PLC0415 - only once Django is set up

    created = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(created, verbosity=0)


def keep(name: str, title: str, sections: Mapping[str, str], folder: Path = RESULTS) -> Path:
    """Into the file of today, in place of what an earlier run said in the same sections; others stay."""
    today = dt.date.today()  # noqa: DTZ011 - the date on this machine's wall
    place = folder / f"{name}-{today:%Y-%m-%d}.md"
    known = _sections(place.read_text()) if place.exists() else {}
    machine = f"{today:%d/%m/%Y}, {os.cpu_count()} kernen, Python {platform.python_version()}"
    told = [f"### {head}\n\n{text.strip()}" for head, text in (known | dict(sections)).items()]
    folder.mkdir(exist_ok=True)
    place.write_text("\n\n".join([f"# {title}", f"{machine}.", *told]) + "\n")
    return place


def _sections(text: str) -> dict[str, str]:
    parts = SECTION.split(text)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))
