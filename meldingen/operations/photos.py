"""Photos of a melding: kept drawn anew, with a small version for lists and phones."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from core import files, history
from meldingen.models import Photo

if TYPE_CHECKING:
    from accounts.models import User
    from core.uploads import CleanFile
    from meldingen.models import Melding

SMALL = 620  # pixels on the longest side


@transaction.atomic
def add_photos(melding: Melding, uploads: Sequence[CleanFile], *, by: User | None) -> list[Photo]:
    """Keep what passed `core.uploads.clean_upload`; the caller asked whether this person may."""
    return [_add(melding, clean, by) for clean in uploads]


def _add(melding: Melding, clean: CleanFile, by: User | None) -> Photo:
    photo = Photo(melding=melding, by_name=str(by) if by else "", **files.about(clean))
    if clean.content_type.startswith("image/"):
        name = f"{photo.key.hex}-klein.jpg"
        photo.thumbnail.save(name, ContentFile(small(clean.content)), save=False)
    with files.stored(photo, clean):
        history.record("photo.added", photo, by=by, context=melding)
    return photo


def small(content: bytes) -> bytes:
    """The same picture, small enough for a phone in the street."""
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
        plain = picture.convert("RGB")
    plain.thumbnail((SMALL, SMALL))
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=80, optimize=True)
    return target.getvalue()
