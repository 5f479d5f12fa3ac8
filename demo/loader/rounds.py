"""The letterboxes of the demo, their two routes, and the rounds since they hang there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from core.workdays import is_working_day
from demo.loader.cast import Cast, moment
from demo.loader.square import point
from meldingen.models import (
    Category,
    CategoryGroup,
    Mailbox,
    MailboxRound,
    MailboxVisit,
    Melding,
    Route,
    RouteStop,
    SkipReason,
    VisitResult,
)

Row = dict[str, Any]
WARDENS = ("gw1", "gw3", "gw2", "gw4")
EARLIER = 3  # the last days are written out in the data
QUIET = 5  # notes in a year: with so few, a box is silent for its last months
QUIET_DAYS = 75


def load_rounds(data: Row, cast: Cast, today: dt.date) -> None:
    boxes = _boxes(data["mailboxes"], cast)
    routes = _routes(data["mailbox_rounds"], boxes, cast)
    samples = _samples(data["mailbox_rounds"]["sample_last_days"], today)
    visits = [
        visit
        for route in routes.values()
        for day in _days(route, today)
        for visit in _walk(
            route, day, samples.get((route.name, day)), _used(data["mailboxes"], day, today), cast
        )
    ]
    MailboxVisit.objects.bulk_create(visits)
    _what_was_found(data.get("meldingen", []), boxes)


def _boxes(rows: list[Row], cast: Cast) -> dict[str, Mailbox]:
    found = Mailbox.objects.bulk_create(
        Mailbox(
            municipality=cast.places["ZAN"],
            code=row["code"],
            name=row["name"],
            place=row["place"],
            neighbourhood=cast.neighbourhoods[row["neighbourhood"]],
            latitude=point(*row["pos"])[0],
            longitude=point(*row["pos"])[1],
            state=row["state"],
            since=row["since"],
        )
        for row in rows
    )
    return {box.code: box for box in found}


def _routes(data: Row, boxes: dict[str, Mailbox], cast: Cast) -> dict[str, Route]:
    made = {}
    for row in data["routes"]:
        stops = [boxes[code] for code in row["mailboxes"]]
        route = Route.objects.create(
            municipality=cast.places["ZAN"],
            name=row["name"],
            planned_start=dt.time.fromisoformat(data["planned_start"]),
            since=min(box.since for box in stops),
            note_category=_note_category(cast),
        )
        RouteStop.objects.bulk_create(
            RouteStop(route=route, mailbox=box, position=place)
            for place, box in enumerate(stops, 1)
        )
        made[route.name] = route
    return made


def _note_category(cast: Cast) -> Category:
    """What the lists of the municipality call unclear; made here where no list was loaded."""
    place = cast.places["ZAN"]
    found: Any = Category.objects.filter(municipality=place, code="X02").first()
    if found:
        category: Category = found
        return category
    group = CategoryGroup.objects.create(municipality=place, code="andere", name="Andere")
    return Category.objects.create(
        municipality=place, code="X02", name="Andere of onduidelijk", group=group,
        handler=cast.partner("civ"),
    )  # fmt: skip


def _samples(rows: list[Row], today: dt.date) -> dict[tuple[str, dt.date], Row]:
    """The last rounds as they were written, on the last working days before today."""
    days = list(_working_days_before(today, EARLIER))
    return {(row["route"], days[row["days_ago"] - 1]): row for row in rows}


def _working_days_before(today: dt.date, count: int) -> Iterator[dt.date]:
    day = today
    while count:
        day -= dt.timedelta(days=1)
        if is_working_day(day):
            count -= 1
            yield day


def _days(route: Route, today: dt.date) -> Iterator[dt.date]:
    """Every day on which it was due, until yesterday."""
    for back in range((today - route.since).days, 0, -1):
        day = today - dt.timedelta(days=back)
        if route.is_due(day):
            yield day


def _walk(
    route: Route, day: dt.date, sample: Row | None, yearly: dict[str, int], cast: Cast
) -> Iterator[MailboxVisit]:
    """One round; as it was written, else with notes spread over the year without dice."""
    by = cast.users[sample["by"] if sample else WARDENS[(day.toordinal() + route.pk) % 4]]
    start = moment(day, 8, 45)
    boxes = [stop.mailbox for stop in route.stops.select_related("mailbox")]
    boxes = [box for box in boxes if box.since <= day]
    walked = MailboxRound.objects.create(
        route=route, on=day, started_at=start, started_by=by, finished_by=by,
        finished_at=start + dt.timedelta(minutes=9 * len(boxes) + 5),
        remark=sample.get("remark", "") if sample else "",
    )  # fmt: skip
    left = sample["notes"] if sample else 0
    missed = sample.get("missed", ()) if sample else ()
    for place, box in enumerate(boxes, 1):
        visit = MailboxVisit(
            round=walked, mailbox=box, position=place, by=by,
            at=start + dt.timedelta(minutes=9 * place),
        )  # fmt: skip
        if box.code in missed:
            none_at_all = sample is not None and not sample["done"]
            visit.result = VisitResult.SKIPPED
            visit.skip_reason = SkipReason.NOT_WALKED if none_at_all else SkipReason.CLOSED
        else:
            visit.notes = min(left, 1) if sample else _notes_on(day, place, yearly[box.code])
            left -= visit.notes
            visit.result = VisitResult.NOTES if visit.notes else VisitResult.EMPTY
        yield visit


def _used(rows: list[Row], day: dt.date, today: dt.date) -> dict[str, int]:
    """Notes in a year, by box; one that is hardly used fell silent months ago."""
    lately = (today - day).days < QUIET_DAYS
    return {
        row["code"]: 0 if lately and row["yearly_notes"] < QUIET else row["yearly_notes"]
        for row in rows
    }


def _notes_on(day: dt.date, place: int, yearly: int) -> int:
    """So many in a year of working days, evenly and without dice."""
    nth = day.toordinal() // 7 * 5 + day.weekday()  # counted in working days
    return int(bool(yearly) and (nth + 37 * place) % max(250 // yearly, 2) == 0)


def _what_was_found(rows: list[Row], boxes: dict[str, Mailbox]) -> None:
    """The meldingen that came out of a box are linked to it."""
    for row in rows:
        if code := row.get("mailbox"):
            Melding.objects.filter(municipality=boxes[code].municipality, text=row["text"]).update(
                mailbox=boxes[code]
            )
