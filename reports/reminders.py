"""Which reports are asked of the municipality, and by when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import DateField, Exists, OuterRef, Value
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from plans.models import Plan
from plans.workflow import PLAN_IN_FORCE
from reminders.rules import Moments, Rule
from reports.models import Audience, Report

if TYPE_CHECKING:
    from django.db.models import QuerySet

HALF_YEAR = (6, 30)
REPORT_BY = (9, 30)  # the half-year report of the policy and management cycle (BBC)


def _without_half_year(on: dt.date, _ahead: int) -> QuerySet[Plan]:
    """Plans that ran in the first half of this year, with no frozen report about it for who governs."""
    ended, asked = dt.date(on.year, *HALF_YEAR), dt.date(on.year, *REPORT_BY)
    told = Report.objects.frozen().filter(
        plan=OuterRef("pk"),
        period_start__lte=ended,
        period_end__gte=ended,
        audience__in=[Audience.COLLEGE, Audience.COUNCIL],
        neighbourhood=None,  # about the whole plan
    )
    running = Plan.objects.current().filter(status__in=PLAN_IN_FORCE, starts__lte=ended)
    return running.filter(~Exists(told)).annotate(due_on=Value(asked, DateField()))


RULES = (
    Rule(
        code="halfjaarrapport",
        name=_("Rapport over het eerste halfjaar"),
        coming=_("Maak het rapport over het eerste halfjaar voor 30 september (BBC)."),
        late=_("Het rapport over het eerste halfjaar is er nog niet."),
        rows=_without_half_year,
        place="municipality",
        ref="code",
        title="title",
        level="confidentiality",
        url_name="reports:list",
        target="",
        right=Right.REPORT_MAKE,
        moments=Moments(before=(60, 30, 14, 7), after=(1, 7, 14)),
    ),
)
