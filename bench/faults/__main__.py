"""script/bench faults [mails pdfs frozen gone smtp disk worker] [--small]: a table, and 1 when a promise is broken.

At full size it takes about half an hour and keeps the figures in bench/results/.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

from bench import stage
from bench.faults.house import ROOT
from bench.faults.kills import Row
from bench.faults.trials import FULL

MOST_SECONDS = 1_200  # for one trial


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench faults", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"which of {', '.join(FULL)}; all without a name")
    parser.add_argument("--small", action="store_true", help="minutes instead of half an hour")
    chosen = parser.parse_args()
    is_good = True
    for name in chosen.names or FULL:
        rows = tried(name, "small" if chosen.small else "full")
        print(f"{name}\n{table(rows)}", flush=True)
        is_good = is_good and all(row.is_good for row in rows)
        if not chosen.small:
            stage.keep("faults", "Storingen", {name: table(rows)})
    return 0 if is_good else 1


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


if __name__ == "__main__":
    sys.exit(main())
