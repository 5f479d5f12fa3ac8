"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, default_storage, storages

FULL = {errno.ENOSPC, errno.EDQUOT}
FULL_DATABASE = "53100"  # PostgreSQL's name for it


def is_disk_full(error: BaseException | None) -> bool:
    """Whether this error came of a full disk, here or below the database."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        if getattr(error, "sqlstate", "") == FULL_DATABASE:
            return True
        error = error.__cause__ or error.__context__
    return False


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A finished file that waits, out of sight, to be put in its place."""

    name: str
    sha256: str
    size: int
    content: bytes
    waiting: Path | None  # on disk beside its place; None where the storage is not a disk

    def put_in_place(self) -> None:
        """Replace whatever stands there in one step, so that no reader ever finds half a file."""
        if self.waiting is None:
            _save(default_storage, self.name, self.content)
            return
        place = Path(default_storage.path(self.name))
        self.waiting.replace(place)
        _sync(place.parent)


@contextlib.contextmanager
def whole_file(name: str, content: bytes) -> Iterator[WholeFile]:
    """Write a file out of sight and safely on the disk; what was not put in place goes away."""
    waiting = _write_aside(name, content) if isinstance(_base(), FileSystemStorage) else None
    digest = hashlib.sha256(content).hexdigest()
    try:
        yield WholeFile(name, digest, len(content), content, waiting)
    finally:
        if waiting:
            waiting.unlink(missing_ok=True)


def sweep(name: str) -> None:
    """Remove what workers that died left beside this file."""
    if isinstance(_base(), FileSystemStorage):
        place = Path(default_storage.path(name))
        for left in place.parent.glob(f".{place.name}.*.tmp"):
            left.unlink(missing_ok=True)


def _base() -> Storage:
    storage: Storage = storages["default"]
    return storage


def _write_aside(name: str, content: bytes) -> Path:
    place = Path(default_storage.path(name))
    place.parent.mkdir(parents=True, exist_ok=True)
    waiting = place.with_name(f".{place.name}.{uuid.uuid4().hex}.tmp")
    try:
        with waiting.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:  # the disk is full: half a file must not make it fuller
        waiting.unlink(missing_ok=True)
        raise
    return waiting


def _save(storage: Storage, name: str, content: bytes) -> None:
    """Object stores show a file only once it is there whole."""
    storage.delete(name)
    storage.save(name, ContentFile(content))


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
