"""The list of plans and one plan as a document."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.roles import Role
from core.confidentiality import Level
from plans.models import Action, Domain, Plan
from tests.conftest import World
from tests.factories import (
    ActionFactory,
    DomainFactory,
    IndicatorFactory,
    PlanFactory,
    RevisionFactory,
    StrategicGoalFactory,
    SubThemeFactory,
    TacticalGoalFactory,
)

URL = "/plannen/IVP-ZAN/"


@pytest.fixture
def client(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def html(client: Client, url: str = URL) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_what_one_may_see(client: Client, world: World) -> None:
    PlanFactory.create(title="Plan van elders", municipality=world.elsewhere, running=True)

    page = html(client, "/plannen/")

    assert world.plan.title in page
    assert "Plan van elders" not in page
    assert "Nieuw plan" in page


def test_an_empty_list_says_what_to_do_next(client: Client, world: World) -> None:
    Plan.objects.update(municipality=world.elsewhere)
    assert "Er is nog geen plan" in html(client, "/plannen/")


def test_the_document_reads_from_why_to_how(client: Client, world: World) -> None:
    Domain.objects.update(problem="Veel overlast.", title="Drugs")
    StrategicGoalFactory.create(domain=world.domain, text="Minder overlast")
    TacticalGoalFactory.create(sub_theme=world.sub_theme, text="Elke week op straat")

    page = html(client).split('id="domeinen"')[1].split("<aside")[0]

    order = ["Drugs", "Veel overlast.", "Minder overlast", "Elke week op straat"]
    places = [page.index(text) for text in [*order, world.action.title]]
    assert places == sorted(places)


def test_a_goal_shows_where_its_indicator_stands(client: Client, world: World) -> None:
    goal = StrategicGoalFactory.create(domain=world.domain)
    indicator = IndicatorFactory.create(action=None, goal=goal, title="Getelde spuiten")
    indicator.values.create(on="2026-06-01", value=7)

    assert "Getelde spuiten: 0 bussen → 7 bussen (doel: 13 bussen)" in html(client)


def test_a_confidential_action_is_absent_and_not_counted(client: Client, world: World) -> None:
    secret = ActionFactory.create(
        sub_theme=world.sub_theme, title="Geheim", confidentiality=Level.CONFIDENTIAL
    )
    client.force_login(world.college)

    page = html(client)

    assert secret.title not in page
    assert client.get(URL).context["document"].figures.total == 1


def test_a_domain_warns_where_a_dimension_is_empty(client: Client, world: World) -> None:
    assert "geen acties van de dimensie proactief en reactief" in html(client)

    Domain.objects.update(balance_reason="Dat doet de politie.")

    page = html(client)
    assert "geen acties van de dimensie" not in page
    assert "Dat doet de politie." in page


def test_what_came_after_adoption_is_marked(client: Client, world: World) -> None:
    assert "Nieuw sinds goedkeuring" not in html(client)

    Domain.objects.update(revision=RevisionFactory.create(plan=world.plan))

    assert "Nieuw sinds goedkeuring" in html(client)


def test_archived_parts_are_out_of_sight(client: Client, world: World) -> None:
    Action.objects.update(archived_at="2026-05-01T12:00Z")
    assert world.action.title not in html(client)


def test_ideas_do_not_count_in_the_progress(client: Client, world: World) -> None:
    Action.objects.update(progress=60)
    ActionFactory.create(sub_theme=world.sub_theme, status="idee", progress=0)

    assert client.get(URL).context["document"].figures.share == 60


def test_who_may_not_take_a_step_reads_why(client: Client, world: World) -> None:
    client.force_login(world.college)
    page = html(client)
    assert "Plan afsluiten" in page
    assert "Je rol laat dit niet toe" in page
    assert "/stap/afsluiten/" not in page


def test_a_domain_has_its_own_page(client: Client, world: World) -> None:
    DomainFactory.create(plan=world.plan, number=2, title="Ander domein")

    page = html(client, f"{URL}domeinen/1/")

    assert world.action.title in page
    assert "Ander domein" not in page


def test_editions_lead_to_each_other(client: Client, world: World) -> None:
    later = PlanFactory.create(municipality=world.here, predecessor=world.plan, edition=2)

    assert f'href="{later.get_absolute_url()}"' in html(client)
    assert f'href="{URL}"' in html(client, later.get_absolute_url())


@pytest.mark.parametrize("number", [9, 99999999999999999999])
def test_a_domain_that_is_not_there_is_404(client: Client, number: int) -> None:
    assert client.get(f"{URL}domeinen/{number}/").status_code == 404


def test_a_plan_of_elsewhere_is_404(client: Client, world: World) -> None:
    client.force_login(world.coordinator_elsewhere)
    assert client.get(URL).status_code == 404
    assert client.get(f"{URL}domeinen/1/").status_code == 404


@pytest.mark.parametrize("url", ["/plannen/", URL, f"{URL}domeinen/1/"])
@pytest.mark.parametrize("number", [3, 300])
def test_it_costs_the_same_however_many_actions(
    client: Client,
    world: World,
    django_assert_num_queries: DjangoAssertNumQueries,
    url: str,
    number: int,
) -> None:
    theme = SubThemeFactory.create(domain=world.domain)
    ActionFactory.create_batch(number, sub_theme=theme, lead_partner=world.service, running=True)
    with django_assert_num_queries(10 if url == "/plannen/" else 14):
        client.get(url)


@pytest.mark.parametrize("role", [Role.READER, Role.ADMINISTRATOR])
def test_a_public_plan_opens_for_who_reads_only_that(
    client: Client, world: World, role: Role
) -> None:
    Plan.objects.update(confidentiality=Level.PUBLIC)
    client.force_login(world.cast[role])

    page = html(client)

    assert "Opbouw" not in page
    assert "Versies" not in page
