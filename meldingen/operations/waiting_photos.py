"""Photos of the citizens' form, kept between its steps without a cookie: by the key of the form."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import files, history
from core.forms import OvertakenError
from core.locks import wait_for
from meldingen.models import Photo, WaitingPhoto
from meldingen.operations.photos import drop, store_with_thumbnail

if TYPE_CHECKING:
    import uuid

    from core.uploads import CleanFile
    from meldingen.models import Melding

MOST = 3  # per form
DAY_BYTES = 100 * 1024 * 1024  # from one address on the network
KEPT = dt.timedelta(days=1)


class TooManyWaitingError(OvertakenError):
    message = _("Hoogstens drie foto's. Haal er eerst een weg.")


class TooMuchFromHereError(OvertakenError):
    message = _("Vandaag kwamen er van hier al te veel foto's. Verstuur uw melding zonder foto.")


def of(form_key: uuid.UUID) -> list[WaitingPhoto]:
    """What this form holds; what it brought along when it was sent is not here any more."""
    return list(WaitingPhoto.objects.filter(form_key=form_key).exclude(file=""))


@transaction.atomic
def keep(form_key: uuid.UUID, clean: CleanFile, *, network: str) -> WaitingPhoto:
    """Until the form is sent. The same photo twice is one: people send a form again."""
    wait_for(form_key)
    kept = of(form_key)
    if same := next((row for row in kept if row.sha256 == clean.sha256), None):
        return same
    if len(kept) >= MOST:
        raise TooManyWaitingError
    _within_quota(clean, network)
    row = WaitingPhoto(form_key=form_key, network=network, is_held=not clean.is_scanned,
                       **files.about(clean))  # fmt: skip
    with contextlib.ExitStack() as opened:
        store_with_thumbnail(row, clean, opened)
    return row


def _within_quota(clean: CleanFile, network: str) -> None:
    wait_for(network)
    rows = WaitingPhoto.objects.filter(network=network, at__gte=timezone.now() - KEPT)
    today = rows.aggregate(all=Sum("size"))["all"] or 0
    if today + len(clean.content) > DAY_BYTES:
        raise TooMuchFromHereError


@transaction.atomic
def take_away(form_key: uuid.UUID, key: str) -> None:
    """By whoever fills in the form."""
    wait_for(form_key)
    for row in of(form_key):
        if str(row.key) == key:
            drop(row)


def hand_over(form_key: uuid.UUID, melding: Melding) -> None:
    """With the form that is sent its photos become those of the melding; the files stay put."""
    for row in of(form_key):
        photo = Photo.objects.create(
            melding=melding,
            name=row.name,
            content_type=row.content_type,
            size=row.size,
            sha256=row.sha256,
            file=row.file.name,
            thumbnail=row.thumbnail.name,
            is_held=row.is_held,
        )
        WaitingPhoto.objects.filter(pk=row.pk).update(file="", thumbnail="", is_held=False)
        history.record("photo.added", photo, by=None, context=melding)


def tidy() -> None:
    """Once a night: forms that were never sent leave nothing behind after a day."""
    for row in WaitingPhoto.objects.filter(at__lt=timezone.now() - KEPT):
        _forget(row)


@transaction.atomic
def _forget(row: WaitingPhoto) -> None:
    """Read anew: somebody may send the form at this very moment, and then has the file."""
    wait_for(row.form_key)
    if found := WaitingPhoto.objects.filter(pk=row.pk).first():
        drop(found)
