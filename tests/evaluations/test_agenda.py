"""The month, and the same in somebody's calendar program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership
from core.confidentiality import Level
from evaluations.models import CalendarFeed
from evaluations.operations import feeds
from plans.models import Action
from tests.conftest import DEMO_DAY, World
from tests.factories import ActionFactory, AgreementFactory, EvaluationFactory

DUE = dt.date(2026, 12, 15)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(DEMO_DAY):
        yield


@pytest.fixture(autouse=True)
def _no_end(world: World) -> None:
    """The action of the world goes on without end, so that the evaluation alone has a day."""
    Action.objects.filter(pk=world.action.pk).update(due=None)


def address(secret: str) -> str:
    return reverse("agenda:feed", args=[secret])


def titles(client: Client, secret: str) -> list[str]:
    answer = client.get(address(secret))
    assert answer["Content-Type"].startswith("text/calendar")
    return [str(event["summary"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_a_month_shows_what_comes(client: Client, world: World) -> None:
    EvaluationFactory.create(action=world.action, title="Tussenstand")
    ActionFactory.create(sub_theme=world.sub_theme, title="Loopt af", due=DUE, running=True)
    AgreementFactory.create(municipality=world.here, title="Convenant", ends=DUE)
    client.force_login(world.coordinator)
    page = client.get("/agenda/?maand=2026-12").content.decode()
    assert all(word in page for word in ("Tussenstand", "Loopt af", "Convenant"))
    assert "Tussenstand" not in client.get("/agenda/?maand=2027-01").content.decode()


@pytest.mark.parametrize("month", ["", "nu", "2026-13", "9999-99", "2026-1"])
def test_nonsense_is_this_month(client: Client, world: World, month: str) -> None:
    client.force_login(world.coordinator)
    first = client.get("/agenda/", {"maand": month}).context["first"]
    assert first == dt.date(2026, 11, 1)


@pytest.mark.parametrize("number", [3, 40])
def test_a_month_asks_as_much_for_many(
    client: Client, world: World, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        EvaluationFactory.create(action=world.action)
    client.force_login(world.coordinator)
    with django_assert_max_num_queries(16):
        client.get("/agenda/?maand=2026-12")


def test_the_address_is_shown_once(client: Client, world: World) -> None:
    client.force_login(world.coordinator)
    client.post("/agenda/adres/vernieuwen/")
    first = client.get("/agenda/adres/").context["address"]
    assert client.get("/agenda/adres/").context["address"] == ""
    secret = first.rpartition("/")[2].removesuffix(".ics")
    assert CalendarFeed.objects.get().token_hash == CalendarFeed.hash_of(secret)
    assert Client().get(address(secret)).status_code == 200


def test_renewed_or_revoked_the_old_address_is_gone(client: Client, world: World) -> None:
    old = feeds.renew(by=world.coordinator)
    new = feeds.renew(by=world.coordinator)
    assert [client.get(address(one)).status_code for one in (old, new)] == [404, 200]
    client.force_login(world.coordinator)
    client.post("/agenda/adres/intrekken/")
    assert Client().get(address(new)).status_code == 404


def test_each_fetch_asks_what_one_may_read_now(client: Client, world: World) -> None:
    EvaluationFactory.create(action=world.action, title="Tussenstand")
    secret = feeds.renew(by=world.lead)
    assert titles(client, secret) == ["Evaluatie: Tussenstand"]
    Action.objects.update(confidentiality=Level.CONFIDENTIAL)
    assert titles(client, secret) == []
    Membership.objects.filter(user=world.lead).update(ends=dt.date(2026, 11, 1))
    assert client.get(address(secret)).status_code == 404


def test_nothing_confidential_leaves_the_house(client: Client, world: World) -> None:
    Action.objects.update(confidentiality=Level.CONFIDENTIAL)
    EvaluationFactory.create(action=world.action, title="Heel geheim")
    secret = feeds.renew(by=world.coordinator)
    assert titles(client, secret) == ["Evaluatie"]
    assert b"geheim" not in client.get(address(secret)).content


def test_lines_are_folded_and_signs_escaped(client: Client, world: World) -> None:
    title = "Wat; met, komma's en een lange titel die zeker niet op één enkele regel past, toch?"
    EvaluationFactory.create(action=world.action, title=title)
    secret = feeds.renew(by=world.coordinator)
    raw = client.get(address(secret)).content
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert titles(client, secret) == [f"Evaluatie: {title}"]
