"""script/check: every tool that judges the code, side by side; the output only of what fails."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from script.lib.console import CROSS, TICK, duration, prepare, say
from script.lib.setup import ROOT, VENV

SKIPPED = {"node_modules", "var", "build", ".venv", ".git"}
# What a real installation has, so that Django's own check judges that.
REAL = {
    "DEBUG": "0",
    "DEMO": "0",
    "SECRET_KEY": "".join(chr(33 + number * 7 % 90) for number in range(64)),
    "NOTE_KEYS": "bm90ZSBrZXkgb2YgdGhlIHRlc3RzLCAzMiBieXRlcyE=",
    "SITE_URL": "https://veilig.example",
    "ALLOWED_HOSTS": "veilig.example",
    "BEHIND_PROXY": "1",
    "EMAIL_URL": "smtp://mail.example:25",
}


@dataclass(frozen=True)
class Check:
    name: str
    command: list[str]
    env: dict[str, str]


def templates() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in _files(ROOT) if path.suffix == ".html")


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and path.name not in SKIPPED:
            yield from _files(path)
        elif path.is_file() and "templates" in path.parts:
            yield path


def checks() -> list[Check]:
    pages = templates()
    manage = ["python", "-W", "ignore::RuntimeWarning", "manage.py"]
    commands = {
        "mypy": ["mypy", "."],  # the slowest first
        "check --deploy": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
        "makemigrations --check": [*manage, "makemigrations", "--check", "--dry-run"],
        "import-linter": ["lint-imports"],
        "deptry": ["deptry", "."],
        "djlint": ["djlint", "--quiet", "--lint", *pages],
        "djhtml": ["djhtml", "--check", "--tabwidth", "2", *pages],
        "djade": ["djade", "--check", "--target-version", "5.2", *pages],
        "ruff check": ["ruff", "check", "."],
        "ruff format": ["ruff", "format", "--check", "."],
    }
    return [
        Check(name, command, REAL if name == "check --deploy" else {})
        for name, command in commands.items()
        if pages or not name.startswith("dj")
    ]


def run(check: Check) -> tuple[Check, bool, str]:
    program = [str(VENV / "bin" / check.command[0]), *check.command[1:]]
    done = subprocess.run(
        program,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
        env={**os.environ, **check.env},
        check=False,
    )
    return check, done.returncode == 0, done.stdout.decode(errors="replace").strip()


def main() -> int:
    prepare()
    began = time.monotonic()
    bad = 0
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for check, good, output in pool.map(run, checks()):
            bad += not good
            say(f"  {TICK if good else CROSS} {check.name}")
            if not good:
                say(f"{output}\n")
    took = duration(time.monotonic() - began)
    say(f"Controles: {f'{bad} niet in orde' if bad else 'alles in orde'} ({took}).")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
