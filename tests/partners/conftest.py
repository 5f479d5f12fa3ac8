"""What the tests of agreements share."""

from __future__ import annotations

import pytest
from django.test import Client

from partners.models import Agreement
from tests.conftest import World
from tests.factories import AgreementFactory, AgreementPartyFactory


@pytest.fixture
def office(client: Client, world: World) -> Client:
    """The coordinator at work."""
    client.force_login(world.coordinator)
    return client


@pytest.fixture
def agreement(world: World) -> Agreement:
    """Between the service and an outside partner, signed by both and in force."""
    row = AgreementFactory.create(municipality=world.here, code="AF-01", title="Samen op straat")
    for partner in (world.service, world.care):
        AgreementPartyFactory.create(agreement=row, partner=partner)
    return row
