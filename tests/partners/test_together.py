"""Two people at the register at the same moment, each with a connection of their own."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from core.models import LogEntry
from partners.models import Commitment, CommitmentReport, ContactOfficer, Partner
from partners.operations import merge
from partners.operations.commitment_reports import take_over
from tests.conftest import World
from tests.factories import (
    AgreementFactory,
    AgreementPartyFactory,
    CommitmentFactory,
    PartnerFactory,
    member,
)
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


def test_of_two_colleagues_who_report_at_once_both_are_kept_and_one_waits(world: World) -> None:
    promise = _promise(world)
    colleague = member(world.here, Role.PARTNER, world.care)

    def tell(person: User) -> Callable[[], int]:
        client = Client()
        client.force_login(person)
        sent = {"status": "loopt", "done": "Bezig", "form_token": uuid.uuid4()}
        return lambda: client.post(f"/ruimte/engagementen/{promise.pk}/", sent).status_code

    assert at_once(tell(world.partner), tell(colleague)) == [302, 302]
    assert CommitmentReport.objects.count() == 2
    assert CommitmentReport.objects.waiting().count() == 1


def test_of_two_who_take_a_report_over_at_once_one_does(world: World) -> None:
    row = CommitmentReport.objects.create(
        commitment=_promise(world), status="niet nagekomen", done="Niet gelukt", by=world.partner
    )
    both = at_once(*(lambda: take_over(row, by=world.coordinator) for _who in range(2)))
    assert sorted(both, key=str) == [False, True]
    assert LogEntry.objects.filter(verb="commitment.judged").count() == 1


def _promise(world: World) -> Commitment:
    agreement = AgreementFactory.create(municipality=world.here, confidentiality="partners")
    party = AgreementPartyFactory.create(agreement=agreement, partner=world.care)
    return CommitmentFactory.create(party=party)
