"""The chapter about meldingen: figures of the municipality, nothing of who reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meldingen.figures import box_figures, figures
from meldingen.models import Mailbox, Melding, Route
from reports.models import Audience

if TYPE_CHECKING:
    import datetime as dt

    from reports.models import Report
    from reports.periods import Period

Json = dict[str, Any]


def chapter(report: Report, period: Period, *, on: dt.date) -> Json | None:
    """What its readers may count, or None where nobody takes in meldingen yet.

    Others read no place below a street: spots stand in the report of the core group alone.
    """
    rows = Melding.objects.filter(
        municipality=report.municipality_id, confidentiality__in=report.levels
    )
    if not rows.exists():
        return None
    found = figures(rows, first=period.start, last=min(period.end, on), on=on)
    if report.audience != Audience.CORE_GROUP:
        del found["spots"], found["spot_metres"]
    boxes = Mailbox.objects.filter(municipality=report.municipality_id)
    routes = Route.objects.filter(municipality=report.municipality_id)
    days = {"first": period.start, "last": min(period.end, on)}
    return found | {"boxes": box_figures(boxes, routes, **days, on=on)}
