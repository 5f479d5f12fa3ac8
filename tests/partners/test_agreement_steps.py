"""The life of an agreement: signed, in force, evaluated, renewed, ended."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from core.models import LogEntry
from partners import workflow
from partners.models import Agreement, AgreementParty, Commitment
from partners.operations import agreement_parties, agreements
from partners.workflow import AGREEMENT_STEPS, AgreementStatus, Step
from tests.conftest import World, build_world
from tests.factories import AgreementFactory, AgreementPartyFactory, CommitmentFactory
from tests.together import at_once

S = AgreementStatus


def step(name: str, source: str) -> Step:
    found = workflow.find(workflow.agreement_steps_from(source), name)
    assert found
    return found


def put(agreement: Agreement, status: str) -> Agreement:
    Agreement.objects.filter(pk=agreement.pk).update(status=status)
    agreement.refresh_from_db()
    return agreement


def take(client: Client, agreement: Agreement, name: str, **fields: object) -> int:
    code = client.post(f"/afspraken/{agreement.pk}/stap/{name}/", fields).status_code
    agreement.refresh_from_db()
    return code


# --- The table --------------------------------------------------------------------------------


def test_every_status_is_reached_and_names_are_once_per_status() -> None:
    assert {step.target for step in AGREEMENT_STEPS} | {S.DRAFT} == set(S)
    names = [(step.source, step.name) for step in AGREEMENT_STEPS]
    assert len(names) == len(set(names))


def test_what_ends_an_agreement_asks_why() -> None:
    ending = [step for step in AGREEMENT_STEPS if step.target in workflow.AGREEMENT_OVER]
    assert all(step.needs_reason for step in ending)


# --- The steps --------------------------------------------------------------------------------


def test_it_comes_in_force_once_all_have_signed(office: Client, agreement: Agreement) -> None:
    put(agreement, S.TO_SIGN)
    party = agreement.parties.order_by("pk")[0]
    AgreementParty.objects.filter(pk=party.pk).update(signed_on=None)
    assert take(office, agreement, "activeren") == 403

    office.post(
        f"/afspraken/partijen/{party.pk}/ondertekenen/",
        {"signatory": "", "signatory_function": "Burgemeester", "signed_on": "2026-01-05"},
    )

    assert take(office, agreement, "activeren") == 302
    assert agreement.status == S.ACTIVE


def test_it_is_between_two_at_least(office: Client, world: World) -> None:
    alone = AgreementFactory.create(municipality=world.here, status=S.DRAFT)
    AgreementPartyFactory.create(agreement=alone)
    page = office.get(f"/afspraken/{alone.pk}/").content.decode()
    assert "Voeg eerst minstens twee partijen toe." in page
    assert take(office, alone, "voorleggen") == 403


def test_ending_asks_a_reason_and_a_last_day(office: Client, agreement: Agreement) -> None:
    last = timezone.localdate() + dt.timedelta(days=100)  # later than any notice asks
    assert take(office, agreement, "opzeggen") == 422
    assert take(office, agreement, "opzeggen", reason="Geen geld", last_day="2025-01-01") == 422
    assert take(office, agreement, "opzeggen", reason="Geen geld", last_day=str(last)) == 302

    assert (agreement.status, agreement.ended_on) == (S.ENDED, last)
    assert LogEntry.objects.about(agreement).get().reason == "Geen geld"


def test_what_was_ended_comes_back_with_a_reason(office: Client, agreement: Agreement) -> None:
    put(agreement, S.ENDED)
    Agreement.objects.update(ended_on=dt.date(2026, 10, 1))
    take(office, agreement, "opzegging-intrekken", reason="Toch geld")
    assert (agreement.status, agreement.ended_on) == (S.ACTIVE, None)


def test_it_expires_only_after_its_last_day(office: Client, agreement: Agreement) -> None:
    assert take(office, agreement, "laten-verlopen", reason="Voorbij") == 403
    Agreement.objects.update(ends=timezone.localdate() - dt.timedelta(days=1))
    assert take(office, agreement, "laten-verlopen", reason="Voorbij") == 302


def test_of_two_at_once_one_takes_the_step(world: World, agreement: Agreement) -> None:
    seen = Agreement.objects.get(pk=agreement.pk)
    start = step("evalueren", S.ACTIVE)
    agreements.take_step(agreement, start, by=world.coordinator)
    with pytest.raises(agreements.AgreementMovedError):
        agreements.take_step(seen, start, by=world.coordinator)


def test_who_comes_second_is_told(office: Client, agreement: Agreement) -> None:
    response = office.post(f"/afspraken/{agreement.pk}/stap/activeren/", follow=True)
    assert "Iemand anders was je voor" in response.content.decode()
    assert office.post(f"/afspraken/{agreement.pk}/stap/toveren/").status_code == 404


# --- Evaluation -------------------------------------------------------------------------------


def test_an_evaluation_says_what_was_found_and_when_the_next_is(
    office: Client, agreement: Agreement
) -> None:
    put(agreement, S.TO_EVALUATE)

    office.post(
        f"/afspraken/{agreement.pk}/evaluatie/",
        {"on": "2026-11-20", "conclusion": "Het loopt.", "following": "2027-11-20"},
    )

    agreement.refresh_from_db()
    assert (agreement.status, agreement.next_evaluation) == (S.ACTIVE, dt.date(2027, 11, 20))
    line = LogEntry.objects.about(agreement).get()
    assert (line.reason, line.happened_on) == ("Het loopt.", dt.date(2026, 11, 20))


@pytest.mark.parametrize(
    "wrong", [{"on": "2999-01-01"}, {"following": "2026-01-01"}, {"conclusion": ""}]
)
def test_a_wrong_evaluation_is_refused(
    office: Client, agreement: Agreement, wrong: dict[str, str]
) -> None:
    data = {"on": "2026-11-20", "conclusion": "Het loopt.", "following": ""} | wrong
    assert office.post(f"/afspraken/{agreement.pk}/evaluatie/", data).status_code == 422


def test_evaluating_before_the_end_of_renewing_keeps_the_status(
    world: World, agreement: Agreement
) -> None:
    put(agreement, S.TO_RENEW)
    agreements.evaluate(
        agreement, on=dt.date(2026, 11, 1), conclusion="Ja", following=None, by=world.coordinator
    )
    assert (agreement.status, agreement.next_evaluation) == (S.TO_RENEW, None)


# --- Renewal ----------------------------------------------------------------------------------


def renewing(**fields: object) -> dict[str, object]:
    return {"starts": "2030-01-01", "ends": "2032-12-31", "form_token": str(uuid.uuid4())} | fields


def test_renewing_makes_a_draft_with_the_same_parties_and_promises(
    office: Client, agreement: Agreement
) -> None:
    first = agreement.parties.order_by("pk")[0]
    CommitmentFactory.create(party=first, gives="Briefing", status="deels", judged_on="2026-10-01")
    CommitmentFactory.create(party=first, gives="Oud", archived_at=timezone.now())

    response = office.post(f"/afspraken/{agreement.pk}/hernieuwen/", renewing())

    new = Agreement.objects.get(predecessor=agreement)
    assert response.headers["Location"] == new.get_absolute_url()
    assert (new.status, new.code, new.title) == (S.DRAFT, "AF-02", agreement.title)
    assert set(new.partners.all()) == set(agreement.partners.all())
    assert not new.parties.exclude(signed_on=None).exists()
    promise = Commitment.objects.get(party__agreement=new)
    assert (promise.gives, promise.status, promise.judged_on) == ("Briefing", "loopt", None)


def test_a_renewal_sent_twice_is_one(office: Client, agreement: Agreement) -> None:
    data = renewing()
    url = f"/afspraken/{agreement.pk}/hernieuwen/"
    places = {office.post(url, data).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    assert office.post(url, renewing()).status_code == 403  # it has a successor now


@pytest.mark.django_db(transaction=True)
def test_of_two_who_renew_at_once_one_does() -> None:
    world = build_world()
    old = AgreementFactory.create(municipality=world.here)

    def renew() -> None:
        agreements.renew(old, starts=dt.date(2030, 1, 1), ends=None,
                         token=uuid.uuid4(), by=world.coordinator)  # fmt: skip

    outcomes = at_once(renew, renew)

    assert {type(outcome) for outcome in outcomes} == {type(None), PermissionDenied}
    assert Agreement.objects.filter(predecessor=old).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_that_are_renewed_at_once_get_a_code_each() -> None:
    world = build_world()
    rows = AgreementFactory.create_batch(2, municipality=world.here)

    def renew(row: Agreement) -> None:
        agreements.renew(row, starts=dt.date(2030, 1, 1), ends=None,
                         token=uuid.uuid4(), by=world.coordinator)  # fmt: skip

    assert at_once(lambda: renew(rows[0]), lambda: renew(rows[1])) == [None, None]
    assert Agreement.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_party_added_by_two_at_once_is_one() -> None:
    world = build_world()
    row = AgreementFactory.create(municipality=world.here)

    def add() -> int:
        return agreement_parties.add_party(row, world.care, by=world.coordinator).pk

    first, second = at_once(add, add)
    assert first == second
    assert LogEntry.objects.count() == 1


def test_a_renewal_that_ends_before_it_starts_is_refused(
    office: Client, agreement: Agreement
) -> None:
    response = office.post(f"/afspraken/{agreement.pk}/hernieuwen/", renewing(ends="2029-01-01"))
    assert response.status_code == 422
    assert "De einddatum ligt voor de begindatum." in response.content.decode()


# --- Parties ----------------------------------------------------------------------------------


def test_a_party_is_added_once(office: Client, world: World, agreement: Agreement) -> None:
    url = f"/afspraken/{agreement.pk}/partijen/"
    codes = [office.post(url, {"partner": world.civ.pk}).status_code for _ in range(2)]
    assert codes == [302, 422]
    assert agreement.parties.count() == 3
    agreement_parties.add_party(agreement, world.civ, by=world.coordinator)
    assert agreement.parties.count() == 3


def test_a_partner_of_elsewhere_is_no_party(
    office: Client, world: World, agreement: Agreement
) -> None:
    foreign = AgreementPartyFactory.create().partner
    url = f"/afspraken/{agreement.pk}/partijen/"
    assert office.post(url, {"partner": foreign.pk}).status_code == 422


def test_who_promised_something_stays(office: Client, agreement: Agreement) -> None:
    party = agreement.parties.order_by("pk")[0]
    promise = CommitmentFactory.create(party=party)
    url = f"/afspraken/partijen/{party.pk}/weghalen/"

    page = office.post(url, follow=True).content.decode()
    assert "Haal eerst de engagementen van deze partij weg." in page

    office.post(f"/afspraken/engagementen/{promise.pk}/weghalen/")
    office.post(url)
    assert agreement.parties.count() == 1


def test_a_signature_is_of_somebody_and_not_of_tomorrow(
    office: Client, agreement: Agreement
) -> None:
    url = f"/afspraken/partijen/{agreement.parties.order_by('pk')[0].pk}/ondertekenen/"
    nobody = office.post(url, {"signed_on": "2026-01-05"})
    later = office.post(url, {"signatory": "An", "signed_on": "2999-01-05"})
    assert "Zeg wie ondertekende" in nobody.content.decode()
    assert "toekomst" in later.content.decode()
