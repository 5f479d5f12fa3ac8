"""Partners × domains: who leads, helps or is named, and who is missing."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from core.models import LogEntry
from partners.models import Kind
from plans.models import Action, ActionPartner, DomainPartner, PartnerRole
from plans.operations.edition import EditionChoices, make_edition
from plans.partner_map import Cell, partner_map
from tests.conftest import World
from tests.factories import (
    ActionFactory,
    CompetenceFactory,
    DomainFactory,
    GoodPracticeFactory,
    PartnerFactory,
)


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def page_of(world: World) -> str:
    return f"/plannen/{world.plan.code}/partners/"


def edit_of(world: World) -> str:
    return f"/plannen/{world.plan.code}/domeinen/{world.domain.number}/partners/"


def cells(world: World) -> dict[str, list[str]]:
    found = partner_map(world.plan, world.coordinator)
    return {line.partner.code: line.cells[0].words for line in found.lines}


def test_a_cell_tells_what_a_partner_does(world: World) -> None:
    ActionPartner.objects.create(
        action=world.action, partner=world.care, role=PartnerRole.SUPPORTER
    )
    DomainPartner.objects.create(domain=world.domain, partner=world.civ)

    assert cells(world) == {
        "tech": ["trekt 1 actie"],
        "cgg": ["werkt mee aan 1"],
        "civ": ["genoemd"],
    }
    assert not Cell()


def test_the_gaps_are_named(desk: Client, world: World) -> None:
    lonely = CompetenceFactory.create(municipality=world.here)

    found = partner_map(world.plan, world.coordinator)

    assert [gap.missing for gap in found.gaps] == [["politie", "justitie", "welzijn en zorg"]]
    assert {partner.code for partner in found.without_domain} == {"civ", "cgg"}
    assert found.unanswered == [lonely]
    page = desk.get(page_of(world)).content.decode()
    assert lonely.question in page
    assert "justitie" in page


def test_with_all_kinds_there_is_no_gap(world: World) -> None:
    for kind in (Kind.POLICE, Kind.JUSTICE, Kind.CARE):
        partner = PartnerFactory.create(municipality=world.here, kind=kind)
        DomainPartner.objects.create(domain=world.domain, partner=partner)
    assert partner_map(world.plan, world.coordinator).gaps == []


def test_what_one_may_not_read_does_not_count(world: World) -> None:
    Action.objects.update(confidentiality="vertrouwelijk")
    staff = world.cast[Role.CIV_STAFF]
    assert partner_map(world.plan, staff).lines == []
    assert cells(world) == {"tech": ["trekt 1 actie"]}


def test_the_coordinator_says_who_counts(desk: Client, world: World) -> None:
    for _click in range(2):
        assert desk.post(edit_of(world), {"partners": [world.care.pk]}).status_code == 302
    assert world.domain.named_partners.get().partner == world.care
    assert LogEntry.objects.about(world.domain).get().changes[0]["new"] == world.care.name

    desk.post(edit_of(world), {})
    assert not world.domain.named_partners.exists()


@pytest.mark.parametrize("who", ["elsewhere", "x", "9" * 30])
def test_a_partner_of_elsewhere_is_refused(desk: Client, world: World, who: str) -> None:
    foreign = PartnerFactory.create(municipality=world.elsewhere)
    response = desk.post(edit_of(world), {"partners": [foreign.pk if who == "elsewhere" else who]})
    assert response.status_code == 422


def test_a_domain_that_is_not_there_is_not_found(desk: Client, world: World) -> None:
    assert desk.get(f"/plannen/{world.plan.code}/domeinen/99/partners/").status_code == 404


def test_it_costs_the_same_for_few_and_many(desk: Client, world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(page_of(world))
        return len(queries)

    cost()
    few = cost()
    for number in range(5):
        DomainFactory.create(plan=world.plan, number=number + 2)
    for partner in PartnerFactory.create_batch(20, municipality=world.here):
        ActionFactory.create(sub_theme=world.sub_theme, lead_partner=partner)
        DomainPartner.objects.create(domain=world.domain, partner=partner)
    assert cost() == few <= 15


def test_the_next_edition_keeps_who_counts_and_what_an_action_stands_on(
    desk: Client, world: World
) -> None:
    practice = GoodPracticeFactory.create(municipality=world.here)
    world.action.practices.add(practice)
    DomainPartner.objects.create(domain=world.domain, partner=world.care)
    starts, ends = dt.date(2032, 1, 1), dt.date(2037, 12, 31)
    choices = EditionChoices("Volgend plan", starts, ends, actions=True)

    new = make_edition(world.plan, choices, token=uuid.uuid4(), by=world.coordinator)

    assert DomainPartner.objects.get(domain__plan=new).partner == world.care
    assert list(new.actions.get().practices.all()) == [practice]
