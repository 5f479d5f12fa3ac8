"""Citizens report without an account or a cookie, follow by a code, and answer once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import LogEntry, OutboxEntry
from meldingen.forms.citizen import opened_now
from meldingen.links import response_token
from meldingen.models import Category, Channel, Melding, Reporter, Response, Source
from tests.conftest import World
from tests.factories import CategoryFactory, MeldingFactory, SourceFactory
from tests.meldingen.citizen import KEY, address, filled, hidden
from tests.together import at_once


@pytest.fixture
def web(world: World) -> Source:
    return SourceFactory.create(municipality=world.here, code="web", is_public=True)


@pytest.fixture
def category(world: World, web: Source) -> Category:
    return CategoryFactory.create(municipality=world.here, handler=world.service, resolve_days=3)


def test_three_steps_carry_what_was_filled_in(category: Category, client: Client) -> None:
    url = address(category.municipality)
    start = hidden(client.get(url).content.decode())

    second = client.post(
        url, {**start, "stap": "wat", "category": category.pk, "text": "Een matras"}
    )
    carried = hidden(second.content.decode())
    third = client.post(url, {**carried, "stap": "waar", "place": "Glasbol"})

    assert (second.status_code, third.status_code) == (200, 200)
    assert hidden(third.content.decode())["text"] == "Een matras"
    assert hidden(third.content.decode())["place"] == "Glasbol"
    assert "Set-Cookie" not in str(third.headers)
    assert not third.cookies


def test_what_was_sent_is_a_melding_with_a_code(category: Category, client: Client) -> None:
    answer = client.post(address(category.municipality), filled(category))

    melding = Melding.objects.get()
    assert answer["Location"].endswith(f"/dank/{melding.follow_code}/")
    assert (melding.source.code, melding.entered_by) == ("web", None)
    assert not melding.reporters.exists()
    assert melding.number in client.get(answer["Location"]).content.decode()


def test_the_same_form_twice_is_one(category: Category, client: Client) -> None:
    first, second = (client.post(address(category.municipality), filled(category)) for _ in "ab")

    assert first["Location"] == second["Location"]
    assert Melding.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one_too(category: Category) -> None:
    def send() -> int:
        return Client().post(address(category.municipality), filled(category)).status_code

    assert at_once(send, send, send) == [302, 302, 302]
    assert Melding.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"website": "http://spam.example"}, "Laat dit veld leeg."),
        ({"opened": "vals"}, "stond te lang open"),
        ({"channel": Channel.MAIL}, "Vul dit in, of kies een andere manier."),
        ({"text": "x" * 2001}, "2000"),
        ({"text": "a\u202eb"}, "tekens"),
        ({"place": ""}, "verplicht"),
        ({"category": "9999999999999999999"}, "is-wrong"),
        ({"latitude": "NaN", "longitude": "4"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    category: Category, client: Client, wrong: dict[str, Any], said: str
) -> None:
    answer = client.post(address(category.municipality), filled(category, **wrong))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Melding.objects.count() == 0


def test_who_fills_it_in_at_once_is_a_program(category: Category, client: Client) -> None:
    sent = filled(category, opened=opened_now(KEY))

    assert client.post(address(category.municipality), sent).status_code == 422


def test_a_municipality_without_web_reports_has_no_form(world: World, client: Client) -> None:
    assert client.get(address(world.elsewhere)).status_code == 404


def test_whoever_wants_mail_gets_the_promise_of_one(category: Category, client: Client) -> None:
    client.post(
        address(category.municipality),
        filled(category, channel=Channel.MAIL, email="mia@burger.example", name="Mia"),
    )

    reporter = Reporter.objects.get()
    promise = OutboxEntry.objects.get(kind="melding_mail")
    assert promise.payload == {"mail": "received", "reporter": reporter.pk}
    assert "mia@" not in "".join(f"{line.changes}" for line in LogEntry.objects.all())


def test_following_says_how_it_goes_and_nothing_about_people(world: World, client: Client) -> None:
    melding = MeldingFactory.create(
        municipality=world.here, follow_code="ABCDEFGHJK", assignee=world.lead, text="Geheim woord"
    )

    page = client.post(reverse("meldingen:follow-form"), {"code": "abcde fghjk"}, follow=True)

    told = page.content.decode()
    assert "We hebben uw melding ontvangen" in told
    assert melding.number in told
    assert world.lead.name not in told
    assert "Geheim woord" not in told


def test_an_unknown_code_is_said(db: None, client: Client) -> None:
    answer = client.post(reverse("meldingen:follow-form"), {"code": "ZZZZZZZZZZ"})

    assert answer.status_code == 422


@pytest.fixture
def closed(world: World) -> Reporter:
    melding = MeldingFactory.create(
        municipality=world.here, status="afgehandeld", closed_at=timezone.now()
    )
    return Reporter.objects.create(melding=melding, name="Mia")


def link(reporter: Reporter) -> str:
    return reverse("meldingen:solved", args=[response_token(reporter)])


def test_opening_the_link_answers_nothing(closed: Reporter, client: Client) -> None:
    assert client.get(link(closed)).status_code == 200
    assert client.head(link(closed)).status_code == 200
    assert not Response.objects.exists()


def test_no_opens_it_again_once(closed: Reporter, client: Client) -> None:
    client.post(link(closed), {"solved": "nee", "words": "Er ligt weer een bed."})
    client.post(link(closed), {"solved": "ja"})

    closed.melding.refresh_from_db()
    assert closed.melding.status == "heropend"
    assert closed.melding.closed_at is None
    assert not Response.objects.get().is_solved


def test_what_is_closed_a_second_time_is_asked_about_again(
    closed: Reporter, client: Client
) -> None:
    client.post(link(closed), {"solved": "nee"})
    later = timezone.now() + dt.timedelta(minutes=5)
    Melding.objects.update(status="afgehandeld", closed_at=later)

    client.post(link(closed), {"solved": "ja"})

    assert list(Response.objects.order_by("at").values_list("is_solved", flat=True)) == [
        False,
        True,
    ]
    assert Melding.objects.get().status == "afgehandeld"


def test_yes_leaves_it_closed(closed: Reporter, client: Client) -> None:
    client.post(link(closed), {"solved": "ja"})

    closed.melding.refresh_from_db()
    assert closed.melding.status == "afgehandeld"
    assert Response.objects.get().is_solved


def test_after_two_weeks_the_link_is_nothing(closed: Reporter, client: Client) -> None:
    url = link(closed)

    with time_machine.travel(timezone.now() + dt.timedelta(days=15)):
        assert client.get(url).status_code == 404
        assert client.post(url, {"solved": "nee"}).status_code == 404


def test_a_changed_link_is_nothing(closed: Reporter, client: Client) -> None:
    assert client.get(link(closed).replace(":", "1:", 1)).status_code == 404


def test_a_form_that_is_too_old_can_be_sent_again(category: Category, client: Client) -> None:
    url = address(category.municipality)
    with time_machine.travel(timezone.now() - dt.timedelta(days=2)):
        old = filled(category)
    shown = client.post(url, old)
    assert shown.status_code == 422

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1)):
        again = client.post(url, {**old, **hidden(shown.content.decode()), "stap": "wie"})

    assert again.status_code == 302


def test_sending_has_a_limit_of_its_own(category: Category, client: Client) -> None:
    keys = [f"1b3bde52-8d8c-4b0c-8f9e-0a8d5d7d2a{n:02}" for n in range(6)]
    sent = [
        client.post(address(category.municipality), filled(category, form_key=key)).status_code
        for key in keys
    ]

    assert sent == [302] * 5 + [429]
    assert (
        client.post(address(category.municipality), filled(category, form_key=keys[0])).status_code
        == 302
    )
