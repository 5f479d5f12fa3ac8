"""When far more reports come from the web than people make: each next one takes some effort.

A computer does a sum for it (`core.effort`). Where that does not work, without scripts or on an old
phone, waiting does: a signed ticket for this one form, worth something after ten minutes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner, b62_decode
from django.db.models import Q
from django.utils import timezone

from core import effort
from meldingen.models import Melding

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

    from accounts.models import Municipality

SOURCE = "web"  # the code of the source of the public form, in every municipality
HOUR = dt.timedelta(hours=1)
WAIT = dt.timedelta(minutes=10)
MOST_HOURS = 24  # as long as a form stays open
TICKETS = TimestampSigner(salt="meldingen.rush")


def came_just_now(*, now: dt.datetime) -> Q:
    """From the web, in the last hour."""
    return Q(source__code=SOURCE, entered_at__gt=now - HOUR)


def is_on(place: Municipality) -> bool:
    """Whether this municipality got so many in an hour that the next ones take effort."""
    most: int = settings.PUBLIC_REPORTS_PER_HOUR
    rows = Melding.objects.filter(came_just_now(now=timezone.now()), municipality=place)
    return rows.order_by()[:most].count() >= most


def busiest_hour(*, now: dt.datetime, within: dt.timedelta) -> list[tuple[str, int]]:
    """The municipalities that went over the limit lately, each with its busiest hour."""
    rows = Melding.objects.filter(source__code=SOURCE, entered_at__gt=now - within)
    moments: dict[str, list[dt.datetime]] = {}
    columns = rows.order_by("entered_at").values_list("municipality__name", "entered_at")
    for name, at in columns.iterator():
        moments.setdefault(name, []).append(at)
    found = [(name, _most_in_an_hour(ats)) for name, ats in sorted(moments.items())]
    return [(name, most) for name, most in found if most >= settings.PUBLIC_REPORTS_PER_HOUR]


def _most_in_an_hour(moments: list[dt.datetime]) -> int:
    most = first = 0
    for number, at in enumerate(moments, start=1):
        while moments[first] <= at - HOUR:
            first += 1
        most = max(most, number - first)
    return most


@dataclass(frozen=True, slots=True)
class Effort:
    """What one form has to show during a rush: a sum that was made, or that it waited."""

    place: Municipality
    form_key: uuid.UUID
    data: Mapping[str, Any]

    @property
    def asked(self) -> str:
        return str(self.data.get("sum") or "")

    def is_made(self) -> bool:
        found = str(self.data.get("found") or "")
        return self.has_waited or effort.is_solved(self.asked, found, self._purpose)

    def spend(self) -> bool:
        """A ticket is of one form, and one form is one melding: it needs no spending."""
        return self.has_waited or effort.spend(self.asked)

    @property
    def has_waited(self) -> bool:
        return self.ready_at <= timezone.now() if self._began else False

    @property
    def ready_at(self) -> dt.datetime:
        """From when waiting was enough."""
        return (self._began or timezone.now()) + WAIT

    def again(self) -> dict[str, str]:
        """What goes along in the form: a new sum, and the ticket as it was, so that time counts."""
        kept = str(self.data.get("ticket") or "") if self._began else TICKETS.sign(self._name)
        return {"sum": effort.new_sum(self._purpose), "ticket": kept}

    @property
    def _purpose(self) -> str:
        return f"melding-{self.place.pk}"

    @property
    def _name(self) -> str:
        return f"{self.place.pk}-{self.form_key}"

    @property
    def _began(self) -> dt.datetime | None:
        ticket = str(self.data.get("ticket") or "")
        try:
            name = TICKETS.unsign(ticket, max_age=MOST_HOURS * 3600)
        except BadSignature:
            return None
        return _signed_at(ticket) if name == self._name else None


def _signed_at(ticket: str) -> dt.datetime:
    return dt.datetime.fromtimestamp(b62_decode(ticket.rsplit(":", 2)[1]), dt.UTC)
