"""What waits in the reports: PDFs that failed, remarks, drafts; and the newest for who reads them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.models import OutboxStatus
from ivcentrum.today.task import SHOWN, Line, Task, Urgency
from reports.models import AUDIENCE_RIGHTS, Report

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User

    Text = str | _StrPromise

LATEST = 3
FAILED = frozenset({OutboxStatus.FAILED, OutboxStatus.UNSURE})
READERS = tuple(AUDIENCE_RIGHTS.values())


def tasks(user: User) -> Iterable[Task]:
    """For those who make reports."""
    places = user.municipality_ids_with(Right.REPORT_MAKE)
    if not places:
        return
    failed = Q(pdf_work__status__in=FAILED)
    unanswered = Count("reader_remarks", filter=Q(reader_remarks__answered_at=None))
    told = Report.objects.filter(municipality__in=places).annotate(unanswered=unanswered)
    rows: list[Any] = list(told.filter(Q(frozen_at=None) | failed | Q(unanswered__gt=0)).for_list())
    drafts = [report for report in rows if not report.is_frozen]
    broken = [row for row in rows if row.is_frozen and row.pdf_work.status in FAILED]
    asked = [report for report in rows if report.unanswered]
    yield _task(Urgency.BROKEN, _("Rapporten waarvan de PDF mislukte"), _("Probeer opnieuw"),
                "danger", "alert-octagon", broken)  # fmt: skip
    yield _task(Urgency.ASKED, _("Rapporten met opmerkingen zonder antwoord"), _("Antwoord"),
                "info", "message", asked)  # fmt: skip
    yield _task(Urgency.DRAFT, _("Rapporten in opmaak"), _("Werk ze af"),
                "info", "file-text", drafts)  # fmt: skip


def latest(user: User) -> list[Report]:
    """The newest frozen reports, for those who read them."""
    if not any(user.has_right(right) for right in READERS):
        return []
    return list(Report.objects.visible_to(user).frozen().for_list()[:LATEST])


def _task(  # noqa: PLR0917 - the parts of a task, in its order
    urgency: Urgency, title: Text, action: Text, tone: str, icon: str, rows: list[Report]
) -> Task:
    lines = tuple(
        Line(report.title, report.get_absolute_url(), note=str(report.variant.label))
        for report in rows[:SHOWN]
    )
    url = lines[0].url if len(rows) == 1 else reverse("reports:list")
    return Task(urgency, title, len(rows), url, action, tone, icon, lines)
