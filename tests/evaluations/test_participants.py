"""Who is asked, and what a partner sees of it: its own answer and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.confidentiality import Level
from evaluations.models import Evaluation, Participant, Question
from evaluations.workflow import EvaluationStatus
from partners.operations import merge
from plans.models import Action
from tests.conftest import World
from tests.factories import (
    AgreementFactory,
    AgreementPartyFactory,
    EvaluationFactory,
    ParticipantFactory,
    PartnerFactory,
    ShareFactory,
)

S = EvaluationStatus
INTERNAL = ("Wat wij vonden", "Onze les", "Eigen vraag", "Antwoord daarop", "Oordeel hier",
            "Van een ander", "Anders bij hen", "Openbaar domein")  # fmt: skip


@pytest.fixture
def asked(world: World) -> Participant:
    """The partner is asked about an action that is full of texts of the municipality."""
    evaluation = EvaluationFactory.create(
        action=world.action, title="Hoe ging het?", status=S.BUSY, happened=INTERNAL[0],
        lessons=INTERNAL[1], judgement="stoppen", judgement_reason=INTERNAL[4],
        responsible=world.coordinator,
    )  # fmt: skip
    Question.objects.create(evaluation=evaluation, text=INTERNAL[2], answer=INTERNAL[3])
    other = ParticipantFactory.create(
        evaluation=evaluation, partner=PartnerFactory.create(municipality=world.here)
    )
    fill(other, world)
    return ParticipantFactory.create(evaluation=evaluation, partner=world.care)


def fill(row: Participant, world: World) -> None:
    Participant.objects.filter(pk=row.pk).update(
        satisfaction=1, went_well=INTERNAL[5], should_change=INTERNAL[6],
        answered_by=world.coordinator, answered_at="2026-11-01T10:00:00Z",
    )  # fmt: skip


def page_of(row: Participant) -> str:
    return f"/ruimte/evaluaties/{row.pk}/"


ANSWER = {"satisfaction": "4", "went_well": "De mensen", "should_change": "Niets"}


def test_a_partner_answers_in_its_space(client: Client, world: World, asked: Participant) -> None:
    client.force_login(world.partner)
    assert "Hoe ging het?" in client.get("/ruimte/evaluaties/").content.decode()
    assert client.post(page_of(asked), ANSWER).status_code == 302
    asked.refresh_from_db()
    assert (asked.satisfaction, asked.answered_by) == (4, world.partner)
    assert "De mensen" in client.get(page_of(asked)).content.decode()


def test_an_answer_without_a_figure_is_refused(
    client: Client, world: World, asked: Participant
) -> None:
    client.force_login(world.partner)
    assert client.post(page_of(asked), {**ANSWER, "satisfaction": "9"}).status_code == 422


@pytest.mark.parametrize("shared", [False, True])
def test_nothing_of_others_and_nothing_internal_leaks(
    client: Client, world: World, asked: Participant, *, shared: bool
) -> None:
    if shared:
        ShareFactory.create(action=world.action, partner=world.care)
    client.force_login(world.partner)
    for status in (S.BUSY, S.REVIEW):
        Evaluation.objects.update(status=status)
        for address in ("/ruimte/evaluaties/", page_of(asked)):
            page = client.get(address).content.decode()
            assert [text for text in INTERNAL if text in page] == []
    assert (world.action.title in client.get(page_of(asked)).content.decode()) is shared


def test_what_a_partner_is_not_asked_does_not_exist(
    client: Client, world: World, asked: Participant
) -> None:
    other = asked.evaluation.participants.exclude(pk=asked.pk).get()
    client.force_login(world.partner)
    assert client.get(page_of(other)).status_code == 404
    assert client.post(page_of(other), ANSWER).status_code == 404
    assert client.get(asked.evaluation.get_absolute_url()).status_code == 404
    assert client.get("/agenda/").status_code == 404


@pytest.mark.parametrize("status", [S.PLANNED, S.DROPPED])
def test_before_it_begins_it_is_not_there(
    client: Client, world: World, asked: Participant, status: str
) -> None:
    Evaluation.objects.update(status=status)
    client.force_login(world.partner)
    assert client.get(page_of(asked)).status_code == 404


def test_once_a_subject_is_restricted_the_partner_sees_nothing(
    client: Client, world: World, asked: Participant
) -> None:
    Action.objects.update(confidentiality=Level.RESTRICTED)
    client.force_login(world.partner)
    assert client.get(page_of(asked)).status_code == 404
    assert "Hoe ging het?" not in client.get("/ruimte/evaluaties/").content.decode()


def test_once_established_the_own_answer_stays_and_no_more_is_taken(
    client: Client, world: World, asked: Participant
) -> None:
    client.force_login(world.partner)
    client.post(page_of(asked), ANSWER)
    Evaluation.objects.update(status=S.ESTABLISHED, established_on="2026-11-01")
    assert "De mensen" in client.get(page_of(asked)).content.decode()
    assert client.post(page_of(asked), ANSWER).status_code == 403


def test_a_party_reads_which_agreement_it_is_about(client: Client, world: World) -> None:
    agreement = AgreementFactory.create(municipality=world.here, title="Samen op straat")
    AgreementPartyFactory.create(agreement=agreement, partner=world.care)
    evaluation = EvaluationFactory.create(
        action=None, agreement=agreement, municipality=world.here, status=S.BUSY
    )
    row = ParticipantFactory.create(evaluation=evaluation, partner=world.care)
    client.force_login(world.partner)
    assert "Samen op straat" in client.get(page_of(row)).content.decode()


def test_the_coordinator_asks_and_lets_go(client: Client, world: World) -> None:
    evaluation = EvaluationFactory.create(action=world.action)
    client.force_login(world.coordinator)
    address = f"/evaluaties/{evaluation.pk}/deelnemers/nieuw/"
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"partner": world.care.pk}).status_code == 302
    row = evaluation.participants.get()
    assert client.post(f"/evaluaties/deelnemers/{row.pk}/weghalen/").status_code == 302
    assert not evaluation.participants.exists()


def test_who_answered_stays(client: Client, world: World, asked: Participant) -> None:
    fill(asked, world)
    client.force_login(world.coordinator)
    assert client.post(f"/evaluaties/deelnemers/{asked.pk}/weghalen/").status_code == 403


def test_two_partners_that_become_one_keep_the_opinion(world: World, asked: Participant) -> None:
    other = asked.evaluation.participants.exclude(pk=asked.pk).get()
    assert other.partner
    merge.merge(other.partner, world.care, by=world.coordinator)
    kept = asked.evaluation.participants.get()
    assert (kept.partner, kept.went_well) == (world.care, INTERNAL[5])


def test_a_restricted_subject_goes_to_no_partner(client: Client, world: World) -> None:
    Action.objects.update(confidentiality=Level.RESTRICTED)
    evaluation = EvaluationFactory.create(action=world.action)
    client.force_login(world.coordinator)
    address = f"/evaluaties/{evaluation.pk}/deelnemers/nieuw/"
    assert client.post(address, {"partner": world.care.pk}).status_code == 422


def test_a_colleague_answers_and_reads_no_others(
    client: Client, world: World, asked: Participant
) -> None:
    mine = Participant.objects.create(evaluation=asked.evaluation, person=world.core_group)
    client.force_login(world.core_group)
    address = f"/evaluaties/deelnemers/{mine.pk}/antwoord/"
    assert client.post(address, ANSWER).status_code == 302
    page = client.get(asked.evaluation.get_absolute_url()).content.decode()
    assert "De mensen" in page
    assert INTERNAL[5] not in page
    client.force_login(world.coordinator)
    assert INTERNAL[5] in client.get(asked.evaluation.get_absolute_url()).content.decode()


@pytest.mark.parametrize("number", [3, 40])
def test_the_space_asks_as_much_for_many(
    client: Client, world: World, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        evaluation = EvaluationFactory.create(action=world.action, status=S.BUSY)
        ParticipantFactory.create(evaluation=evaluation, partner=world.care)
    client.force_login(world.partner)
    with django_assert_max_num_queries(12):
        client.get("/ruimte/evaluaties/")
