"""One trial in a process of its own, for each has its own database: prints its rows as JSON."""

from __future__ import annotations

import dataclasses
import json
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.faults import kills, outages
from bench.faults.kills import Row

Trial = Callable[[Path], list[Row]]
FULL: dict[str, Trial] = {
    "mails": partial(kills.mails, count=3_000, kills=60),
    "pdfs": partial(kills.pdfs, count=50, kills=28),
    "frozen": partial(outages.frozen, seconds=60, rounds=15),
    "gone": partial(outages.gone, seconds=60, rounds=15),
    "smtp": partial(outages.smtp, seconds=45, rounds=15),
    "disk": partial(outages.disk, seconds=30, rounds=15),
    "worker": partial(outages.worker, seconds=20, rounds=15),
}
SMALL: dict[str, Trial] = {
    "mails": partial(kills.mails, count=60, kills=2),
    "pdfs": partial(kills.pdfs, count=2, kills=1),
    **{name: partial(trial, seconds=1, rounds=2) for name, trial in outages.ALL.items()},
}


def main() -> None:
    name, size = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        rows = (SMALL if size == "small" else FULL)[name](Path(folder))
    json.dump([dataclasses.asdict(row) for row in rows], sys.stdout)


if __name__ == "__main__":
    main()
