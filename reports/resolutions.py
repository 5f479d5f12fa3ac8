"""The chapter about what was decided: by the bodies that the readers know of, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meetings.models import Body, Resolution
from plans.models import Action
from reports.models import Audience

if TYPE_CHECKING:
    import datetime as dt

    from reports.models import Report
    from reports.periods import Period

Json = dict[str, Any]
# Whose decisions are told to whom: nobody hears here of a table at which he does not sit.
BODIES: dict[Audience, frozenset[Body]] = {
    Audience.CORE_GROUP: frozenset(Body),
    Audience.COLLEGE: frozenset({Body.COLLEGE, Body.COUNCIL}),
    Audience.COUNCIL: frozenset({Body.COUNCIL}),
}


def chapter(report: Report, period: Period, *, on: dt.date) -> list[Json]:
    """Decided or closed in the period, and what was still open: the open ones first."""
    rows = Resolution.objects.told_in(start=period.start, end=period.end).filter(
        municipality=report.municipality_id,
        body__in=BODIES[Audience(report.audience)],
        confidentiality__in=report.levels,
    )
    named = Action.objects.filter(plan=report.plan, confidentiality__in=report.levels).current()
    codes = dict(named.values_list("pk", "code"))
    found = rows.for_list().order_by("on", "pk")
    return sorted((_row(row, codes, on) for row in found), key=lambda row: not row["is_open"])


def _row(row: Resolution, codes: dict[int, str], on: dt.date) -> Json:
    return {
        "body": row.get_body_display(),
        "on": row.on.isoformat(),
        "kind": row.get_kind_display(),
        "number": row.number,
        "text": row.text,
        "owner": row.owner.name if row.owner else "",
        "due": row.due.isoformat() if row.due else "",
        "status": row.get_status_display() if row.status else "",
        "is_open": row.status == "open",
        "is_late": row.is_late(on=on),
        "outcome": row.outcome,
        "actions": [codes[one.pk] for one in row.actions.all() if one.pk in codes],
    }
