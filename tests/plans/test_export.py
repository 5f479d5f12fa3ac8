"""The list as a spreadsheet: the same rows, in the same order, and never a formula."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from accounts.roles import Role
from core.confidentiality import Level
from plans.models import Action
from tests.conftest import World
from tests.factories import ActionFactory

EVIL = '=HYPERLINK("http://x","y")'


@pytest.fixture
def client(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def sheet(client: Client, query: str = "") -> list[list[Any]]:
    response = client.get(f"/acties/export.xlsx{query}")
    assert response.headers["Content-Disposition"].startswith("attachment")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    return book.get_sheet_by_index(0).to_python()


def lines(client: Client, query: str = "") -> list[list[str]]:
    response = client.get(f"/acties/export.csv{query}")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize(
    "query", ["", "?sort=-titel", "?q=actie", "?groep=trekker&dimensie=proactief"]
)
def test_it_holds_what_the_list_holds(client: Client, world: World, query: str) -> None:
    ActionFactory.create_batch(5, sub_theme=world.sub_theme, running=True, dimension="proactief")
    listed = [row["code"] for row in client.get(f"/acties/{query}").context["rows"]]

    assert [row[0] for row in sheet(client, query)[1:]] == listed
    assert [row[0] for row in lines(client, query)[1:]] == listed


def test_more_than_a_page_is_exported(client: Client, world: World) -> None:
    ActionFactory.create_batch(60, sub_theme=world.sub_theme)

    assert len(sheet(client)) == 62


def test_a_title_is_never_a_formula(client: Client, world: World) -> None:
    Action.objects.update(title=EVIL)

    assert sheet(client)[1][1] == EVIL
    assert lines(client)[1][1] == f"'{EVIL}"


def test_what_one_may_not_see_is_not_in_it(client: Client, world: World) -> None:
    Action.objects.update(confidentiality=Level.CONFIDENTIAL)
    client.force_login(world.cast[Role.COLLEGE])

    assert len(sheet(client)) == 1
    assert len(lines(client)) == 1


def test_nonsense_in_the_address_is_ignored(client: Client) -> None:
    assert client.get("/acties/export.xlsx?q=%00&sort=x&domein=y").status_code == 200
    assert client.get("/acties/export.csv?q=%00&sort=x&domein=y").status_code == 200
