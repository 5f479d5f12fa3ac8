"""What was decided, and is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from ivcentrum.today.task import SHOWN, Line, Task, Urgency
from meetings.filters import LATE
from meetings.models import Resolution
from partners.models.register import own_partner_ids

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from accounts.models import User


def tasks(user: User, *, on: dt.date) -> Iterable[Task]:
    if user.has_right(Right.MEETING_EDIT) or user.has_right(Right.ACTION_UPDATE):
        yield _late(user, on)


def _late(user: User, on: dt.date) -> Task:
    """For who keeps the record: all of them. For others what their own organisation has to do."""
    found = Resolution.objects.visible_to(user).late(on=on).order_by("due", "pk")
    if not user.has_right(Right.MEETING_EDIT):
        found = found.filter(owner__in=own_partner_ids(user))
    rows = list(found)
    lines = tuple(
        Line(str(row), row.get_absolute_url(), note=f"{row.due:%d/%m/%Y}") for row in rows[:SHOWN]
    )
    url = f"{reverse('meetings:resolutions')}?stand={LATE}"
    return Task(Urgency.LATE, _("Beslissingen over hun datum"), len(rows), url,
                _("Zeg wat ervan kwam"), "danger", "scale", lines)  # fmt: skip
