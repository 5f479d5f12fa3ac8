"""What waits around the letterboxes: rounds that nobody walked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.workdays import is_working_day
from ivcentrum.today.task import SHOWN, Line, Task, Urgency
from meldingen.models import Route, missed

if TYPE_CHECKING:
    from accounts.models import User

DAY = dt.timedelta(days=1)


def tasks(user: User, *, on: dt.date) -> Iterable[Task]:
    if user.has_right(Right.ROUND_WALK):
        yield _missed(user, on)


def _missed(user: User, on: dt.date) -> Task:
    """From the last working day on: in the weekend nobody is asked about Friday twice."""
    day = on - DAY
    while not is_working_day(day):
        day -= DAY
    routes = list(Route.objects.visible_to(user).current())
    rows = missed(routes, since=day, until=on - DAY)
    address = reverse("meldingen:rounds") + "#gemist"
    lines = [Line(str(route), address, note=date_format(when, "l j b")) for route, when in rows]
    return Task(Urgency.LATE, _("Rondes die niemand deed"), len(rows), address,
                _("Zeg waarom, of doe ze vandaag"), "warn", "walk", tuple(lines[:SHOWN]))  # fmt: skip
