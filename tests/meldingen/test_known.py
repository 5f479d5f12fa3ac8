"""Is it known already? What a citizen hears of others' meldingen, and saying that it is the same."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import outbox
from core.confidentiality import Level
from core.models import LogEntry
from meldingen.links import response_token
from meldingen.models import Answer, Category, Channel, Melding, Reporter
from meldingen.operations import citizen as operations
from meldingen.operations import steps
from tests.conftest import World, sign_in
from tests.factories import (
    CategoryFactory,
    ClosureReasonFactory,
    MeldingFactory,
    SourceFactory,
)
from tests.meldingen.citizen import KEY, address, filled
from tests.together import at_once

POINT = {"latitude": 51.1, "longitude": 4.1}
OFFER = re.compile(r'<input type="radio" name="same" value="([0-9a-f]{32})"')
HEADING = "Is dit al gemeld?"


@pytest.fixture
def category(world: World) -> Category:
    SourceFactory.create(municipality=world.here, code="web", is_public=True)
    return CategoryFactory.create(municipality=world.here, name="Sluikstort", french="Dépôt")


@pytest.fixture
def known(category: Category) -> Melding:
    return near(category)


def near(category: Category, **more: Any) -> Melding:
    """Eleven metres to the north, with words that nobody outside may read."""
    told = {"category": category, "text": "Geheim woord", "place": "Bij Peeters", **POINT, **more}
    told.setdefault("latitude", 51.1001)
    return MeldingFactory.create(municipality=category.municipality, **told)


def last_step(client: Client, category: Category, **more: Any) -> str:
    """The page of the third step."""
    form = filled(category, **{"stap": "waar", "place": "", **POINT, **more})
    return client.post(address(category.municipality), form).content.decode()


def send(client: Client, category: Category, **more: Any) -> Melding:
    at = filled(category, place="", **{**POINT, **more})
    answer = client.post(address(category.municipality), at)
    assert answer.status_code == 302, answer.content.decode()
    return Melding.objects.get(form_key=at["form_key"])


def test_the_fewest_facts_are_told(client: Client, known: Melding) -> None:
    shown = last_step(client, known.category)

    monday = timezone.localdate() - dt.timedelta(days=timezone.localdate().weekday())
    assert HEADING in shown
    assert "Sluikstort, op hoogstens 25 meter. Gemeld in de week van" in shown
    assert f"{monday.day} " in shown
    assert "we bekijken het nog" in shown
    assert (len(OFFER.findall(shown)), shown.count('name="same"')) == (1, 2)  # and "something else"
    for hidden in ("Geheim", "Peeters", known.number, known.follow_code, "51.1001"):
        assert hidden not in shown


@pytest.mark.parametrize(
    "more",
    [
        {"confidentiality": Level.PUBLIC},  # only what has the level of their own
        {"confidentiality": Level.PARTNERS},
        {"confidentiality": Level.RESTRICTED},
        {"confidentiality": Level.CONFIDENTIAL},
        {"over": True},
        {"latitude": 51.11},
        {"latitude": None, "longitude": None},
        {"happened_at": timezone.now() - dt.timedelta(weeks=13)},
    ],
)
def test_what_is_not_told(client: Client, category: Category, more: dict[str, Any]) -> None:
    near(category, **more)
    assert HEADING not in last_step(client, category)


def test_nothing_is_told_about_people(client: Client, known: Melding) -> None:
    known.category.is_sensitive = True
    known.category.save()
    assert HEADING not in last_step(client, known.category)


def test_of_another_category_or_town_nothing(
    client: Client, category: Category, world: World
) -> None:
    near(CategoryFactory.create(municipality=world.here))
    near(CategoryFactory.create(municipality=world.elsewhere))
    assert HEADING not in last_step(client, category)


def test_without_a_point_nothing_is_told(client: Client, known: Melding) -> None:
    shown = last_step(client, known.category, latitude="", longitude="", place="Bij Peeters")
    assert HEADING not in shown
    assert "Hoe wilt u antwoord?" in shown


def test_what_is_kept_inside_takes_no_place(client: Client, category: Category) -> None:
    near(category)
    for _one in range(7):
        near(category, latitude=51.1, confidentiality=Level.CONFIDENTIAL)
    assert len(OFFER.findall(last_step(client, category))) == 1
    for _one in range(7):
        near(category)
    assert len(OFFER.findall(last_step(client, category))) == 5


def test_said_to_be_the_same_it_is_taken_and_joined(client: Client, known: Melding) -> None:
    [token] = OFFER.findall(last_step(client, known.category))

    made = send(client, known.category, same=token, text="Nog altijd daar.")

    assert (made.joined_to, made.status) == (known, "geen actie")
    assert (made.text, made.first_reaction_at) == ("Nog altijd daar.", None)
    line = LogEntry.objects.get(verb="melding.joined")
    assert (line.actor, line.reason) == (None, "Volgens wie dit meldde, is het hetzelfde.")


def test_its_reporter_hears_the_end_of_the_other(
    client: Client, known: Melding, world: World
) -> None:
    [token] = OFFER.findall(last_step(client, known.category))
    mia = {"channel": Channel.MAIL, "email": "mia@burger.example", "name": "Mia"}
    made = send(client, known.category, same=token, **mia)
    follow = reverse("meldingen:follow", args=[made.follow_code])
    assert "We hebben uw melding ontvangen" in client.get(follow).content.decode()

    with time_machine.travel(timezone.now() + dt.timedelta(days=30)):
        reason = ClosureReasonFactory.create(municipality=world.here)
        steps.close(known, reason, by=world.coordinator)
        outbox.drain("mail")
        assert made.number in Answer.objects.get().text
        assert "Uw melding is afgehandeld" in client.get(follow).content.decode()
        assert len(mail.outbox) == 2
        solved = reverse("meldingen:solved", args=[response_token(Reporter.objects.get())])
        assert client.post(solved, {"solved": "nee"}).status_code == 200
    made.refresh_from_db()
    assert (made.status, made.joined_to) == ("heropend", None)
    known.refresh_from_db()
    assert known.status == "afgehandeld"


@pytest.mark.parametrize("token", ["", "0" * 32, "1", "x" * 5000, "<b>"])
def test_what_was_not_offered_is_something_else(client: Client, known: Melding, token: str) -> None:
    assert send(client, known.category, same=token).joined_to is None


def test_an_offer_of_another_form_is_worth_nothing(client: Client, known: Melding) -> None:
    [token] = OFFER.findall(last_step(client, known.category))
    other = KEY.replace("1b", "2c")
    assert send(client, known.category, same=token, form_key=other).joined_to is None


def test_what_was_raised_or_closed_meanwhile_is_not_joined(
    client: Client, known: Melding, world: World
) -> None:
    [token] = OFFER.findall(last_step(client, known.category))
    Melding.objects.filter(pk=known.pk).update(confidentiality=Level.CONFIDENTIAL)

    made = send(client, known.category, same=token)

    assert (made.joined_to, made.is_open) == (None, True)


def test_a_key_from_elsewhere_joins_nothing(world: World, category: Category) -> None:
    """The operation looks once more, whatever the form let through."""
    hidden = near(category, confidentiality=Level.CONFIDENTIAL)
    told = Melding(municipality=world.here, category=category, text="x", **POINT)
    made = operations.report(told, None, key=uuid.UUID(KEY), same_as=hidden.pk)
    assert made.joined_to is None


@pytest.mark.django_db(transaction=True)
def test_reported_and_closed_at_once(world: World, category: Category) -> None:
    known, key = near(category), uuid.UUID(KEY)
    reason = ClosureReasonFactory.create(municipality=world.here)
    told = Melding(municipality=world.here, category=category, text="Nog altijd daar.", **POINT)
    mia = Reporter(name="Mia", phone="0470 11 22 33", channel=Channel.PHONE)

    outcomes = at_once(
        lambda: operations.report(told, mia, key=key, same_as=known.pk),
        lambda: steps.close(known, reason, by=world.coordinator),
    )

    assert not [one for one in outcomes if isinstance(one, Exception)]
    made = Melding.objects.get(form_key=key)
    assert made.is_open != bool(made.joined_to)
    assert not Reporter.objects.left_without_answer().exists()


def test_the_choice_is_kept_on_the_way_back(client: Client, known: Melding) -> None:
    [token] = OFFER.findall(last_step(client, known.category))
    form = filled(known.category, place="", same=token, terug="1", **POINT)
    back = client.post(address(known.municipality), form).content.decode()
    assert f'<input type="hidden" name="same" value="{token}">' in back
    again = last_step(client, known.category, same=token)
    assert re.search(rf'value="{token}"[^>]*checked', again)


def test_in_french(client: Client, known: Melding, world: World) -> None:
    world.here.has_facilities = True
    world.here.save()
    form = filled(known.category, stap="waar", place="", **POINT)

    shown = client.post(f"{address(known.municipality)}?taal=fr", form).content.decode()

    assert "Est-ce déjà signalé ?" in shown
    assert "Dépôt, à 25 mètres au plus" in shown
    assert "Sluikstort" not in shown


def test_the_desk_sees_what_was_joined(client: Client, known: Melding, world: World) -> None:
    [token] = OFFER.findall(last_step(client, known.category))
    made = send(client, known.category, same=token)
    sign_in(client, world.coordinator)
    assert made.number in client.get(known.get_absolute_url()).content.decode()
