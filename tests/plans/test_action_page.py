"""One action: what stands on its page, for whom, and what it costs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.roles import Role
from core.confidentiality import Level
from plans.models import Action, ActionPartner, Attachment, BudgetLine, Plan
from plans.workflow import ActionStatus
from tests.conftest import World
from tests.factories import IndicatorFactory, NeighbourhoodFactory, PartnerFactory, UpdateFactory


def page(client: Client, world: World, role: Role = Role.COORDINATOR) -> str:
    client.force_login(world.cast[role])
    response = client.get(f"/acties/{world.action.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def attach(world: World, level: Level, name: str) -> Attachment:
    return Attachment.objects.create(
        action=world.action,
        file="x.pdf",
        name=name,
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        confidentiality=level,
        uploaded_by=world.coordinator,
    )


def test_it_shows_all_that_belongs_to_the_action(client: Client, world: World) -> None:
    ActionPartner.objects.create(action=world.action, partner=world.care, role="uitvoerder")
    place = NeighbourhoodFactory.create(municipality=world.here, name="Wilgendal")
    world.action.neighbourhoods.add(place)
    IndicatorFactory.create(action=world.action, title="Aantal bussen")
    BudgetLine.objects.create(action=world.action, year=2026, source="gemeente", planned=12500)
    UpdateFactory.create(action=world.action, done="De bussen hangen.")
    attach(world, Level.INTERNAL, "verslag.pdf")

    html = page(client, world)

    for text in ("CGG", "Wilgendal", "Aantal bussen", "12.500", "De bussen hangen.", "verslag.pdf"):
        assert text in html


def test_a_foreign_action_does_not_exist(client: Client, world: World) -> None:
    client.force_login(world.coordinator_elsewhere)

    assert client.get(f"/acties/{world.action.pk}/").status_code == 404


@pytest.mark.parametrize("pk", ["0", "99999999999999999999999999"])
def test_nonsense_does_not_exist_either(client: Client, world: World, pk: str) -> None:
    client.force_login(world.coordinator)

    assert client.get(f"/acties/{pk}/").status_code == 404


@pytest.mark.parametrize("query", ["?verloop=x", "?verloop=0", "?verloop=99999999", "?verloop=%00"])
def test_a_page_of_the_story_that_is_none_is_ignored(
    client: Client, world: World, query: str
) -> None:
    client.force_login(world.coordinator)

    assert client.get(f"/acties/{world.action.pk}/{query}").status_code == 200


def test_a_reader_sees_the_public_part_and_nothing_of_the_inside(
    client: Client, world: World
) -> None:
    Plan.objects.update(confidentiality=Level.PUBLIC)
    Action.objects.update(confidentiality=Level.PUBLIC)
    BudgetLine.objects.create(action=world.action, year=2026, source="gemeente", planned=12500)
    UpdateFactory.create(action=world.action, red=True, cause="Ruzie met de aannemer")
    attach(world, Level.INTERNAL, "intern.pdf")

    html = page(client, world, Role.READER)

    assert world.action.title in html
    for text in ("12.500", "Ruzie met de aannemer", "intern.pdf", "Tekst wijzigen"):
        assert text not in html


def test_files_stop_at_the_readers_level(client: Client, world: World) -> None:
    attach(world, Level.INTERNAL, "gewoon.pdf")
    attach(world, Level.CONFIDENTIAL, "geheim.pdf")

    html = page(client, world, Role.COLLEGE)

    assert "gewoon.pdf" in html
    assert "geheim.pdf" not in html
    assert "geheim.pdf" in page(client, world, Role.COORDINATOR)


def test_who_follows_the_action_sees_its_steps_and_who_reads_it_does_not(
    client: Client, world: World
) -> None:
    assert "Volgende stap" in page(client, world, Role.SERVICE)
    assert "Alleen de trekker" not in page(client, world, Role.SERVICE)
    assert "Volgende stap" not in page(client, world, Role.COLLEGE)


def test_a_step_into_the_plan_waits_for_a_lead(client: Client, world: World) -> None:
    Action.objects.filter(pk=world.action.pk).update(
        status=ActionStatus.PROPOSED, lead_partner=None, lead_answer=""
    )

    html = page(client, world)

    assert "Vraag eerst een trekker" in html
    url = f"/acties/{world.action.pk}/stap/goedkeuren/"
    assert client.post(url, {"reason": "Toch"}).status_code == 403


def test_a_proposal_shows_the_five_marks_of_a_good_action(client: Client, world: World) -> None:
    Action.objects.filter(pk=world.action.pk).update(status=ActionStatus.PROPOSED)

    html = page(client, world)

    for word in ("Realistisch", "Aanvaardbaar", "Op maat", "Meetbaar", "Met een timing"):
        assert word in html


def test_it_costs_the_same_however_much_there_is(
    client: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page(client, world)

    def cost() -> int:
        with django_assert_max_num_queries(15) as asked:
            client.get(f"/acties/{world.action.pk}/")
        return len(asked)

    few = cost()
    IndicatorFactory.create_batch(10, action=world.action)
    for day in range(1, 28):
        UpdateFactory.create(action=world.action, on=dt.date(2026, 2, day))
    for number in range(10):
        attach(world, Level.INTERNAL, f"{number}.pdf")
        helper = PartnerFactory.create(municipality=world.here)
        ActionPartner.objects.create(action=world.action, partner=helper, role="uitvoerder")

    assert few <= cost() <= few + 1  # the values of the first indicator
