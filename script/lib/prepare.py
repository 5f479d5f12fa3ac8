"""Readies database, static files and demo data, in one process because starting Django takes time."""

import hashlib
import io
import sys
from collections.abc import Callable
from pathlib import Path

import django
from django.core.management import call_command

from script.lib.console import prepare, step

STATIC_SOURCES = ("static", "build/icons", "package-lock.json", "uv.lock")


def main() -> None:
    prepare()
    django.setup()
    with step("Databank bijgewerkt"):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    _static_files()
    with step("Demogegevens geladen"):
        _quietly(lambda: call_command("load_demo", verbosity=0))


def _static_files() -> None:
    """Gather, number and compress them, but only when one has changed: that takes a while."""
    from django.conf import settings  # noqa: PLC0415  # only once Django is set up

    wanted = _fingerprint(settings.BASE_DIR)
    stamp = settings.STATIC_ROOT / "gathered"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with step("Stijl, letters en scripts verzameld"):
        _quietly(lambda: call_command("collectstatic", interactive=False, clear=True, verbosity=0))
        stamp.write_text(wanted)


def _fingerprint(root: Path) -> str:
    mark = hashlib.sha256()
    for source in STATIC_SOURCES:
        top = root / source
        for path in sorted([top, *top.rglob("*")]):
            if path.is_file():
                mark.update(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}\n".encode())
    return mark.hexdigest()


def _quietly(work: Callable[[], object]) -> None:
    """Keep what a command has to say for when it goes wrong."""
    screen, sys.stdout = sys.stdout, io.StringIO()
    try:
        work()
    except BaseException:
        screen.write(f"\n{sys.stdout.getvalue()}")
        raise
    finally:
        sys.stdout = screen


if __name__ == "__main__":
    main()
