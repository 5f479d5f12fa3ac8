"""What was shared, in both directions: on the page and as a spreadsheet, the same lines."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import load_workbook

from partners.models import Direction, SharingEntry
from partners.operations.sharing import record_sharing
from tests.conftest import World
from tests.factories import PartnerFactory

LOG, FILE = "/partners/gedeeld/", "/partners/gedeeld/export.xlsx"


@pytest.fixture
def logged(world: World) -> World:
    """One line out, one in, and one of the neighbours."""
    about = world.action
    record_sharing(world.care, about, "Titel", by=world.coordinator, purpose="Samen uitvoeren",
                   ground="algemeen belang")  # fmt: skip
    record_sharing(world.care, about, "Bijdrage", by=world.partner, direction=Direction.IN)
    foreign = PartnerFactory.create(municipality=world.elsewhere, name="Van elders")
    record_sharing(foreign, about, "Iets van elders", by=world.coordinator)
    return world


def rows_of(client: Client, query: str = "") -> list[list[Any]]:
    book = load_workbook(io.BytesIO(client.get(FILE + query).getvalue()))
    return book.get_sheet_by_index(0).to_python()[1:]


def test_the_officer_gets_the_lines_of_the_page(office: Client, logged: World) -> None:
    page = office.get(LOG).content.decode()
    rows = rows_of(office)

    assert "Van elders" not in page
    assert {row[4] for row in rows} == {"Titel", "Bijdrage"}
    [out] = [row for row in rows if row[4] == "Titel"]
    assert out[2:4] == [logged.care.name, str(logged.action)]
    assert out[5] == "Samen uitvoeren"
    assert out[8] == str(logged.coordinator)


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("?richting=in", {"Bijdrage"}),
        ("?q=titel", {"Titel"}),
        ("?van=2999-01-01", set()),
        ("?onderwerp=action:0", set()),
        ("?partner=0&richting=zijwaarts&van=ooit", {"Titel", "Bijdrage"}),
    ],
)
def test_it_is_narrowed_the_same_way(
    office: Client, logged: World, query: str, what: set[str]
) -> None:
    assert office.get(LOG + query).status_code == 200
    assert {row[4] for row in rows_of(office, query)} == what


def test_a_name_is_never_a_formula(office: Client, logged: World) -> None:
    logged.care.name = "=1+1"
    logged.care.save(update_fields=["name"])
    assert {row[2] for row in rows_of(office)} == {"=1+1"}  # of a formula the text is gone


def test_it_costs_the_same_for_few_and_many(office: Client, logged: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            office.get(LOG)
        return len(queries)

    cost()
    few = cost()
    for number in range(49):
        record_sharing(logged.care, logged.action, f"Veld {number}", by=logged.coordinator)
    assert cost() == few <= 12
    assert SharingEntry.objects.count() == 52
