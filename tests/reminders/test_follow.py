"""Who would get what and why, without writing; and the items for the core group."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import LogEntry, OutboxEntry
from reminders import engine
from reminders.models import CoreGroupItem, EngineRun, Reminder
from tests.conftest import World
from tests.factories import ActionFactory
from tests.reminders.clock import at, day

FORECAST = "/herinneringen/wie-krijgt-wat/"
TABLE = "/herinneringen/kerngroep/"


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def test_the_forecast_says_who_gets_what_and_why(desk: Client, world: World) -> None:
    page = desk.get(FORECAST, {"dag": "2026-04-13"}).content.decode()

    assert world.lead.name in page
    assert world.action.title in page
    assert "1 dag na 12 april 2026, als verantwoordelijke" in page
    assert not Reminder.objects.exists()
    assert not EngineRun.objects.exists()


@pytest.mark.parametrize(("asked", "status"), [("", 422), ("gisteren", 422), ("2026-08-15", 200)])
def test_a_day_without_anything_or_no_day(desk: Client, asked: str, status: int) -> None:
    response = desk.get(FORECAST, {"dag": asked})

    assert response.status_code == status
    assert ("krijgt niemand een herinnering" in response.content.decode()) == (status == 200)


def test_the_forecast_costs_as_much_for_many(desk: Client, world: World) -> None:
    counts = []
    desk.get(FORECAST, {"dag": "2026-04-13"})
    for more in (2, 60):
        for _number in range(more):
            ActionFactory.create(
                sub_theme=world.sub_theme, lead_partner=world.service, running=True
            )
        with CaptureQueriesContext(connection) as queries:
            desk.get(FORECAST, {"dag": "2026-04-13"})
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 15


def test_the_command_tells_the_same_and_writes_nothing(world: World) -> None:
    told = io.StringIO()

    call_command("remind", "--on", "2026-04-13", "--dry-run", stdout=told)

    assert world.lead.email in told.getvalue()
    assert "actie-bijwerken" in told.getvalue()
    assert not Reminder.objects.exists()
    assert not OutboxEntry.objects.exists()


def test_the_command_runs_today_and_no_other_day(world: World) -> None:
    call_command("remind", stdout=io.StringIO())
    assert EngineRun.objects.filter(municipality=world.here).exists()

    with pytest.raises(SystemExit):
        call_command("remind", "--on", "2026-04-13", stderr=io.StringIO())


@pytest.fixture
def item(world: World) -> CoreGroupItem:
    engine.run(at("2026-05-12"))
    return CoreGroupItem.objects.get(rule="actie-bijwerken")


def test_an_item_stands_on_the_table_until_it_is_spoken_of(
    desk: Client, world: World, item: CoreGroupItem
) -> None:
    page = desk.get(TABLE).content.decode()
    assert f"{world.action.code} {world.action.title}" in page
    assert f"/acties/{world.action.pk}/bijwerken/" in page

    answer = desk.post(f"{TABLE}{item.pk}/", {"outcome": "Uitstel tot mei."})

    assert answer.status_code == 302
    assert "Niets voor de kerngroep" in desk.get(TABLE).content.decode()
    assert "Uitstel tot mei." in desk.get(TABLE, {"toon": "afgehandeld"}).content.decode()
    assert LogEntry.objects.filter(verb="coregroupitem.closed").count() == 1


def test_without_words_it_stays(desk: Client, item: CoreGroupItem) -> None:
    assert desk.post(f"{TABLE}{item.pk}/", {"outcome": " "}).status_code == 422
    assert CoreGroupItem.objects.open().filter(pk=item.pk).exists()


def test_who_comes_second_reads_what_was_decided(desk: Client, item: CoreGroupItem) -> None:
    CoreGroupItem.objects.filter(pk=item.pk).update(closed_at=timezone.now(), outcome="Al gedaan.")

    response = desk.post(f"{TABLE}{item.pk}/", {"outcome": "Nog eens."})

    assert response.status_code == 422
    assert "intussen afgehandeld" in response.content.decode()
    assert CoreGroupItem.objects.get(pk=item.pk).outcome == "Al gedaan."


def test_an_item_of_elsewhere_is_not_there(
    client: Client, world: World, item: CoreGroupItem
) -> None:
    client.force_login(world.coordinator_elsewhere)

    assert client.get(f"{TABLE}{item.pk}/").status_code == 404
    assert world.action.title not in client.get(TABLE).content.decode()


def test_what_was_spoken_of_does_not_come_back(desk: Client, item: CoreGroupItem) -> None:
    desk.post(f"{TABLE}{item.pk}/", {"outcome": "Besproken."})

    engine.run(at("2026-05-20"))

    assert not CoreGroupItem.objects.open().filter(rule="actie-bijwerken").exists()
    assert CoreGroupItem.objects.get(pk=item.pk).due == day("2026-04-12")
