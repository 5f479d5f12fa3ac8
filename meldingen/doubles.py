"""Has somebody told this before? Those that may be the same, likeliest first, with the reasons."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.db.models import Case, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from core.geo import metres_between
from meldingen.models import NEAR_METRES, Melding, Photo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

WEEKS = 12
LOOKED_AT = 200  # rows, those of the same category first
SHOWN = 5
LIKE = 0.6  # of two places in words, from 0 to 1


@dataclass(frozen=True, slots=True)
class Double:
    melding: Melding
    score: float
    reasons: str


def doubles(melding: Melding, user: User) -> list[Double]:
    """Of what this person sees, in the last weeks; the melding itself may still be unsaved."""
    now = timezone.now()
    same_first = Case(When(category=melding.category_id, then=Value(0)), default=Value(1))
    rows = Melding.objects.visible_to(user).near(melding, since=now - dt.timedelta(weeks=WEEKS))
    looked_at = rows.for_list().order_by(same_first, "-happened_at")[:LOOKED_AT]
    judged = (_judge(melding, row, now) for row in looked_at)
    found = sorted(filter(None, judged), key=lambda double: -double.score)
    return found[:SHOWN]


def known_to_citizens(melding: Melding) -> list[tuple[Melding, float]]:
    """What who reports this may hear of, by the same metres and weeks, nearest first.

    What is kept inside is not even counted: what is left out takes no place and no time.
    """
    if melding.point is None:
        return []
    since = timezone.now() - dt.timedelta(weeks=WEEKS)
    rows = Melding.objects.shown_to_citizens().near(melding, since=since)
    rows = rows.filter(category=melding.category_id).exclude(latitude=None)
    looked_at = rows.order_by("-happened_at").defer("search")[:LOOKED_AT]
    found = [(row, distance(melding, row) or 0.0) for row in looked_at]
    return sorted((row for row in found if row[1] <= NEAR_METRES), key=lambda row: row[1])[:SHOWN]


def _judge(melding: Melding, row: Melding, now: dt.datetime) -> Double | None:
    """Where it is weighs most, then the category, then how recent it is."""
    where = _where(melding, row)
    if where is None:
        return None
    score, reasons = where
    if row.category_id == melding.category_id:
        score += 3
        reasons.insert(0, _("zelfde categorie"))
    elif score < 1:  # only the neighbourhood is the same
        return None
    days = max((now - row.happened_at).days, 0)
    reasons.append(_("%s dagen geleden") % days if days else _("vandaag"))
    return Double(row, score + 1 - days / (WEEKS * 7), ", ".join(reasons))


def _where(melding: Melding, row: Melding) -> tuple[float, list[str]] | None:
    metres = distance(melding, row)
    if metres is not None:
        if metres > NEAR_METRES:
            return None
        return 4 * (1 - metres / (2 * NEAR_METRES)), [_("op %s meter") % round(metres)]
    if not melding.place or not row.place:
        return 0, [_("zelfde wijk")]
    likeness = _likeness(melding.place, row.place)
    return (3 * likeness, [_("plaats lijkt erop")]) if likeness >= LIKE else None


def first_photos(found: Iterable[Double]) -> dict[int, Photo]:
    """The oldest photo of each that has a small version."""
    rows = Photo.objects.filter(melding__in=[double.melding for double in found], is_held=False)
    return {row.melding_id: row for row in rows.exclude(thumbnail="").order_by("-at", "-pk")}


def distance(one: Melding, other: Melding) -> float | None:
    """In metres; nothing where one has no point. Flat, which is right for a street."""
    return metres_between(one.point, other.point) if one.point and other.point else None


def _likeness(one: str, other: str) -> float:
    first, second = one.casefold().strip(), other.casefold().strip()
    if first in second or second in first:
        return 1.0
    return SequenceMatcher(None, first, second).ratio()
