"""The figures of the meldingen over a period: one piece for the page and for the progress report.

Everything comes as plain JSON, so that a report can keep it. Nothing in it is about who reported.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, FloatField, Max, Q, Sum, Value
from django.db.models.functions import Cast, Extract, Floor, TruncDate, TruncWeek
from django.utils import timezone

from core.aggregates import Mode, Percentiles
from core.days import day_begins
from meldingen.models.mailboxes import EMPTIED, MailboxRound, missed
from meldingen.models.melding import (
    NEAR_DEGREES,
    NEAR_METRES,
    is_beyond_norm,
    is_floating,
)
from meldingen.workflow import OPEN, MeldingStatus

if TYPE_CHECKING:
    from meldingen.models.mailboxes import MailboxQuerySet, RouteQuerySet
    from meldingen.models.melding import MeldingQuerySet

Json = dict[str, Any]
SECONDS_A_DAY = 86_400
REPEATED = 3  # meldingen on one spot before it counts as a repeat
MOST_SPOTS = 10
# How wide 50 metres are in degrees of longitude, on the 51st parallel: Flanders lies around it.
NEAR_DEGREES_WIDE = NEAR_DEGREES / math.cos(math.radians(51))
MEDIAN_AND_P90 = (0.5, 0.9)


def figures(rows: MeldingQuerySet, *, first: dt.date, last: dt.date, on: dt.date) -> Json:
    """What came in, went out and waits, how long it took, where and about what.

    `rows` are those that the reader may count; open and late are judged on the day `on`, all else
    over the days from `first` to `last`.
    """
    plain = rows.order_by()
    entered = plain.filter(entered_at__gte=day_begins(first), entered_at__lt=_after(last))
    closed = plain.filter(closed_at__gte=day_begins(first), closed_at__lt=_after(last))
    waiting = _waiting(plain, on)
    mix = _mix(entered)
    return {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "weeks": _weeks(entered, closed, first, last),
        "entered": sum(row["n"] for row in mix["source"]),
        **_now(plain, on),
        "first_reaction": _first_reaction(entered),
        **_lead_time(closed),
        "sources": _counted(mix["source"]),
        "neighbourhoods": _counted(mix["neighbourhood"], waiting["neighbourhood"]),
        "categories": _counted(mix["category"], waiting["category"]),
        "spots": _spots(entered),
        "spot_metres": NEAR_METRES,
    }


def _after(last: dt.date) -> dt.datetime:
    return day_begins(last + dt.timedelta(days=1))


def _now(rows: MeldingQuerySet, on: dt.date) -> Json:
    """What waits now: open, beyond its norm, with nobody, or on somebody else."""
    return rows.filter(status__in=OPEN).aggregate(
        open=Count("pk"),
        late=Count("pk", filter=is_beyond_norm(on=on)),
        floating=Count("pk", filter=is_floating()),
        waiting=Count("pk", filter=Q(status=MeldingStatus.WAITING)),
    )


def _mix(entered: MeldingQuerySet) -> dict[str, list[Json]]:
    """How many came in per source, category and neighbourhood."""
    return _per(entered, "source", "category", "neighbourhood", n=Count("pk"))


def _waiting(rows: MeldingQuerySet, on: dt.date) -> dict[str, list[Json]]:
    """How many are open per category and neighbourhood, and how many of them beyond their norm."""
    still = rows.filter(status__in=OPEN)
    late = Count("pk", filter=is_beyond_norm(on=on))
    return _per(still, "category", "neighbourhood", n=Count("pk"), late=late)


def _per(rows: MeldingQuerySet, *lists: str, **counts: Count) -> dict[str, list[Json]]:
    """The same counted per name of each list, in one query that gives a row for each name."""
    first, *others = (
        rows.annotate(per=Value(one)).values("per", name=F(f"{one}__name")).annotate(**counts)
        for one in lists
    )
    found: dict[str, list[Json]] = {one: [] for one in lists}
    for row in first.union(*others, all=True):
        found[row["per"]].append({**row, "name": row["name"] or ""})
    return found


def _counted(entered: list[Json], waiting: Sequence[Json] = ()) -> list[Json]:
    """How many per name, the most first; what waits there besides."""
    came = Counter({row["name"]: row["n"] for row in entered})
    still = Counter({row["name"]: row["n"] for row in waiting})
    late = Counter({row["name"]: row["late"] for row in waiting})
    names = sorted({*came, *still}, key=lambda key: (-came[key], -still[key], key))
    return [
        {"name": key, "entered": came[key], "open": still[key], "late": late[key]} for key in names
    ]


def _weeks(
    entered: MeldingQuerySet, closed: MeldingQuerySet, first: dt.date, last: dt.date
) -> list[Json]:
    """In and out per week from Monday, weeks without any included."""
    came, went = _per_week(entered, "entered_at"), _per_week(closed, "closed_at")
    monday = first - dt.timedelta(days=first.weekday())
    count = (last - monday).days // 7 + 1
    weeks = [monday + dt.timedelta(weeks=number) for number in range(count)]
    return [{"start": week.isoformat(), "in": came[week], "out": went[week]} for week in weeks]


def _per_week(rows: MeldingQuerySet, moment: str) -> Counter[dt.date]:
    counted = rows.annotate(week=TruncWeek(moment)).values_list("week").annotate(n=Count("pk"))
    return Counter({timezone.localdate(week): n for week, n in counted})


def _days(since: str, until: str) -> Any:
    """The days between two moments, parts included."""
    return Cast(Extract(F(until) - F(since), "epoch"), FloatField()) / SECONDS_A_DAY


def _first_reaction(entered: MeldingQuerySet) -> Json:
    """Days until somebody did something with what came in in the period."""
    took = Percentiles(_days("entered_at", "first_reaction_at"), MEDIAN_AND_P90)
    reacted = entered.filter(first_reaction_at__isnull=False)
    return _median_and_p90(reacted.aggregate(took=took)["took"])


def _lead_time(closed: MeldingQuerySet) -> Json:
    """How many went out, how many of them within their norm, and the days they took."""
    found = closed.annotate(day=TruncDate("closed_at")).aggregate(
        closed=Count("pk"),
        kept=Count("pk", filter=Q(day__lte=F("due"))),
        took=Percentiles(_days("entered_at", "closed_at"), MEDIAN_AND_P90),
    )
    return {
        "closed": found["closed"],
        "kept": found["kept"],
        "lead_time": _median_and_p90(found["took"]),
    }


def _median_and_p90(found: list[float] | None) -> Json:
    median, p90 = found or (None, None)
    return {
        "median": None if median is None else round(median, 1),
        "p90": None if p90 is None else round(p90, 1),
    }


def _spots(entered: MeldingQuerySet) -> list[Json]:
    """Squares of 50 metres in which the same comes back, the most first."""
    spots = (
        entered.filter(latitude__isnull=False)
        .annotate(
            row=Floor(F("latitude") / NEAR_DEGREES),
            column=Floor(F("longitude") / NEAR_DEGREES_WIDE),
        )
        .values("row", "column")
        .annotate(
            n=Count("pk"),
            still=Count("pk", filter=Q(status__in=OPEN)),
            what=Mode("category__name"),
            where=Mode("place", filter=~Q(place="")),
            hood=Mode("neighbourhood__name"),
        )
        .filter(n__gte=REPEATED)
        .order_by("-n", "where", "row", "column")[:MOST_SPOTS]
    )
    return [
        {
            "place": spot["where"] or "",
            "neighbourhood": spot["hood"] or "",
            "category": spot["what"],
            "entered": spot["n"],
            "open": spot["still"],
        }
        for spot in spots
    ]


def box_figures(
    boxes: MailboxQuerySet, routes: RouteQuerySet, *, first: dt.date, last: dt.date, on: dt.date
) -> Json:
    """What was in each box, and how many rounds were walked and missed, in the period."""
    during = Q(visits__round__on__range=(first, last))
    counted: Any = boxes.current().annotate(
        found=Sum("visits__notes", filter=during, default=0),
        emptied=Count("visits", filter=during & Q(visits__result__in=EMPTIED)),
        last_held=Max("visits__round__on", filter=Q(visits__notes__gt=0)),
    )
    kept = list(routes.current())
    return {
        "boxes": [
            {
                "code": box.code,
                "name": box.name,
                "notes": box.found,
                "emptied": box.emptied,
                "last_note": box.last_held.isoformat() if box.last_held else "",
            }
            for box in counted.order_by("-found", "code")
        ],
        "rounds": MailboxRound.objects.filter(route__in=kept, on__range=(first, last)).count(),
        "missed": len(missed(kept, since=first, until=min(last, on - dt.timedelta(days=1)))),
    }
