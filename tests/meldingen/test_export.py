"""The list as a file: the rows that were found, and who reported them only where one may know."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from meldingen.models import Melding, Reporter, ReporterReading
from tests.conftest import World, sign_in
from tests.factories import MeldingFactory


@pytest.fixture
def melding(world: World) -> Melding:
    made = MeldingFactory.create(municipality=world.here, text="=1+1 een matras")
    Reporter.objects.create(melding=made, name="Mia Peeters", email="mia@voorbeeld.example")
    MeldingFactory.create(municipality=world.here, text="Een put.")
    return made


def file(client: Client, query: str = "", **more: Any) -> str:
    answer = client.post(f"{reverse('meldingen:export')}?{query}", {"kind": "csv", **more})
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def test_it_holds_exactly_what_was_found(world: World, client: Client, melding: Melding) -> None:
    sign_in(client, world.coordinator)

    text = file(client, "q=matras")

    assert melding.number in text
    assert ";'=1+1 een matras" in text
    assert "put" not in text
    assert "Peeters" not in text
    assert not ReporterReading.objects.exists()


def test_who_reported_comes_after_a_tick_and_is_noted(
    world: World, client: Client, melding: Melding
) -> None:
    sign_in(client, world.coordinator)

    assert "Mia Peeters;mia@voorbeeld.example" in file(client, reporters="on")

    reading = ReporterReading.objects.get()
    assert (reading.melding, reading.by, reading.where) == (melding, world.coordinator, "export")


def test_without_the_right_a_tick_gives_nothing(
    world: World, client: Client, melding: Melding
) -> None:
    sign_in(client, world.cast[Role.WARDEN])

    assert "Melder" not in client.get(reverse("meldingen:export")).content.decode()
    assert "Peeters" not in file(client, reporters="on")
    assert not ReporterReading.objects.exists()


def test_a_workbook_holds_the_same(world: World, client: Client, melding: Melding) -> None:
    sign_in(client, world.coordinator)

    answer: Any = client.post(reverse("meldingen:export"), {"kind": "xlsx"})

    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert all(row.number in sheet for row in Melding.objects.all())
    assert "<f>" not in sheet


def test_too_many_rows_ask_for_a_filter(
    world: World, client: Client, melding: Melding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meldingen.views.export.MOST", 1)
    sign_in(client, world.coordinator)

    answer = client.post(reverse("meldingen:export"), {"kind": "csv"})

    assert answer.status_code == 422
