"""Meetings, and the days by which something decided has to be done, in the agenda."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from core.agenda import Dated
from core.confidentiality import Level
from meetings.models import Meeting, Resolution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User


def dated(user: User, start: dt.date, end: dt.date) -> Iterator[Dated]:
    today, kinds = timezone.localdate(), {"meeting": _("Overleg"), "due": _("Beslissing tegen")}
    for meeting in Meeting.objects.visible_to(user).filter(on__range=(start, end)):
        yield Dated(
            meeting.on, kinds["meeting"], str(meeting), meeting.get_absolute_url(),
            f"meeting-{meeting.pk}", Level.INTERNAL,
        )  # fmt: skip
    rows = Resolution.objects.visible_to(user).open().filter(due__range=(start, end))
    for row in rows:
        assert row.due is not None  # noqa: S101 - asked by its day
        yield Dated(
            row.due, kinds["due"], str(row), row.get_absolute_url(), f"resolution-{row.pk}",
            row.confidentiality, row.due < today,
        )  # fmt: skip
