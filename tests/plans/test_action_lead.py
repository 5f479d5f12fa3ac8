"""One lead per action, who accepts or declines."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.roles import Role
from core.models import LogEntry
from plans.models import Action
from plans.operations.actions import answer_lead
from plans.operations.plan import MovedError
from plans.workflow import LeadAnswer
from tests.conftest import World, build_world
from tests.factories import PartnerFactory, member
from tests.together import at_once


@pytest.fixture
def asked(world: World) -> World:
    Action.objects.update(lead_answer=LeadAnswer.ASKED)
    world.action.refresh_from_db()
    return world


def url(world: World, name: str) -> str:
    return f"/acties/{world.action.pk}/{name}/"


def test_first_the_organisation_then_its_people(client: Client, world: World) -> None:
    client.force_login(world.coordinator)

    response = client.get(f"{url(world, 'trekker')}?partner={world.care.pk}")

    html = response.content.decode()
    assert world.partner.name in html
    assert "De organisatie kiest zelf" in html
    assert world.lead.name not in html


def test_asking_another_lead(client: Client, world: World) -> None:
    client.force_login(world.coordinator)

    client.post(url(world, "trekker"), {"partner": world.care.pk, "person": world.partner.pk})

    world.action.refresh_from_db()
    assert world.action.lead_partner == world.care
    assert world.action.lead_person == world.partner
    assert world.action.lead_answer == LeadAnswer.ASKED
    assert LogEntry.objects.get().verb == "action.lead_asked"


def test_a_person_of_another_organisation_is_refused(client: Client, world: World) -> None:
    client.force_login(world.coordinator)

    data = {"partner": world.care.pk, "person": world.lead.pk}

    assert client.post(url(world, "trekker"), data).status_code == 422


@pytest.mark.parametrize("partner", ["", "x", "\x00", "99999999999999999999"])
def test_an_organisation_that_is_none_is_refused(
    client: Client, world: World, partner: str
) -> None:
    client.force_login(world.coordinator)

    assert client.get(url(world, "trekker"), {"partner": partner}).status_code == 200
    assert client.post(url(world, "trekker"), {"partner": partner}).status_code == 422


def test_an_organisation_may_be_typed_when_there_are_many(client: Client, world: World) -> None:
    PartnerFactory.create_batch(60, municipality=world.here)
    client.force_login(world.coordinator)

    assert "<datalist" in client.get(url(world, "trekker")).content.decode()
    response = client.get(f"{url(world, 'trekker')}?partner=cgg")
    assert response.context["partner"] == world.care


def test_accepting_is_one_tap(client: Client, asked: World) -> None:
    client.force_login(asked.lead)
    assert "Ik aanvaard" in client.get(f"/acties/{asked.action.pk}/").content.decode()

    response = client.post(url(asked, "antwoord"), {"antwoord": "ja", "terug": "mijn"})

    asked.action.refresh_from_db()
    assert response.headers["Location"] == "/acties/mijn/"
    assert asked.action.lead_answer == LeadAnswer.ACCEPTED
    assert asked.action.lead_person == asked.lead


def test_declining_says_why_and_goes_back_to_the_coordinator(client: Client, asked: World) -> None:
    client.force_login(asked.lead)
    assert client.get(url(asked, "antwoord")).status_code == 200
    assert client.post(url(asked, "antwoord"), {"reason": ""}).status_code == 422

    client.post(url(asked, "antwoord"), {"reason": "Geen mensen"})

    asked.action.refresh_from_db()
    assert (asked.action.lead_answer, asked.action.lead_answer_reason) == (
        LeadAnswer.DECLINED,
        "Geen mensen",
    )
    assert asked.action in Action.objects.without_active_lead()
    client.force_login(asked.coordinator)
    assert "Geen mensen" in client.get(f"/acties/{asked.action.pk}/").content.decode()


def test_nobody_answers_for_the_lead(client: Client, asked: World) -> None:
    for role in (Role.COORDINATOR, Role.COLLEGE, Role.WARDEN):
        client.force_login(asked.cast[role])
        assert client.post(url(asked, "antwoord"), {"antwoord": "ja"}).status_code == 403


def test_a_late_answer_is_told_so(client: Client, world: World) -> None:
    client.force_login(world.lead)

    response = client.post(url(world, "antwoord"), {"antwoord": "ja"}, follow=True)

    assert "al beantwoord" in response.content.decode()
    assert not LogEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts() -> None:
    world = build_world()
    Action.objects.update(lead_answer=LeadAnswer.ASKED)
    people = [world.lead, member(world.here, Role.SERVICE, world.service)]
    stale = [Action.objects.select_related("plan").get(pk=world.action.pk) for _ in people]

    def answer(index: int) -> None:
        answer_lead(stale[index], accept=index == 0, by=people[index], reason="Nee")

    outcomes = at_once(lambda: answer(0), lambda: answer(1))

    assert {type(outcome) for outcome in outcomes} == {type(None), MovedError}
    assert LogEntry.objects.count() == 1
