"""The chapter about partners: how they keep what they promised, for the core group alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from partners.models import EscalationStep, Partner, Rung
from plans.engagement import Engagement, engagement_of
from plans.workflow import NEEDS_EXPLANATION, Light
from reports.models import Report
from reports.periods import Period

if TYPE_CHECKING:
    from accounts.models import User

Json = dict[str, Any]
ORDER = {Light.RED: 0, Light.AMBER: 1}


def chapter(report: Report, period: Period, *, on: dt.date, by: User) -> Json:
    """Every light counted; told of are those that ask attention or came to the core group. In a
    report about one partner that one alone, whatever its light."""
    partners = Partner.objects.engaged_for(by).filter(municipality=report.municipality_id)
    if report.partner_id:
        partners = partners.filter(pk=report.partner_id)
    found = [one for one in engagement_of(partners.order_by("name", "pk"), on=on) if one.light]
    counted = Counter(one.light for one in found)
    steps = _steps(report, period, by)
    rows = [_row(one, steps[one.partner.pk]) for one in found]
    told = [row for row in rows if report.partner_id or _asks_attention(row)]
    return {
        "lights": {light: counted[light] for light in Light.values},
        "partners": sorted(
            told, key=lambda row: (not row["on_table"], ORDER.get(row["light"], len(ORDER)))
        ),
    }


def _asks_attention(row: Json) -> bool:
    return row["on_table"] or row["light"] in NEEDS_EXPLANATION


def _steps(report: Report, period: Period, by: User) -> dict[int, list[EscalationStep]]:
    """The steps of the ladder that were taken in the period, per partner."""
    during = EscalationStep.objects.visible_to(by).filter(on__range=(period.start, period.end))
    found: dict[int, list[EscalationStep]] = defaultdict(list)
    for step in during.filter(partner__municipality=report.municipality_id).order_by("on", "pk"):
        found[step.partner_id].append(step)
    return found


def _row(one: Engagement, steps: list[EscalationStep]) -> Json:
    return {
        "name": one.partner.name,
        "light": str(one.light),
        "reasons": list(one.reasons),
        "trend": one.trend,
        "on_table": any(step.rung == Rung.CORE_GROUP for step in steps),
        "steps": [_step(step) for step in steps],
    }


def _step(step: EscalationStep) -> Json:
    """What a talk was about stays with who had it; only a point of the core group is told here."""
    is_point = step.rung == Rung.CORE_GROUP
    return {
        "label": step.get_rung_display(),
        "on": step.on.isoformat(),
        "point": is_point,
        "about": step.about if is_point else "",
        "agreed": step.agreed if is_point else "",
    }
