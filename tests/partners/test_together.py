"""Two people at the register at the same moment, each with a connection of their own."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from partners.models import ContactOfficer, Partner
from partners.operations import merge
from tests.conftest import World
from tests.factories import PartnerFactory
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_merges_into_each_other_one_happens(world: World) -> None:
    double = PartnerFactory.create(municipality=world.here)

    outcomes = at_once(
        lambda: merge.merge(double, world.care, by=world.coordinator),
        lambda: merge.merge(world.care, double, by=world.coordinator),
    )

    assert len([found for found in outcomes if isinstance(found, ValidationError)]) == 1
    assert Partner.objects.exclude(merged_into=None).count() == 1


def test_of_two_first_contacts_one_is_kept_and_the_other_told(world: World) -> None:
    def appoint(function: str) -> Callable[[], int]:
        client = Client()
        client.force_login(world.coordinator)
        sent = {"function": function, "starts": "2026-01-01", "form_token": uuid.uuid4()}
        url = f"/partners/{world.care.pk}/aanspreekpunten/nieuw/"
        return lambda: client.post(url, sent).status_code

    assert sorted(at_once(appoint("Een"), appoint("Twee")), key=str) == [302, 422]
    assert ContactOfficer.objects.count() == 1
