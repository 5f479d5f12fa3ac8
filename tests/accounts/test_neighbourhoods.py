"""Who manages a municipality makes its neighbourhoods and puts them on the drawn map."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Neighbourhood
from core.models import LogEntry
from tests.conftest import World
from tests.factories import NeighbourhoodFactory

LIST, NEW = "/beheer/wijken/", "/beheer/wijken/nieuw/"


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.administrator)
    return client


def typed(world: World, **other: object) -> dict[str, Any]:
    return {"municipality": world.here.pk, "code": "W01", "name": "De Linde", "map_x": 100,
            "map_y": 200, "form_token": str(uuid.uuid4()), **other}  # fmt: skip


def test_the_first_one_is_asked_for(desk: Client, world: World) -> None:
    assert "Nog geen wijken" in desk.get(LIST).content.decode()

    assert desk.post(NEW, typed(world, inhabitants=1200, is_focus="on")).status_code == 302

    page = desk.get(LIST).content.decode()
    assert "W01 De Linde" in page
    assert "aandachtswijk" in page
    assert "<svg" in page.partition("</table>")[2]
    assert LogEntry.objects.filter(verb="neighbourhood.created").count() == 1


def test_a_double_click_makes_one(desk: Client, world: World) -> None:
    form = typed(world)
    desk.post(NEW, form)
    desk.post(NEW, form)

    assert Neighbourhood.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"code": ""}, {"name": ""}, {"map_x": 1001}, {"map_x": -1}, {"map_y": ""}, {"map_x": "x"},
     {"inhabitants": -5}, {"code": "W" * 11}, {"name": "a\u202eb"}],
)  # fmt: skip
def test_what_cannot_be_is_refused(desk: Client, world: World, wrong: dict[str, object]) -> None:
    assert desk.post(NEW, typed(world, **wrong)).status_code == 422
    assert not Neighbourhood.objects.exists()


def test_a_code_is_used_once_in_a_municipality(desk: Client, world: World) -> None:
    NeighbourhoodFactory.create(municipality=world.here, code="W01")
    other = NeighbourhoodFactory.create(municipality=world.here, code="W02")

    assert "Deze code bestaat al" in desk.post(NEW, typed(world)).content.decode()
    form = typed(world, version=1)
    assert desk.post(f"{LIST}{other.pk}/", form).status_code == 422


def test_a_change_is_kept_and_told(desk: Client, world: World) -> None:
    row = NeighbourhoodFactory.create(municipality=world.here, code="W01")

    assert desk.post(f"{LIST}{row.pk}/", typed(world, name="Linde", version=1)).status_code == 302

    row.refresh_from_db()
    assert (row.name, row.version) == ("Linde", 2)
    assert LogEntry.objects.get(verb="neighbourhood.edited").changes[0]["new"] == "Linde"
    assert desk.post(f"{LIST}{row.pk}/", typed(world, name="Anders", version=1)).status_code == 409


def test_a_municipality_of_others_is_no_choice(desk: Client, world: World) -> None:
    far = NeighbourhoodFactory.create(municipality=world.elsewhere)

    assert desk.post(NEW, typed(world, municipality=world.elsewhere.pk)).status_code == 422
    assert desk.get(f"{LIST}{far.pk}/").status_code == 404
    assert far.name not in desk.get(LIST).content.decode()


def test_the_list_asks_little(desk: Client, world: World) -> None:
    NeighbourhoodFactory.create_batch(12, municipality=world.here)
    desk.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        desk.get(LIST)
    assert len(queries) <= 8
