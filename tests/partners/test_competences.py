"""Who is competent for what: looked up in the street, kept at the partner."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from core.models import LogEntry
from partners.models import Competence, Partner, PartnerCompetence
from tests.conftest import World
from tests.factories import CompetenceFactory, PartnerFactory

WHO = "/partners/wie-is-bevoegd/"


@pytest.fixture
def litter(world: World) -> Competence:
    competence = CompetenceFactory.create(
        municipality=world.here,
        title="Opruimen van openbaar domein",
        question="Wie ruimt sluikstort op?",
    )
    PartnerCompetence.objects.create(
        partner=world.service, competence=competence, limits="Niet op privaat domein."
    )
    return competence


@pytest.fixture
def street(client: Client, world: World) -> Client:
    """A warden in the street."""
    client.force_login(world.cast[Role.WARDEN])
    return client


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def held_of(world: World) -> str:
    return f"/partners/{world.service.pk}/bevoegdheden/"


@pytest.mark.parametrize("words", ["sluikstort", "opruimen", "sluikstrot", "openbaar domein", ""])
def test_a_warden_types_a_word_and_sees_whom_to_reach(
    street: Client, world: World, litter: Competence, words: str
) -> None:
    Partner.objects.update(contact_phone="03 123 45 67", contact_email="dienst@zandrode.example")

    page = street.get(WHO, {"q": words}).content.decode()

    assert litter.question in page
    assert world.service.name in page
    assert "Niet op privaat domein." in page
    assert 'href="tel:031234567"' in page
    assert 'href="mailto:dienst@zandrode.example"' in page


@pytest.mark.parametrize("words", ["burenruzie", "a\x00b", "x" * 300, "\u202etorts"])
def test_a_word_that_is_not_there_says_what_to_do(
    street: Client, litter: Competence, words: str
) -> None:
    response = street.get(WHO, {"q": words})

    assert response.status_code == 200
    assert ("Niemand gevonden" in response.content.decode()) == (words == "burenruzie")


def test_what_is_archived_or_elsewhere_is_not_found(
    street: Client, world: World, litter: Competence
) -> None:
    CompetenceFactory.create(municipality=world.elsewhere, question="Wie ruimt sluikstort ginds?")
    CompetenceFactory.create(
        municipality=world.here, question="Wie ruimde sluikstort?", archived_at=timezone.now()
    )
    gone = PartnerFactory.create(
        municipality=world.here, name="Opgedoekt", archived_at=timezone.now()
    )
    PartnerCompetence.objects.create(partner=gone, competence=litter)

    page = street.get(WHO, {"q": "sluikstort"}).content.decode()

    assert "ginds" not in page
    assert "ruimde" not in page
    assert gone.name not in page
    assert "<strong>1</strong> vraag gevonden" in page


def test_htmx_gets_the_results_alone(street: Client, litter: Competence) -> None:
    part = street.get(WHO, {"q": "sluikstort"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert litter.question in part


def test_it_costs_the_same_for_few_and_many(street: Client, world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            street.get(WHO)
        return len(queries)

    first = CompetenceFactory.create(municipality=world.here)
    PartnerCompetence.objects.create(partner=world.service, competence=first)
    cost()  # the session begins
    few = cost()
    for competence in CompetenceFactory.create_batch(40, municipality=world.here):
        PartnerCompetence.objects.create(partner=world.service, competence=competence)
    assert cost() == few <= 12


def test_the_coordinator_notes_what_a_partner_may(
    desk: Client, world: World, litter: Competence
) -> None:
    other = CompetenceFactory.create(municipality=world.here)

    desk.post(held_of(world), {"competence": other.pk, "legal_basis": "Art. 135 NGW"})

    assert world.service.held.get(competence=other).legal_basis == "Art. 135 NGW"
    assert LogEntry.objects.about(world.service).get().verb == "partner.competence_given"
    assert other.question in desk.get(f"/partners/{world.service.pk}/").content.decode()


def test_a_form_sent_twice_notes_it_once(desk: Client, world: World) -> None:
    other = CompetenceFactory.create(municipality=world.here)
    codes = [desk.post(held_of(world), {"competence": other.pk}).status_code for _ in range(2)]
    assert codes == [302, 422]
    assert world.service.held.count() == 1


def test_what_belongs_elsewhere_cannot_be_noted(desk: Client, world: World) -> None:
    foreign = CompetenceFactory.create(municipality=world.elsewhere)
    assert desk.post(held_of(world), {"competence": foreign.pk}).status_code == 422
    assert not PartnerCompetence.objects.exists()


def test_what_a_partner_no_longer_may_is_taken_away(
    desk: Client, world: World, litter: Competence
) -> None:
    held = litter.holders.get()
    desk.post(f"/partners/bevoegdheden/{held.pk}/weghalen/")
    assert not litter.holders.exists()
    assert LogEntry.objects.about(world.service).get().changes[0]["old"] == litter.title
