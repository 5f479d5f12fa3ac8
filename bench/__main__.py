"""script/bench [what …]: measures, prints a table and keeps it. Without a name: pages, then reminders.

pages: a plan of 600 actions and its report. reminders: ten thousand things due and the mails of a day.
meldingen 10000 100000 1000000: how their pages grow, ten minutes. faults [mails …] [--small]: what is
killed, frozen and filled up, half an hour.
"""

from __future__ import annotations

import subprocess
import sys

MODULES = {
    "pages": "bench.plan_and_report",
    "reminders": "bench.reminders",
    "meldingen": "bench.meldingen",
    "faults": "bench.faults",
}
USUAL = ("pages", "reminders")


def main(words: list[str]) -> int:
    if not words:
        return max(run(name) for name in USUAL)
    if words[0] not in MODULES:
        sys.exit(f"Gebruik: script/bench [{' | '.join(MODULES)}]\n\n{__doc__}")
    return run(words[0], *words[1:])


def run(name: str, *words: str) -> int:
    return subprocess.call([sys.executable, "-m", MODULES[name], *words])  # noqa: S603 - our own program


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
