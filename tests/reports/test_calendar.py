"""The calendar of reports: drafts that are there in time, once, whatever day was missed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.confidentiality import Level
from core.models import LogEntry
from plans.models import Plan
from plans.workflow import PlanStatus
from reports.models import Audience, Report, ReportRhythm
from reports.operations import rhythms
from tests.conftest import World
from tests.reports.stage import draft, frozen

pytestmark = pytest.mark.django_db
FIRST = dt.date(2026, 12, 14)  # they meet; the draft is there two weeks before
TOKEN = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture
def rhythm(world: World) -> ReportRhythm:
    return ReportRhythm.objects.create(
        plan=world.plan, municipality=world.here, audience=Audience.CORE_GROUP, weeks=8,
        next_on=FIRST, kept_by=world.coordinator,
    )  # fmt: skip


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def test_the_draft_is_there_two_weeks_before(world: World, rhythm: ReportRhythm) -> None:
    assert rhythms.make_drafts(on=FIRST - days(15)) == 0
    assert [rhythms.make_drafts(on=FIRST - days(14)) for _twice in range(2)] == [1, 0]
    row = Report.objects.get()
    assert (row.audience, row.created_by, row.is_frozen) == (
        Audience.CORE_GROUP, world.coordinator, False,
    )  # fmt: skip
    assert row.period_end == FIRST - days(14)
    rhythm.refresh_from_db()
    assert rhythm.next_on == FIRST + days(56)
    assert LogEntry.objects.get(verb="report.started").actor is None


def test_it_tells_of_what_came_since_the_previous_report(
    world: World, rhythm: ReportRhythm
) -> None:
    before = frozen(world, audience=Audience.CORE_GROUP, period_end=dt.date(2026, 10, 31))
    rhythms.make_drafts(on=FIRST)
    row = Report.objects.drafts().get()
    assert (row.previous, row.period_start) == (before, dt.date(2026, 11, 1))


def test_what_was_missed_is_made_once(rhythm: ReportRhythm) -> None:
    late = FIRST + days(200)
    assert rhythms.make_drafts(on=late) == 1
    rhythm.refresh_from_db()
    assert late < rhythm.draft_day <= late + days(56)


@pytest.mark.parametrize("why", ["written", "over", "secret"])
def test_none_comes_where_none_is_wanted(world: World, rhythm: ReportRhythm, why: str) -> None:
    """One is being written already, the plan is over, or its readers may not know of it."""
    if why == "written":
        draft(world, audience=Audience.CORE_GROUP)
    values: dict[str, dict[str, Any]] = {
        "over": {"status": PlanStatus.CLOSED},
        "secret": {"confidentiality": Level.CONFIDENTIAL},
    }
    Plan.objects.filter(pk=world.plan.pk).update(**values.get(why, {}))
    assert rhythms.make_drafts(on=FIRST) == 0
    rhythm.refresh_from_db()
    assert rhythm.next_on > FIRST


def sent(client: Client, world: World, kind: str = "college", **values: object) -> int:
    form: dict[str, Any] = {"plan": world.plan.pk, "weeks": 26, "days_ahead": 14}
    form |= {"next_on": "2027-03-01", "form_token": TOKEN, **values}
    return client.post(reverse("reports:rhythm-begin", args=[kind]), form).status_code


def test_the_coordinator_keeps_the_calendar(client: Client, world: World) -> None:
    client.force_login(world.coordinator)
    assert [sent(client, world) for _twice in range(2)] == [302, 302]
    row = ReportRhythm.objects.get()
    assert row.municipality == world.here
    assert "om de 26 weken" in client.get(reverse("reports:calendar")).content.decode()
    url = reverse("reports:rhythm-edit", args=[row.pk])
    form = {"weeks": 20, "next_on": "2027-03-08", "days_ahead": 7, "version": row.version}
    assert client.post(url, form).status_code == 302
    assert client.post(url, form | {"weeks": 30}).status_code == 409
    client.post(reverse("reports:rhythm-end", args=[row.pk]))
    assert not ReportRhythm.objects.exists()


@pytest.mark.parametrize(
    "values",
    [{"weeks": 0}, {"next_on": "x"}, {"kind": "gemeenteraad"}, {"days_ahead": 99},
     {"kind": "kerngroep"}],
)  # fmt: skip
def test_what_makes_no_sense_is_not_kept(
    client: Client, world: World, rhythm: ReportRhythm, values: dict[str, Any]
) -> None:
    """The last: that audience stands in the calendar already. The plan is not public."""
    client.force_login(world.coordinator)
    assert sent(client, world, **values) == 422
    assert ReportRhythm.objects.count() == 1
