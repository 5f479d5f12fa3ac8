"""Meldingen and boxes on maps: their marks, and the small map of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.geography import outlines
from core.maps import WorldMap
from core.point_map import Stop, place_in_street, place_in_town, places_in_order
from meldingen.models import BoxState
from meldingen.tones import TONES
from meldingen.workflow import MeldingStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from core.point_map import Outline
    from meldingen.models import Mailbox, MailboxRound, MailboxVisit, Melding

S = MeldingStatus
LETTERS = {
    S.RECEIVED: "O", S.ASSIGNED: "T", S.IN_PROGRESS: "B", S.PLANNED: "I", S.WAITING: "W",
    S.REOPENED: "H", S.CLOSED: "A", S.REFERRED: "D", S.NO_ACTION: "G",
}  # fmt: skip
# A letter, a tone and a word for each status: the colour never says it alone.
MARKS: dict[str, tuple[str, str, Any]] = {
    str(status): (LETTERS[status], tone, status.label) for status, tone in TONES.items()
}


def mark_of_box(box: Mailbox, number: str = "") -> list[str]:
    """Its number on a route, else whether something is wrong with it; the word says what."""
    if box.state == BoxState.GOOD:
        return [number or "✓", "ok", _("in orde")]
    return [f"{number}!", "warn", box.get_state_display()]


@dataclass(frozen=True, slots=True)
class SmallMap:
    """One point: a drawing, and where there is a base layer a map in its place."""

    drawn: SafeString
    map: WorldMap | None


def small_map(row: Melding | Mailbox) -> SmallMap | None:
    """Where a melding or a box is; nothing where nobody knows."""
    if row.latitude is None or row.longitude is None:
        return None
    around, at = outlines(row.municipality_id), (row.latitude, row.longitude)
    if not around and not settings.MAP_WMTS_URL:
        return None
    title = _("Waar %s ligt") % row
    hoods = reverse("accounts:borders", args=[row.municipality.code]) if around else ""
    live = WorldMap(title, hoods=hoods, at=at) if settings.MAP_WMTS_URL else None
    return SmallMap(place_in_town(title, at, around), live)


@dataclass(frozen=True, slots=True)
class RoundMap:
    """A round along its boxes, numbered as in the list, and how many of those have no point."""

    drawn: SafeString
    missing: int


def map_of_round(
    walked: MailboxRound, visits: Sequence[MailboxVisit], following: MailboxVisit | None
) -> RoundMap | None:
    """Nothing where no box has a point."""
    stops = [
        Stop(number, point, visit.is_done, is_next=visit == following)
        for number, visit in enumerate(visits, start=1)
        if (point := visit.mailbox.point)
    ]
    if not stops:
        return None
    title = _("Kaart van de ronde: de nummers staan in de lijst hieronder")
    drawn = places_in_order(title, stops, outlines(walked.route.municipality_id))
    return RoundMap(drawn, len(visits) - len(stops))


def map_of_double(melding: Melding, other: Melding, around: Sequence[Outline]) -> SafeString | None:
    """How far the other lies from this one; else where in the municipality it is."""
    if other.latitude is None or other.longitude is None:
        return None
    there = (other.latitude, other.longitude)
    if melding.latitude is not None and melding.longitude is not None:
        here = (melding.latitude, melding.longitude)
        return place_in_street(_("Waar %s ligt, tegenover deze plek") % other, here, there)
    return place_in_town(_("Waar %s ligt") % other, there, around) if around else None
