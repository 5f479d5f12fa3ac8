"""The figures are those of the meldingen, on the page and in the report, for who may count them."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from core.confidentiality import Level
from meldingen.figures import box_figures, figures
from meldingen.forms.figures import days_of
from meldingen.models import Category, Mailbox, Melding, Route
from reports.models import Audience
from reports.snapshot import take
from tests.conftest import World
from tests.factories import (
    CategoryFactory,
    MeldingFactory,
    NeighbourhoodFactory,
    ReporterFactory,
    ReportFactory,
    SourceFactory,
    route_along,
)

ADDRESS = "/meldingen/cijfers/"
MOST_QUERIES = 15
DAY = dt.date(2026, 10, 14)  # a Wednesday


def at(day: dt.date, hour: int = 9) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def told(world: World, day: dt.date, *, took: float | None = None, **more: Any) -> Melding:
    """Entered on this day; closed after so many days."""
    over = {"status": "afgehandeld", "closed_at": at(day) + dt.timedelta(days=took or 0)}
    return MeldingFactory.create(
        municipality=world.here,
        entered_at=at(day),
        **(over if took is not None else {}),
        **{"due": day + dt.timedelta(days=7)} | more,
    )


def counted(**more: Any) -> dict[str, Any]:
    days = {"first": DAY - dt.timedelta(days=13), "last": DAY, "on": DAY} | more
    return figures(Melding.objects.all(), **days)


def test_what_came_in_and_went_out_stands_in_its_week(world: World) -> None:
    for days, took in ((0, None), (1, 1), (8, 7), (400, 395)):
        told(world, DAY - dt.timedelta(days=days), took=took)

    found = counted()

    assert [(week["start"], week["in"], week["out"]) for week in found["weeks"]] == [
        ("2026-09-28", 0, 0), ("2026-10-05", 1, 1), ("2026-10-12", 2, 2),
    ]  # fmt: skip
    assert (found["entered"], found["closed"], found["open"]) == (3, 3, 1)


def test_lead_time_is_a_median_and_what_nine_of_ten_took(world: World) -> None:
    for took in range(11):
        told(world, DAY - dt.timedelta(days=11), took=took)

    found = counted()

    assert found["lead_time"] == {"median": 5.0, "p90": 9.0}
    assert (found["kept"], found["closed"]) == (8, 11)  # the norm was seven days


def test_a_first_reaction_counts_from_what_came_in(world: World) -> None:
    day = DAY - dt.timedelta(days=5)
    told(world, day, first_reaction_at=at(day, 21))
    told(world, day)

    assert counted()["first_reaction"] == {"median": 0.5, "p90": 0.5}
    assert counted(first=DAY)["first_reaction"] == {"median": None, "p90": None}


def test_open_and_late_are_those_of_now_however_old(world: World) -> None:
    told(world, DAY - dt.timedelta(days=200))
    told(world, DAY, handler=world.service)
    told(world, DAY - dt.timedelta(days=20), status="wacht op derde", waits_for="Fluvius")

    found = counted()

    assert (found["open"], found["late"], found["floating"], found["waiting"]) == (3, 1, 2, 1)


def test_per_neighbourhood_and_category_stand_what_came_and_what_waits(world: World) -> None:
    linde = NeighbourhoodFactory.create(municipality=world.here, name="De Linde")
    waste: Category = CategoryFactory.create(municipality=world.here, name="Sluikstort")
    box = SourceFactory.create(municipality=world.here, name="Pro?bleembox")
    told(world, DAY, neighbourhood=linde, category=waste, source=box)
    told(world, DAY - dt.timedelta(days=100), neighbourhood=linde, category=waste)

    found = counted()

    row = {"entered": 1, "open": 2, "late": 1}
    assert {"name": "De Linde", **row} in found["neighbourhoods"]
    assert {"name": "Sluikstort", **row} in found["categories"]
    assert found["sources"] == [{"name": "Pro?bleembox", "entered": 1, "open": 0, "late": 0}]


def test_a_spot_comes_back_from_three_on(world: World) -> None:
    for number in range(3):
        told(world, DAY, latitude=50.9501, longitude=4.2001, place=f"Garagebox {number // 2}")
    for _ in range(2):
        told(world, DAY, latitude=50.97, longitude=4.2)

    (spot,) = counted()["spots"]

    assert (spot["place"], spot["entered"], spot["open"]) == ("Garagebox 0", 3, 3)


def test_boxes_and_rounds_of_the_period(world: World) -> None:
    route_along(world.here, 2)
    days = {"first": DAY - dt.timedelta(days=6), "last": DAY, "on": DAY}

    found = box_figures(Mailbox.objects.all(), Route.objects.all(), **days)

    assert [box["notes"] for box in found["boxes"]] == [0, 0]
    assert found["rounds"] == 0


@pytest.mark.parametrize(("period", "first", "last"), [
    ("12-weken", (2026, 7, 27), (2026, 10, 14)), ("dit-jaar", (2026, 1, 1), (2026, 10, 14)),
    ("vorig-jaar", (2025, 1, 1), (2025, 12, 31)), ("onzin", (2026, 7, 27), (2026, 10, 14)),
])  # fmt: skip
def test_a_period_is_whole_weeks_or_a_year(period: str, first: Any, last: Any) -> None:
    assert days_of(period, on=DAY) == (dt.date(*first), dt.date(*last))


def test_the_page_asks_as_much_for_many_as_for_few(client: Client, world: World) -> None:
    client.force_login(world.coordinator)
    today = timezone.localdate()
    client.get(ADDRESS)
    asked = []
    for count in (3, 60):
        for number in range(count):
            told(world, today - dt.timedelta(days=number), latitude=50.95, longitude=4.2)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"{ADDRESS}?periode=12-weken")
        assert "Plekken die terugkomen" in page.content.decode()
        asked.append(len(queries))
    assert asked[0] == asked[1] <= MOST_QUERIES


def test_who_sees_one_service_alone_reads_no_figures(client: Client, world: World) -> None:
    client.force_login(world.cast[Role.SERVICE])
    assert client.get(ADDRESS).status_code == 403


def test_a_period_without_any_says_what_to_do(client: Client, world: World) -> None:
    client.force_login(world.coordinator)
    page = client.get(ADDRESS, {"periode": "vorig-jaar", "wijk": "999999"}).content.decode()
    assert "Kies een langere periode" in page


@pytest.mark.parametrize(
    "audience", [Audience.CORE_GROUP, Audience.COLLEGE, Audience.COUNCIL, Audience.ZONE]
)
def test_a_report_counts_what_its_readers_may_know(world: World, audience: Audience) -> None:
    today = timezone.localdate()
    place: dict[str, Any] = {"latitude": 50.95, "longitude": 4.2, "place": "Lindestraat 14"}
    for level in (Level.PUBLIC, Level.INTERNAL, Level.INTERNAL, Level.RESTRICTED):
        ReporterFactory.create(melding=told(world, today, confidentiality=level, **place))
    told(world, today, confidentiality=Level.CONFIDENTIAL)
    report = ReportFactory.create(
        plan=world.plan, municipality=world.here, audience=audience,
        period_start=today - dt.timedelta(days=30), period_end=today,
    )  # fmt: skip

    kept = take(report)

    is_core = audience == Audience.CORE_GROUP
    counted = {
        Audience.CORE_GROUP: 4, Audience.COLLEGE: 3, Audience.COUNCIL: 1, Audience.ZONE: 3,
    }  # fmt: skip
    assert kept["meldingen"]["entered"] == counted[audience]
    assert ("Lindestraat" in json.dumps(kept)) == is_core
    assert "Mia Peeters" not in json.dumps(kept)


def test_a_report_of_a_place_without_meldingen_has_no_such_chapter(world: World) -> None:
    report = ReportFactory.create(plan=world.plan, municipality=world.here)
    assert "meldingen" not in take(report)
