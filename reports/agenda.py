"""When reports are talked about and leave for their readers, in the agenda of who makes them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.roles import Right
from core.agenda import Dated
from core.confidentiality import Level
from reports.models import ReportRhythm, Sending

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User


def dated(user: User, start: dt.date, end: dt.date) -> Iterator[Dated]:
    places = user.municipality_ids_with(Right.REPORT_MAKE)
    rows = Sending.objects.waiting().filter(report__municipality__in=places)
    for row in rows.filter(on__range=(start, end)).select_related("report"):
        yield Dated(
            row.on, _("Rapport vertrekt"), row.report.title, row.report.get_absolute_url(),
            f"sending-{row.pk}", Level.INTERNAL,
        )  # fmt: skip
    rhythms = ReportRhythm.objects.visible_to(user).filter(next_on__range=(start, end))
    for rhythm in rhythms.select_related("plan"):
        yield Dated(
            rhythm.next_on, _("Rapport bespreken"), str(rhythm), rhythm.get_absolute_url(),
            f"report-rhythm-{rhythm.pk}", Level.INTERNAL,
        )  # fmt: skip
