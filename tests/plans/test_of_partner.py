"""The actions of one partner, on that partner's page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from core.confidentiality import Level
from plans.models import Action, ActionPartner, PartnerRole
from tests.conftest import World
from tests.factories import ActionFactory


def address(world: World) -> str:
    return f"/acties/van-partner/{world.care.pk}/"


def make(world: World, **fields: object) -> Action:
    return ActionFactory.create(sub_theme=world.sub_theme, running=True, **fields)


def test_what_it_leads_and_takes_part_in_stands_there(client: Client, world: World) -> None:
    make(world, code="1.1.2", lead_partner=world.care)
    ActionPartner.objects.create(
        action=make(world, code="1.1.3"), partner=world.care, role=PartnerRole.SUPPORTER
    )
    make(world, code="1.1.4", lead_partner=world.care, archived_at=timezone.now())
    client.force_login(world.coordinator)

    rows = client.get(address(world)).context["rows"]

    assert [(row["code"], row["part"]) for row in rows] == [
        ("1.1.2", "Trekker"),
        ("1.1.3", str(PartnerRole.SUPPORTER.label)),
    ]


@pytest.mark.parametrize(
    ("role", "seen"),
    [(Role.COORDINATOR, 2), (Role.SERVICE, 1), (Role.ADMINISTRATOR, 0)],
)
def test_each_person_is_shown_and_counted_what_he_may_see(
    client: Client, world: World, role: Role, seen: int
) -> None:
    make(world, lead_partner=world.care)
    make(world, lead_partner=world.care, confidentiality=Level.CONFIDENTIAL, title="Geheim")
    client.force_login(world.cast[role])

    response = client.get(address(world))

    assert response.context["total"] == len(response.context["rows"]) == seen
    assert ("Geheim" in response.content.decode()) is (role == Role.COORDINATOR)


def test_the_page_of_the_partner_asks_for_it(client: Client, world: World) -> None:
    client.force_login(world.coordinator)

    assert (
        f'hx-get="{address(world)}"' in client.get(f"/partners/{world.care.pk}/").content.decode()
    )
    part = client.get(address(world), headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<section")


def test_it_costs_the_same_for_3_and_for_300(client: Client, world: World) -> None:
    client.force_login(world.coordinator)
    make(world, lead_partner=world.care)
    client.get(address(world))
    with CaptureQueriesContext(connection) as few:
        client.get(address(world))
    for number in range(60):
        make(world, code=f"9.{number}", lead_partner=world.care)
    with CaptureQueriesContext(connection) as many:
        response = client.get(address(world))

    assert len(few) == len(many) <= 12
    assert "Alle acties waarvan" in response.content.decode()
