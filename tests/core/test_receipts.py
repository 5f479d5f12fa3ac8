from __future__ import annotations

import uuid

import pytest

from accounts.models import Municipality, Zone
from core.receipts import found, made, once
from tests.factories import MunicipalityFactory, UserFactory
from tests.together import at_once


def make_zone(code: str = "pz-een") -> Zone:
    return Zone.objects.create(code=code, name="Zone")


@pytest.mark.django_db
def test_the_same_token_leads_to_the_same_row() -> None:
    token, me = uuid.uuid4(), UserFactory.create()

    first = once(token, Zone, make_zone, by=me)
    second = once(token, Zone, make_zone, by=me)

    assert first == second
    assert Zone.objects.count() == 1


@pytest.mark.django_db
def test_a_token_of_one_form_says_nothing_on_another() -> None:
    token, me = uuid.uuid4(), UserFactory.create()
    zone = once(token, Zone, make_zone, by=me)
    Municipality.objects.create(pk=zone.pk, zone=zone, code="ANDER", name="Van een ander")

    assert made(token, Municipality, by=me) is None
    assert found({"form_token": str(token)}, Municipality, by=me) is None
    fresh = once(token, Municipality, lambda: MunicipalityFactory.create(zone=zone), by=me)
    assert fresh.pk != zone.pk


@pytest.mark.django_db
def test_the_form_of_a_colleague_makes_a_row_of_its_own() -> None:
    token, me, colleague = uuid.uuid4(), UserFactory.create(), UserFactory.create()
    mine = once(token, Zone, make_zone, by=me)

    assert found({"form_token": str(token)}, Zone, by=colleague) is None
    theirs = once(token, Zone, lambda: make_zone("pz-twee"), by=colleague)

    assert theirs != mine
    assert made(token, Zone, by=me) == mine


@pytest.mark.django_db(transaction=True)
def test_one_person_twice_at_once_makes_one_row() -> None:
    token, me = uuid.uuid4(), UserFactory.create()

    first, second = at_once(*[lambda: once(token, Zone, make_zone, by=me)] * 2)

    assert first == second
    assert Zone.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_with_one_token_make_two_rows() -> None:
    token, me, colleague = uuid.uuid4(), UserFactory.create(), UserFactory.create()

    first, second = at_once(
        lambda: once(token, Zone, make_zone, by=me),
        lambda: once(token, Zone, lambda: make_zone("pz-twee"), by=colleague),
    )

    assert {str(getattr(zone, "code", zone)) for zone in (first, second)} == {"pz-een", "pz-twee"}
