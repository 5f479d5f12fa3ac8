"""python -m bench.faults [mails pdfs frozen gone smtp disk worker] [--small]: a table, and 1 when a promise is broken.

At full size it takes about half an hour and keeps the figures in bench/results/.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys

from bench.faults.house import ROOT, say
from bench.faults.kills import Row
from bench.faults.trials import FULL

MOST_SECONDS = 1_200  # for one trial


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"which of {', '.join(FULL)}; all without a name")
    parser.add_argument("--small", action="store_true", help="minutes instead of half an hour")
    chosen = parser.parse_args()
    rows: list[Row] = []
    for name in chosen.names or FULL:
        say(f"· {name}")
        rows += tried(name, "small" if chosen.small else "full")
    print(table(rows))
    if not chosen.small:
        keep(rows)
    return 0 if all(row.is_good for row in rows) else 1


def tried(name: str, size: str) -> list[Row]:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bench.faults.trials", name, size],
        stdout=subprocess.PIPE, cwd=ROOT, timeout=MOST_SECONDS, check=True,
    )  # fmt: skip
    return [Row(**row) for row in json.loads(done.stdout)]


def table(rows: list[Row]) -> str:
    lines = ["| Wat | Uitkomst | Goed |", "| --- | --- | --- |"]
    lines += [f"| {row.what} | {row.came} | {'ja' if row.is_good else 'NEE'} |" for row in rows]
    return "\n".join(lines)


def keep(rows: list[Row]) -> None:
    today = dt.date.today()  # noqa: DTZ011 - the date on this machine's wall
    place = f"{os.cpu_count()} kernen, Python {platform.python_version()}"
    results = ROOT / "bench" / "results"
    results.mkdir(exist_ok=True)
    text = f"# Storingen, {today:%d/%m/%Y}\n\n{place}.\n\n{table(rows)}\n"
    (results / f"faults-{today:%Y-%m-%d}.md").write_text(text)


if __name__ == "__main__":
    sys.exit(main())
