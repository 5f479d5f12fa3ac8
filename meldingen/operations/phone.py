"""What a warden does in the street: a finding of one's own, and taking back a closing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.permissions import denied
from meldingen import permissions
from meldingen.models import Melding
from meldingen.operations.intake import take_in
from meldingen.operations.photos import add_photos
from meldingen.operations.rounds import OWN, source_of
from meldingen.operations.steps import take

if TYPE_CHECKING:
    from accounts.models import Neighbourhood, User
    from core.uploads import CleanFile
    from meldingen.models import Category

UNDO_WITHIN = dt.timedelta(minutes=2)  # shown for ten seconds; the street has slow networks


@dataclass(frozen=True, slots=True)
class Where:
    """Where it was seen: the point of the phone, or the neighbourhood that was chosen."""

    latitude: float | None = None
    longitude: float | None = None
    neighbourhood: Neighbourhood | None = None
    words: str = ""


@transaction.atomic
def find(
    category: Category,
    where: Where,
    *,
    by: User,
    text: str = "",
    photos: Sequence[CleanFile] = (),
) -> Melding:
    """Something a warden saw: the category says what, the photo shows it."""
    place = category.municipality
    permissions.may_take_in(by, place.pk).or_403()
    seen = Melding(
        municipality=place,
        source=source_of(place, OWN),
        category=category,
        text=text or _("Eigen vaststelling: %s.") % category,
        place=where.words,
        latitude=where.latitude,
        longitude=where.longitude,
        neighbourhood=where.neighbourhood,
    )
    made = take_in(seen, by=by)
    add_photos(made, list(photos), by=by)
    return made


def may_undo(melding: Melding, *, now: dt.datetime) -> bool:
    return bool(melding.closed_at and now - melding.closed_at < UNDO_WITHIN)


def undo_closing(melding: Melding, *, by: User) -> Melding:
    """Open again, straight after closing; later it is a step with a reason."""
    if not may_undo(melding, now=timezone.now()):
        denied(_("Dit is te lang geleden. Heropen de melding met een reden.")).or_403()
    return take(melding, "heropenen", by=by, text=_("Afsluiten ongedaan gemaakt."))
