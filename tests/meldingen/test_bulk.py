"""Many meldingen at once: each by its own rules, none overwritten, and sent twice done once."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from core.models import LogEntry
from meldingen.models import Channel, ClosureReason, Melding, Reporter
from meldingen.operations import bulk
from meldingen.workflow import MeldingStatus
from tests.conftest import World, sign_in
from tests.factories import CategoryFactory, ClosureReasonFactory, MeldingFactory, SourceFactory

TOKEN = "9d0e5a52-8d8c-4b0c-8f9e-0a8d5d7d2a03"


@pytest.fixture
def twelve(world: World) -> list[Melding]:
    here = {"municipality": world.here}
    category, source = CategoryFactory.create(**here), SourceFactory.create(**here)
    return MeldingFactory.create_batch(12, **here, category=category, source=source)


@pytest.fixture
def reason(world: World) -> ClosureReason:
    return ClosureReasonFactory.create(municipality=world.here, name="Opgelost")


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    sign_in(client, world.coordinator)
    return client


def address(rows: list[Melding], what: str) -> str:
    keys = "&".join(f"melding={row.pk}" for row in rows)
    return f"{reverse('meldingen:bulk')}?doen={what}&{keys}"


def seen(rows: list[Melding]) -> str:
    return ",".join(f"{row.pk}:{row.version}" for row in rows)


def test_twelve_are_closed_with_one_reason(
    desk: Client, twelve: list[Melding], reason: ClosureReason
) -> None:
    url, form = address(twelve, "afsluiten"), {"seen": seen(twelve), "form_token": TOKEN,
                                               "reason": reason.pk, "text": "Opgeruimd."}  # fmt: skip
    first = desk.post(url, form)
    second = desk.post(url, form)

    assert first["Location"] == second["Location"]
    assert "12 gewijzigd, 0 niet" in desk.get(first["Location"]).content.decode()
    assert (
        Melding.objects.filter(status=MeldingStatus.CLOSED, closure_text="Opgeruimd.").count() == 12
    )
    assert LogEntry.objects.filter(verb="melding.closed").count() == 12


def test_what_moved_meanwhile_is_told_and_left_alone(
    desk: Client, twelve: list[Melding], reason: ClosureReason
) -> None:
    moved = twelve[3]
    form = {"seen": seen(twelve), "form_token": TOKEN, "reason": reason.pk}
    Melding.objects.filter(pk=moved.pk).update(version=2)

    page = desk.get(desk.post(address(twelve, "afsluiten"), form)["Location"])

    assert [line["label"] for line in page.context["refused"]] == [moved.number]
    moved.refresh_from_db()
    assert moved.is_open


def test_what_is_closed_already_is_told(
    world: World, desk: Client, twelve: list[Melding], reason: ClosureReason
) -> None:
    chosen = [bulk.Seen(row.pk, row.version) for row in twelve[:2]]
    close: dict[str, Any] = {"text": "", "by": world.coordinator}
    bulk.close_many(chosen, world.here, reason, token=_token(1), **close)
    again = [bulk.Seen(row.pk, 2) for row in twelve[:2]]

    entry = bulk.close_many(again, world.here, reason, token=_token(2), **close)

    assert all("status is intussen gewijzigd" in line["old"] for line in entry.changes)


def _token(number: int) -> Any:
    return uuid.UUID(int=number)


def test_many_go_to_one_service(world: World, desk: Client, twelve: list[Melding]) -> None:
    form = {"seen": seen(twelve), "form_token": TOKEN, "handler": world.service.pk}

    assert desk.post(address(twelve, "toewijzen"), form).status_code == 302
    assert Melding.objects.filter(handler=world.service, status="toegewezen").count() == 12


def test_a_person_alone_leaves_the_service(
    world: World, desk: Client, twelve: list[Melding]
) -> None:
    Melding.objects.update(handler=world.service)
    warden = world.cast[Role.WARDEN]
    form = {"seen": seen(twelve), "form_token": TOKEN, "assignee": warden.pk}

    desk.post(address(twelve, "toewijzen"), form)

    assert Melding.objects.filter(handler=world.service, assignee=warden).count() == 12


@pytest.mark.parametrize("form", [
    {"seen": "1:1"}, {"seen": "x", "reason": "0"}, {"seen": "1:" + "9" * 30}, {},
])  # fmt: skip
def test_half_a_form_changes_nothing(
    desk: Client, twelve: list[Melding], form: dict[str, str]
) -> None:
    answer = desk.post(address(twelve, "afsluiten"), {"form_token": TOKEN, **form})

    assert answer.status_code == 422
    assert Melding.objects.open().count() == 12


def test_a_reason_may_ask_for_words(world: World, desk: Client, twelve: list[Melding]) -> None:
    asks = ClosureReasonFactory.create(municipality=world.here, needs_text=True)
    form = {"seen": seen(twelve), "form_token": TOKEN, "reason": asks.pk}

    answer = desk.post(address(twelve, "afsluiten"), form)

    assert answer.status_code == 422
    assert "Deze reden vraagt een eigen toelichting." in answer.content.decode()


def test_before_closing_one_sees_who_waits_for_an_answer(
    desk: Client, twelve: list[Melding]
) -> None:
    for row in twelve[:3]:
        Reporter.objects.create(melding=row, name="Mia", phone="0470", channel=Channel.PHONE)
    Reporter.objects.create(melding=twelve[4])

    page = desk.get(address(twelve, "afsluiten"))

    assert page.context["answers"] == [("Telefoon", 3)]
    assert "Mia" not in page.content.decode()


def test_all_that_is_found_can_be_chosen(desk: Client, twelve: list[Melding]) -> None:
    url = reverse("meldingen:bulk")

    assert len(desk.get(f"{url}?alle=1&zoek=status%3Dopen").context["choice"].meldingen) == 12
    assert desk.get(f"{url}?alle=1&zoek=status%3Dafgehandeld").status_code == 302


def test_more_than_five_hundred_is_too_many(
    desk: Client, twelve: list[Melding], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST", 5)

    assert desk.get(address(twelve, "afsluiten")).status_code == 302


def test_what_is_out_of_sight_is_not_closed(
    world: World, desk: Client, twelve: list[Melding], reason: ClosureReason
) -> None:
    far = MeldingFactory.create(municipality=world.elsewhere)
    form = {"seen": f"{far.pk}:1", "form_token": TOKEN, "reason": reason.pk}

    desk.post(address(twelve, "afsluiten"), form)

    far.refresh_from_db()
    assert far.is_open
