"""The texts in other languages: written in locale/, compiled where the product is set up."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def catalogues() -> list[Path]:
    return sorted(path for root in settings.LOCALE_PATHS for path in Path(root).rglob("*.po"))


def read(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file)


def build() -> list[Path]:
    """Compile what changed since; a reader finds the old file or the new one, never half of one."""
    return [_compiled(source) for source in catalogues() if _is_newer(source)]


def _is_newer(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compiled(source: Path) -> Path:
    target = source.with_suffix(".mo")
    waiting = target.with_name(f".{target.name}.{os.getpid()}")
    with waiting.open("wb") as file:
        write_mo(file, read(source))
    waiting.replace(target)
    return target
