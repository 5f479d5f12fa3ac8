"""Taking in: a number, a norm, and the service that usually handles it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from accounts.geography import neighbourhood_at
from core import history
from core.confidentiality import Level
from core.workdays import after_working_days
from meldingen.models import Urgency
from meldingen.operations import reckoning

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import Municipality, User
    from meldingen.models import Melding, Reporter

URGENT_DAYS = 1  # working days, whatever the category says


@transaction.atomic(savepoint=False)  # inside another change it is all or nothing with that
def take_in(melding: Melding, reporter: Reporter | None = None, *, by: User | None) -> Melding:
    """Keep a new melding, with who reported it apart. Nobody (None) enters for the public form.

    The neighbourhood follows from the point; what was chosen counts where no border holds it.

    A form that is sent twice is the receipts' affair (`CreateForm.once`).
    """
    today = timezone.localdate()
    melding.number = _next_number(melding.municipality, today.year)
    melding.entered_by = by
    melding.handler = melding.handler or melding.category.handler
    if melding.category.is_sensitive and melding.confidentiality == Level.PUBLIC:
        melding.confidentiality = Level.INTERNAL
    found = neighbourhood_at(melding.municipality_id, melding.latitude, melding.longitude)
    melding.neighbourhood = found or melding.neighbourhood
    set_norms(melding, since=today)
    melding.save(force_insert=True)
    if reporter:
        reporter.melding = melding
        reporter.save(force_insert=True)
    history.record("melding.made", melding, by=by, happened_on=_day(melding, today))
    reckoning.promise(melding)
    return melding


def set_norms(melding: Melding, *, since: dt.date) -> None:
    """The last working days for a first reaction and for the end, by category and urgency."""
    urgent = melding.urgency == Urgency.URGENT
    category = melding.category
    melding.ack_due = after_working_days(since, URGENT_DAYS if urgent else category.ack_days)
    melding.due = after_working_days(since, URGENT_DAYS if urgent else category.resolve_days)


def _day(melding: Melding, today: dt.date) -> dt.date | None:
    happened = timezone.localdate(melding.happened_at)
    return happened if happened != today else None


# One question gives the next number, the first of a year too.
NEXT_NUMBER = """
    INSERT INTO meldingen_numberseries AS series (municipality_id, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (municipality_id, year) DO UPDATE SET last = series.last + 1
    RETURNING last
"""


def _next_number(municipality: Municipality, year: int) -> str:
    """ZAN-2026-00421. The row of the series makes two at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [municipality.pk, year])
        (last,) = cursor.fetchone()
    return f"{municipality.code}-{year}-{last:05}"
