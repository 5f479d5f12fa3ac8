"""Whoever gets the mail of the day stops it from within a mail program."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reminders import unsubscribing
from reminders.models import DigestChoice, RuleSetting
from reminders.rules import all_rules
from tests.conftest import World


@pytest.fixture
def address(world: World) -> str:
    return urlsplit(unsubscribing.link(world.lead)).path


@pytest.fixture
def anybody() -> Client:
    return Client(enforce_csrf_checks=True)


def muted(world: World) -> set[str]:
    return set(DigestChoice.objects.get(person=world.lead).muted)


def test_one_click_of_a_mail_program_stops_all_that_may_stop(
    world: World, anybody: Client, address: str
) -> None:
    RuleSetting.objects.create(municipality=world.here, rule="actie-bijwerken", may_mute=False)

    answer = anybody.post(address, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    always = {rule.code for rule in all_rules().values() if not rule.moments.may_mute}
    assert muted(world) == set(all_rules()) - always - {"actie-bijwerken"}


def test_opening_the_page_changes_nothing(world: World, anybody: Client, address: str) -> None:
    page = anybody.get(address)

    assert page.status_code == 200
    assert not DigestChoice.objects.exists()
    assert world.lead.email not in page.content.decode()
    assert world.lead.name not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_person_chooses_per_kind(world: World, anybody: Client, address: str) -> None:
    DigestChoice.objects.create(person=world.lead, hour=14, muted=["afspraak-hernieuwen"])

    anybody.post(address, {"muted": ["actie-bijwerken"]})
    assert muted(world) == {"actie-bijwerken"}
    assert DigestChoice.objects.get(person=world.lead).hour == 14

    anybody.post(address, {})
    assert muted(world) == set()


def test_what_is_no_rule_is_refused(world: World, anybody: Client, address: str) -> None:
    assert anybody.post(address, {"muted": ["onzin"]}).status_code == 422
    assert not DigestChoice.objects.exists()


def test_nobody_else_is_reached_by_it(world: World, anybody: Client, address: str) -> None:
    own = unsubscribing.SIGNER.sign(str(world.lead.pk))
    forged = own.replace(str(world.lead.pk), str(world.coordinator.pk), 1)
    other = Signer(salt="meldingen.response").sign(str(world.lead.pk))

    for token in (forged, other, own[:-1], "x", f"{world.lead.pk}"):
        assert anybody.post(f"/herinneringen/afmelden/{token}/").status_code == 404
    assert not DigestChoice.objects.exists()


def test_who_has_no_account_any_more_is_not_known(
    world: World, anybody: Client, address: str
) -> None:
    world.lead.is_active = False
    world.lead.save()

    assert anybody.get(address).status_code == 404


def test_it_asks_little(world: World, anybody: Client, address: str) -> None:
    anybody.get(address)
    with CaptureQueriesContext(connection) as queries:
        anybody.get(address)
    assert len(queries) <= 5
