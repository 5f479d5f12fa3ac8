"""What parties promise each other, and whether they keep it."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from core.models import LogEntry
from partners.models import Agreement, Commitment
from partners.workflow import AgreementStatus, CommitmentStatus
from tests.conftest import World
from tests.factories import CommitmentFactory


@pytest.fixture
def promise(agreement: Agreement) -> Commitment:
    party = agreement.parties.order_by("pk")[0]
    return CommitmentFactory.create(party=party, gives="Briefing elke maandag")


def typed(agreement: Agreement, **fields: object) -> dict[str, object]:
    party = agreement.parties.order_by("pk")[0]
    return {"party": party.pk, "gives": "Cijfers per lijn", "gets": "Hulp op straat",
            "rhythm": "per kwartaal", "form_token": str(uuid.uuid4())} | fields  # fmt: skip


def test_a_promise_is_noted_once(office: Client, agreement: Agreement) -> None:
    data = typed(agreement)
    for _ in range(2):
        office.post(f"/afspraken/{agreement.pk}/engagementen/nieuw/", data)

    row = Commitment.objects.get()
    assert (row.gives, row.status) == ("Cijfers per lijn", CommitmentStatus.RUNNING)
    page = office.get(f"/afspraken/{agreement.pk}/").content.decode()
    assert "Hulp op straat" in page
    assert "Engagement toegevoegd" in page


def test_only_a_party_of_this_agreement_promises(office: Client, agreement: Agreement) -> None:
    foreign = CommitmentFactory.create().party
    url = f"/afspraken/{agreement.pk}/engagementen/nieuw/"
    assert office.post(url, typed(agreement, party=foreign.pk)).status_code == 422


def judge(client: Client, promise: Commitment, **fields: object) -> int:
    data = {"status": "deels", "judged_on": "", "remark": "Twee keer niet.", "version": 1} | fields
    code = client.post(f"/afspraken/engagementen/{promise.pk}/beoordelen/", data).status_code
    promise.refresh_from_db()
    return code


def test_a_judgement_is_of_today_unless_said(office: Client, promise: Commitment) -> None:
    assert judge(office, promise) == 302
    assert (promise.status, promise.judged_on) == ("deels", timezone.localdate())
    line = LogEntry.objects.about(promise).get()
    assert line.verb == "commitment.judged"
    assert {change["new"] for change in line.changes} >= {"Deels nagekomen", "Twee keer niet."}


def test_of_two_judges_the_second_sees_the_first(office: Client, promise: Commitment) -> None:
    judge(office, promise)
    assert judge(office, promise, status="nagekomen") == 409
    assert promise.status == "deels"


@pytest.mark.parametrize("wrong", [{"status": "misschien"}, {"judged_on": "2999-01-01"}])
def test_a_wrong_judgement_is_refused(
    office: Client, promise: Commitment, wrong: dict[str, str]
) -> None:
    assert judge(office, promise, **wrong) == 422


def test_a_promise_is_judged_after_the_end_but_not_changed(
    office: Client, promise: Commitment
) -> None:
    Agreement.objects.update(status=AgreementStatus.EXPIRED)
    assert judge(office, promise) == 302
    assert office.get(f"/afspraken/engagementen/{promise.pk}/wijzigen/").status_code == 403


def test_a_changed_promise_tells_the_old_and_the_new(office: Client, promise: Commitment) -> None:
    data = {"party": promise.party_id, "gives": "Briefing elke dag", "gets": promise.gets,
            "version": 1}  # fmt: skip
    office.post(f"/afspraken/engagementen/{promise.pk}/wijzigen/", data)
    change = LogEntry.objects.about(promise).get().changes[0]
    assert (change["old"], change["new"]) == ("Briefing elke maandag", "Briefing elke dag")


def test_what_was_taken_off_is_gone_from_sight(office: Client, promise: Commitment) -> None:
    url = f"/afspraken/engagementen/{promise.pk}/weghalen/"
    assert [office.post(url).status_code for _ in range(2)] == [302, 404]
    assert not Commitment.objects.current().exists()


def test_the_promises_of_a_partner_are_found_for_others(world: World, agreement: Agreement) -> None:
    mine = agreement.parties.get(partner=world.care)
    kept = CommitmentFactory.create(party=mine, status="nagekomen", judged_on="2026-10-01")
    late = CommitmentFactory.create(party=mine, due=dt.date(2026, 1, 31))
    CommitmentFactory.create(party=agreement.parties.get(partner=world.service))

    own = Commitment.objects.of_partner(world.care)

    assert set(own) == {kept, late}
    assert list(own.late(on=dt.date(2026, 2, 1))) == [late]
    assert list(own.judged()) == [kept]
