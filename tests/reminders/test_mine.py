"""What waits for me, shown in the product; and what I choose about my mail."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plans.models import Action
from reminders import engine
from reminders.models import DigestChoice, Reminder, RuleSetting
from tests.conftest import World
from tests.factories import ActionFactory

MINE = "/herinneringen/"
CHOICES = "/herinneringen/keuzes/"


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def test_nothing_waits(lead: Client) -> None:
    assert "Er wacht niets op jou" in lead.get(MINE).content.decode()


def test_what_waits_stands_there_with_its_screen_until_it_is_done(
    lead: Client, world: World
) -> None:
    engine.run(timezone.now())
    page = lead.get(MINE).content.decode()
    assert f'href="/acties/{world.action.pk}/bijwerken/"' in page
    assert world.action.title in page

    Action.objects.update(last_update_on=timezone.localdate())

    assert "Er wacht niets op jou" in lead.get(MINE).content.decode()


def test_it_costs_as_much_for_many_as_for_three(lead: Client, world: World) -> None:
    counts = []
    lead.get(MINE)  # a first page begins the session
    for more in (2, 20):
        for _number in range(more):
            ActionFactory.create(
                sub_theme=world.sub_theme, lead_partner=world.service, running=True
            )
        engine.run(timezone.now())
        with CaptureQueriesContext(connection) as queries:
            lead.get(MINE)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12


def test_somebody_elses_are_not_shown(client: Client, world: World) -> None:
    engine.run(timezone.now())
    assert Reminder.objects.filter(person=world.lead).exists()
    client.force_login(world.reader)

    assert "Er wacht niets op jou" in client.get(MINE).content.decode()


def test_one_chooses_the_hour_and_what_not_to_be_mailed(lead: Client, world: World) -> None:
    sent = {"hour": "17", "muted": ["actie-bijwerken"], "version": "1"}

    assert lead.post(CHOICES, sent).status_code == 302

    chosen = DigestChoice.objects.get(person=world.lead)
    assert (chosen.hour, chosen.muted) == (17, ["actie-bijwerken"])


def test_what_the_municipality_wants_mailed_is_not_asked(lead: Client, world: World) -> None:
    RuleSetting.objects.create(municipality=world.here, rule="actie-bijwerken", may_mute=False)

    assert 'value="actie-bijwerken"' not in lead.get(CHOICES).content.decode()
    sent = {"hour": "8", "muted": ["actie-bijwerken"], "version": "1"}
    assert lead.post(CHOICES, sent).status_code == 422


@pytest.mark.parametrize("hour", ["3", "x", "", "99"])
def test_an_hour_of_the_night_is_no_choice(lead: Client, hour: str) -> None:
    assert lead.post(CHOICES, {"hour": hour, "version": "1"}).status_code == 422
    assert not DigestChoice.objects.exists()


def test_two_choices_at_once_show_each_other(lead: Client, world: World) -> None:
    DigestChoice.objects.create(person=world.lead, hour=9, version=2)

    assert lead.post(CHOICES, {"hour": "10", "version": "1"}).status_code in {409, 422}
    assert DigestChoice.objects.get(person=world.lead).hour == 9
