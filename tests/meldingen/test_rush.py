"""Above two hundred reports an hour each next one takes a sum, or waiting; none is lost."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from accounts.models import Municipality
from ivcentrum import health
from meldingen import rush
from meldingen.models import Category, Melding, Source
from tests.conftest import World, sign_in
from tests.core.test_effort import solve
from tests.factories import CategoryFactory, MeldingFactory, SourceFactory
from tests.meldingen.citizen import address, filled, hidden

PAGE = "/"


@pytest.fixture
def web(world: World) -> Source:
    return SourceFactory.create(municipality=world.here, code="web", is_public=True)


@pytest.fixture
def category(world: World, web: Source) -> Category:
    return CategoryFactory.create(municipality=world.here, handler=world.service)


@pytest.fixture
def busy(category: Category, web: Source) -> Category:
    """Two hundred came in the last hour."""
    rows = [
        MeldingFactory.build(municipality=web.municipality, category=category, source=web,
                             number=f"Z-{n}", entered_at=timezone.now() - dt.timedelta(minutes=5))
        for n in range(200)
    ]  # fmt: skip
    Melding.objects.bulk_create(rows)
    return category


def send(client: Client, category: Category, **more: Any) -> Any:
    key = str(uuid.uuid4())
    return client.post(address(category.municipality), filled(category, form_key=key, **more))


def again(client: Client, place: Municipality, shown: Any, **more: str) -> Any:
    """What stands in the page that came back, sent once more."""
    told = {**hidden(shown.content.decode()), "stap": "wie", "channel": "geen", **more}
    return client.post(address(place), told)


def held(client: Client, category: Category) -> Any:
    shown = send(client, category)
    assert shown.status_code == 429
    assert Melding.objects.count() == 200
    return shown


def test_below_the_limit_nothing_is_asked(category: Category, client: Client) -> None:
    assert send(client, category).status_code == 302


def test_the_next_one_is_held_and_keeps_what_was_typed(busy: Category, client: Client) -> None:
    told = held(client, busy).content.decode()

    assert "Er komen nu zeer veel meldingen binnen" in told
    assert hidden(told)["text"] == "Een matras naast de glasbol."
    assert "Even controleren…" in told


def test_with_the_sum_it_passes(busy: Category, client: Client) -> None:
    shown = held(client, busy)
    found = solve(hidden(shown.content.decode())["sum"])

    assert again(client, busy.municipality, shown, found=found).status_code == 302
    assert Melding.objects.count() == 201


def test_a_sum_counts_once(busy: Category, client: Client) -> None:
    sum_ = hidden(held(client, busy).content.decode())["sum"]
    found = solve(sum_)
    assert send(client, busy, sum=sum_, found=found).status_code == 302

    assert send(client, busy, sum=sum_, found=found).status_code == 429


def test_the_same_form_sent_twice_is_thanked_twice(busy: Category, client: Client) -> None:
    shown = held(client, busy)
    found = solve(hidden(shown.content.decode())["sum"])

    answers = [again(client, busy.municipality, shown, found=found) for _time in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Melding.objects.count() == 201


@pytest.mark.parametrize("found", ["", "-1", "1e9"])
def test_a_wrong_number_is_held_again(busy: Category, client: Client, found: str) -> None:
    shown = held(client, busy)

    assert again(client, busy.municipality, shown, found=found).status_code == 429


def test_a_sum_of_long_ago_is_held_again_with_a_new_one(busy: Category, client: Client) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=20)):
        old = rush.Effort(busy.municipality, uuid.uuid4(), {}).again()["sum"]

    shown = send(client, busy, sum=old, found=solve(old))

    assert shown.status_code == 429
    assert hidden(shown.content.decode())["sum"] != old


def test_a_sum_of_another_municipality_is_refused(
    busy: Category, world: World, client: Client
) -> None:
    sum_ = rush.Effort(world.elsewhere, uuid.uuid4(), {}).again()["sum"]

    assert send(client, busy, sum=sum_, found=solve(sum_)).status_code == 429


def test_without_a_script_waiting_is_enough(busy: Category, client: Client) -> None:
    shown = held(client, busy)
    assert again(client, busy.municipality, shown).status_code == 429

    Melding.objects.update(entered_at=timezone.now() + dt.timedelta(minutes=5))  # still a rush
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        assert again(client, busy.municipality, shown).status_code == 302


def test_a_step_back_does_not_begin_the_waiting_anew(busy: Category, client: Client) -> None:
    shown = held(client, busy)
    ticket = hidden(shown.content.decode())["ticket"]
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=5)):
        back = again(client, busy.municipality, shown, terug="1")
        kept = hidden(back.content.decode())
        told = filled(busy, form_key=kept["form_key"], stap="waar", ticket=kept["ticket"])
        last = client.post(address(busy.municipality), told)

    assert hidden(last.content.decode())["ticket"] == kept["ticket"] == ticket


def test_a_ticket_is_of_one_form(busy: Category, client: Client) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=20)):
        ticket = rush.Effort(busy.municipality, uuid.uuid4(), {}).again()["ticket"]

    assert send(client, busy, ticket=ticket).status_code == 429


def test_an_hour_later_it_is_over(busy: Category, client: Client) -> None:
    Melding.objects.update(entered_at=timezone.now() - dt.timedelta(minutes=61))

    assert send(client, busy).status_code == 302


def test_who_follows_up_is_told(busy: Category, world: World, client: Client) -> None:
    part = next(part for part in health.daily() if part.name == "Meldingen van het web")
    assert part.level == 1
    assert f"200 ({world.here})" in part.told

    sign_in(client, world.coordinator)
    assert "Van het web, in het voorbije uur: veel te veel" in client.get(PAGE).content.decode()


def test_the_busiest_hour_is_any_hour(
    category: Category, web: Source, settings: LazySettings
) -> None:
    settings.PUBLIC_REPORTS_PER_HOUR = 3
    now = timezone.now()
    for minutes in (500, 440, 410, 390):  # three within an hour, over the turn of one or not
        MeldingFactory.create(municipality=web.municipality, category=category, source=web,
                              entered_at=now - dt.timedelta(minutes=minutes))  # fmt: skip

    found = rush.busiest_hour(now=now, within=dt.timedelta(days=1))

    assert found == [(web.municipality.name, 3)]
