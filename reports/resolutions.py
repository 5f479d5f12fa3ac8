"""The chapter about what was decided: by the bodies that the readers know of, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from core.confidentiality import Level
from meetings.models import Body, Resolution
from plans.models import Action
from reports.models import Audience

if TYPE_CHECKING:
    import datetime as dt

    from reports.models import Report
    from reports.periods import Period

Json = dict[str, Any]
# Whose decisions are told to whom: nobody hears here of a table at which he does not sit. A
# partner is told of what is public and asked of the partner itself, wherever that was decided.
BODIES: dict[Audience, frozenset[Body]] = {
    Audience.CORE_GROUP: frozenset(Body),
    Audience.COLLEGE: frozenset({Body.COLLEGE, Body.COUNCIL}),
    Audience.COUNCIL: frozenset({Body.COUNCIL}),
    Audience.ZONE: frozenset({Body.ZONE}),
    Audience.PARTNER: frozenset(Body),
}


def chapter(report: Report, period: Period, *, on: dt.date) -> list[Json]:
    """Decided or closed in the period, and what was still open: the open ones first."""
    given = report.audience == Audience.PARTNER
    levels = frozenset({Level.PUBLIC}) if given else report.levels
    rows = Resolution.objects.told_in(start=period.start, end=period.end).filter(
        _concerned(report),
        municipality=report.municipality_id,
        body__in=BODIES[Audience(report.audience)],
        confidentiality__in=levels,
    )
    named = Action.objects.filter(plan=report.plan, confidentiality__in=levels).current()
    codes = {} if given else dict(named.values_list("pk", "code"))
    found = rows.for_list().order_by("on", "pk")
    return sorted((_row(row, codes, on) for row in found), key=lambda row: not row["is_open"])


def _concerned(report: Report) -> Q:
    """Of one partner: what it has to do and, inside, what is about its actions; of one
    neighbourhood: what is about the actions there."""
    if report.audience == Audience.PARTNER:
        return Q(owner=report.partner_id)
    if not report.partner_id and not report.neighbourhood_id:
        return Q()
    links = Resolution.actions.through.objects.filter(action__in=report.actions.values("pk"))
    about = Q(pk__in=links.values("resolution"))
    return about | Q(owner=report.partner_id) if report.partner_id else about


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
