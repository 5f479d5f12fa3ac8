"""The chapter about meldingen: figures of the municipality or of one neighbourhood, nothing of who
reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.confidentiality import Level
from meldingen.figures import box_figures, figures
from meldingen.models import Mailbox, Melding, Route
from reports.models import Audience, Variant

if TYPE_CHECKING:
    import datetime as dt

    from meldingen.models.melding import MeldingQuerySet
    from reports.models import Report
    from reports.periods import Period

Json = dict[str, Any]
SMALLEST = 5  # below this a number of one neighbourhood might be about somebody


def chapter(report: Report, period: Period, *, on: dt.date) -> Json | None:
    """What its readers may count, or None where nobody takes in meldingen yet.

    Others read no place below a street: spots stand in the report of the core group alone.
    """
    rows = Melding.objects.filter(municipality=report.municipality_id)
    if report.neighbourhood_id:
        rows = rows.filter(neighbourhood=report.neighbourhood_id)
    days = {"first": period.start, "last": min(period.end, on)}
    if report.variant == Variant.NEIGHBOURHOOD_PUBLIC:
        return _for_residents(rows, days, on)
    rows = rows.filter(confidentiality__in=report.levels)
    if not rows.exists():
        return None
    found = figures(rows, **days, on=on) | {"boxes": _boxes(report, days, on)}
    if report.audience != Audience.CORE_GROUP:
        del found["spots"], found["spot_metres"]
        # Where a box hangs is a street: the others read how many there are.
        found["boxes"]["boxes"] = [
            {"notes": sum(box["notes"] for box in found["boxes"]["boxes"])}
            for _once in found["boxes"]["boxes"][:1]
        ]
    return found


def _boxes(report: Report, days: dict[str, dt.date], on: dt.date) -> Json:
    boxes = Mailbox.objects.filter(municipality=report.municipality_id)
    routes = Route.objects.filter(municipality=report.municipality_id)
    if report.neighbourhood_id:  # a route goes through many: rounds say nothing of one
        boxes, routes = boxes.filter(neighbourhood=report.neighbourhood_id), routes.none()
    return box_figures(boxes, routes, **days, on=on)


def _for_residents(rows: MeldingQuerySet, days: dict[str, dt.date], on: dt.date) -> Json | None:
    """Counts of what citizens may hear of each other: things, not people, of the level that theirs
    have; no week, no street, and no number that is too small."""
    of_things = rows.filter(
        category__is_sensitive=False, confidentiality__in=[Level.PUBLIC, Level.INTERNAL]
    )
    if not of_things.exists():
        return None
    found = figures(of_things, **days, on=on)
    enough = [row for row in found["categories"] if row["entered"] >= SMALLEST]
    counts = {
        _("Binnen"): found["entered"],
        _("Afgesloten"): found["closed"],
        _("Nu open"): found["open"],
    }
    return {
        "tiles": [{"label": label, **_told(number)} for label, number in counts.items()],
        "categories": [{"name": row["name"], "entered": row["entered"]} for row in enough],
        "smallest": SMALLEST,
    }


def _told(number: int) -> Json:
    """As it stands there, and the number itself where it may be told."""
    if 0 < number < SMALLEST:
        return {"value": _("minder dan %d") % SMALLEST, "number": None}
    return {"value": str(number), "number": number}
