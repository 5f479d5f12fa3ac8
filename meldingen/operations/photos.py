"""Photos and scanned notes: checked, drawn anew, with a small version beside them."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import uuid
from functools import partial
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image

from core import files, history, receipts, scanner
from core.forms import OvertakenError
from meldingen import permissions
from meldingen.models import Melding, Photo, WaitingPhoto

if TYPE_CHECKING:
    from accounts.models import User
    from core.uploads import CleanFile

MOST = 10  # per melding
DAY_BYTES = 200 * 1024 * 1024  # what one person adds in a day
SMALL = 620  # pixels, the longest side


class TooManyPhotosError(OvertakenError):
    field = "photos"
    message = _("Hoogstens tien foto's per melding.")


class TooMuchTodayError(OvertakenError):
    field = "photos"
    message = _("Je voegde vandaag te veel foto's toe. Probeer het morgen opnieuw.")


@transaction.atomic
def add_photos_once(
    melding: Melding, cleaned: list[CleanFile], *, token: uuid.UUID, by: User
) -> Photo:
    """However often the form is sent."""
    return receipts.once(token, Photo, lambda: add_photos(melding, cleaned, by=by)[0], by=by)


@transaction.atomic
def add_photos(melding: Melding, cleaned: list[CleanFile], *, by: User) -> list[Photo]:
    """All of them or none; the row of the melding makes two at once count each other's."""
    Melding.objects.select_for_update().get(pk=melding.pk)
    permissions.may_add_photo(by, melding).or_403()
    _within_quota(melding, cleaned, by)
    return _kept(melding, cleaned, by)


@transaction.atomic
def add_from_reporter(melding: Melding, cleaned: list[CleanFile]) -> list[CleanFile]:
    """What came with a mail, as many as still fit; give back what did not."""
    Melding.objects.select_for_update().get(pk=melding.pk)
    room = max(MOST - melding.photos.count(), 0)
    _kept(melding, cleaned[:room], None)
    return cleaned[room:]


def _kept(melding: Melding, cleaned: list[CleanFile], by: User | None) -> list[Photo]:
    with contextlib.ExitStack() as kept:  # what follows fails: every file goes as its row does
        rows = [_store(melding, clean, by, kept) for clean in cleaned]
        for row in rows:
            history.record("photo.added", row, by=by, context=melding)
    return rows


def _within_quota(melding: Melding, cleaned: list[CleanFile], by: User) -> None:
    if melding.photos.count() + len(cleaned) > MOST:
        raise TooManyPhotosError
    since = timezone.now() - dt.timedelta(days=1)
    today = Photo.objects.filter(by_name=str(by), at__gte=since).aggregate(all=Sum("size"))["all"]
    if (today or 0) + sum(len(clean.content) for clean in cleaned) > DAY_BYTES:
        raise TooMuchTodayError


def _store(
    melding: Melding, clean: CleanFile, by: User | None, kept: contextlib.ExitStack
) -> Photo:
    row = Photo(
        melding=melding, by_name=str(by or ""), is_held=not clean.is_scanned, **files.about(clean)
    )
    store_with_thumbnail(row, clean, kept)
    return row


def store_with_thumbnail(
    row: Photo | WaitingPhoto, clean: CleanFile, kept: contextlib.ExitStack
) -> None:
    """The file and its small version; whoever closes `kept` on an error takes both away."""
    if clean.content_type.startswith("image/"):  # a scanned PDF has no small version
        row.thumbnail.save(f"{uuid.uuid4().hex}.jpg", ContentFile(small(clean.content)), save=False)
        kept.push(lambda kind, *_rest: row.thumbnail.delete(save=False) if kind else None)
    kept.enter_context(files.stored(row, clean))


def small(content: bytes) -> bytes:
    """The same picture as a JPEG, small enough for a list and for a phone in the street."""
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
        plain = picture.convert("RGB")
    plain.thumbnail((SMALL, SMALL))
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=80, optimize=True)
    return target.getvalue()


def scan_held(*, most: int = 100) -> int:
    """Ask the scanner again about what it has not seen: good files are let go, bad ones thrown
    away. How many still wait comes back."""
    for model in (Photo, WaitingPhoto):
        for row in model._default_manager.filter(is_held=True).order_by("pk")[:most]:
            _scan(row)
    return Photo.objects.filter(is_held=True).count()


def _scan(row: Photo | WaitingPhoto) -> None:
    with row.file.open("rb") as kept:
        found = scanner.scan(kept.read())
    if found is scanner.Found.NOTHING:
        type(row)._default_manager.filter(pk=row.pk).update(is_held=False)
    elif found is scanner.Found.VIRUS:
        _throw_away(row)


@transaction.atomic
def _throw_away(row: Photo | WaitingPhoto) -> None:
    if isinstance(row, Photo):
        history.record("photo.refused", row, by=None, context=row.melding)
    drop(row)


def drop(row: Photo | WaitingPhoto) -> None:
    """The row now, and its files once that is certain."""
    names = [str(file.name) for file in (row.file, row.thumbnail) if file]
    row.delete()
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))
