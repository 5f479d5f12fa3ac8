"""The address of a melding that came with a point alone: asked afterwards, and called reckoned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F

from core import history, outbox
from core.confidentiality import Level
from meldingen.models import Melding

if TYPE_CHECKING:
    from core.models import OutboxEntry

# Where this happened is told to nobody outside, not even as a point without a word.
KEPT_INSIDE = frozenset({Level.RESTRICTED, Level.CONFIDENTIAL})


def promise(melding: Melding) -> None:
    """In the transaction that gave it this point; an installation without a geocoder asks nothing."""
    if settings.GEOCODER_URL and is_wanted(melding):
        outbox.promise("melding_place", key=f"melding-place:{melding.pk}:{melding.version}",
                       melding=melding.pk)  # fmt: skip


def is_wanted(melding: Melding) -> bool:
    inside = melding.confidentiality in KEPT_INSIDE
    return melding.point is not None and not melding.place and not inside


@transaction.atomic
def put(melding: Melding, address: str, entry: OutboxEntry) -> bool:
    """Only on the point that was asked about, and never over the words of a person."""
    if not outbox.holds_lease(entry):
        return False
    same = Melding.objects.filter(
        pk=melding.pk, latitude=melding.latitude, longitude=melding.longitude, place=""
    )
    if not same.update(place=address, place_is_reckoned=True, version=F("version") + 1):
        return False
    told = history.change(melding, "place", "", address)
    history.record("melding.place_reckoned", melding, by=None, changes=[told])
    return True
