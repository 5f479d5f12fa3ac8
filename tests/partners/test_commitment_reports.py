"""What a partner reports about its own promise, and what the coordinator makes of it."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import LogEntry
from partners.models import Agreement, Commitment, CommitmentReport, PartnerMember, SharingEntry
from partners.models.attention import Reason, needs
from partners.operations.commitment_reports import take_over
from partners.workflow import AgreementStatus, CommitmentStatus
from reminders.rules import all_rules
from tests.conftest import World, sign_in
from tests.factories import CommitmentFactory

TODAY = dt.date(2026, 11, 21)
SAID = "Elke maandag zaten we samen."


@pytest.fixture(autouse=True)
def media(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def promise(world: World, agreement: Agreement) -> Commitment:
    """Of the outside partner, in an agreement that stands in its space."""
    Agreement.objects.update(confidentiality="partners")
    party = agreement.parties.get(partner=world.care)
    return CommitmentFactory.create(party=party, gives="Briefing elke maandag")


@pytest.fixture
def space(world: World) -> Client:
    client = Client()
    sign_in(client, world.partner)
    return client


def page_of(promise: Commitment) -> str:
    return f"/ruimte/engagementen/{promise.pk}/"


def typed(**fields: Any) -> dict[str, Any]:
    return {"status": "nagekomen", "done": SAID, "done_on": "2026-10-05",
            "form_token": str(uuid.uuid4())} | fields  # fmt: skip


def said(promise: Commitment, world: World, **fields: Any) -> CommitmentReport:
    values = {"status": "nagekomen", "done": SAID, "done_on": "2026-10-05"} | fields
    return CommitmentReport.objects.create(commitment=promise, by=world.partner, **values)


def test_a_report_changes_nothing_of_the_promise(space: Client, promise: Commitment) -> None:
    assert space.post(page_of(promise), typed()).status_code == 302

    promise.refresh_from_db()
    assert (promise.status, promise.judged_on, promise.version) == ("loopt", None, 1)
    row = CommitmentReport.objects.get()
    assert (row.status, row.done_on, row.is_waiting) == ("nagekomen", dt.date(2026, 10, 5), True)
    page = space.get(page_of(promise)).content.decode()
    assert SAID in page
    assert "wacht op de gemeente" in page
    assert "wacht op de gemeente" in space.get("/ruimte/afspraken/").content.decode()


def test_it_is_told_with_who_and_when_and_without_the_words(
    space: Client, world: World, promise: Commitment
) -> None:
    space.post(page_of(promise), typed())

    line = LogEntry.objects.about(promise).get()
    assert (line.verb, line.actor) == ("commitment.reported", world.partner)
    assert SAID not in f"{line.changes}{line.reason}"
    entry = SharingEntry.objects.get()
    assert (entry.partner, entry.direction) == (world.care, "in")


def test_a_double_click_is_one_report(space: Client, promise: Commitment) -> None:
    data = typed()
    codes = [space.post(page_of(promise), data).status_code for _click in range(2)]
    assert codes == [302, 302]
    assert CommitmentReport.objects.count() == 1


def test_a_newer_report_takes_the_place_of_one_that_waits(
    space: Client, promise: Commitment
) -> None:
    space.post(page_of(promise), typed())
    space.post(page_of(promise), typed(status="deels", done="Toch maar half."))

    assert CommitmentReport.objects.waiting().get().status == "deels"
    assert CommitmentReport.objects.get(status="nagekomen").outcome == "vervangen"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"done": ""}, "Dit veld is verplicht"),
        ({"status": "misschien"}, "Selecteer een geldige keuze"),
        ({"done_on": ""}, "Zeg op welke dag het gedaan is."),
        ({"done_on": "2999-01-01"}, "Deze dag ligt in de toekomst."),
        ({"done": "x" * 2001}, "2000"),
        ({"done": "Zijn nummer is 85.07.30-033.28"}, "rijksregisternummer"),
    ],
)
def test_what_is_wrong_is_told_and_kept(
    space: Client, promise: Commitment, wrong: dict[str, str], sentence: str
) -> None:
    response = space.post(page_of(promise), typed(**wrong))

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert wrong.get("done", SAID) in page
    assert not CommitmentReport.objects.exists()


def test_a_file_goes_along_and_is_read_by_both_sides(
    space: Client, office: Client, promise: Commitment
) -> None:
    paper = SimpleUploadedFile("verslag.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")
    assert space.post(page_of(promise), typed(file=paper)).status_code == 302

    row = CommitmentReport.objects.get()
    assert row.name == "verslag.pdf"
    for client, address in (
        (space, f"/ruimte/engagementen/bestanden/{row.pk}/"),
        (office, f"/afspraken/engagementen/berichten/{row.pk}/bestand/"),
    ):
        response = client.get(address)
        assert response.content.startswith(b"%PDF")
        assert "attachment" in response.headers["Content-Disposition"]


def test_a_file_of_the_wrong_kind_is_refused(space: Client, promise: Commitment) -> None:
    paper = SimpleUploadedFile("verslag.exe", b"MZ", "application/pdf")
    response = space.post(page_of(promise), typed(file=paper))
    assert response.status_code == 422
    assert SAID in response.content.decode()


# --- Whose it is ----------------------------------------------------------------------------------


def test_a_promise_of_another_party_is_not_there(
    space: Client, world: World, agreement: Agreement, promise: Commitment
) -> None:
    theirs = CommitmentFactory.create(party=agreement.parties.get(partner=world.service))
    elsewhere = CommitmentFactory.create()
    for row in (theirs, elsewhere):
        assert space.get(page_of(row)).status_code == 404
        assert space.post(page_of(row), typed()).status_code == 404


@pytest.mark.parametrize(
    "change", [{"status": AgreementStatus.DRAFT}, {"confidentiality": "beperkt"}]
)
def test_what_does_not_stand_in_the_space_is_not_there(
    space: Client, world: World, promise: Commitment, change: dict[str, str]
) -> None:
    row = said(promise, world, name="x.pdf", file="x.pdf")
    Agreement.objects.update(**change)
    assert space.get(page_of(promise)).status_code == 404
    assert space.get(f"/ruimte/engagementen/bestanden/{row.pk}/").status_code == 404


def test_who_left_the_partner_reports_no_more(
    space: Client, world: World, promise: Commitment
) -> None:
    PartnerMember.objects.update(starts=dt.date(2020, 1, 1), ends=dt.date(2021, 1, 1))
    assert space.post(page_of(promise), typed()).status_code == 404


def test_before_all_signed_there_is_nothing_to_report(space: Client, promise: Commitment) -> None:
    Agreement.objects.update(status=AgreementStatus.TO_SIGN)
    assert "nog niet in werking" in space.get(page_of(promise)).content.decode()
    assert space.post(page_of(promise), typed()).status_code == 403


def test_after_the_end_it_may_still_be_told(space: Client, promise: Commitment) -> None:
    Agreement.objects.update(status=AgreementStatus.EXPIRED)
    assert space.post(page_of(promise), typed()).status_code == 302


def test_others_who_read_the_agreement_read_no_report(world: World, promise: Commitment) -> None:
    """Another party, the core group: the words are for who follows the agreement."""
    row = said(promise, world, file="x.pdf", name="geheim.pdf")
    for user in (world.lead, world.core_group):
        client = Client()
        client.force_login(user)
        page = client.get(f"/afspraken/{promise.party.agreement_id}/").content.decode()
        assert promise.gives in page
        assert SAID not in page
        assert "geheim.pdf" not in page
        for what, code in (("bestand", client.get), ("overnemen", client.post)):
            address = f"/afspraken/engagementen/berichten/{row.pk}/{what}/"
            assert code(address).status_code == 404


# --- What the coordinator makes of it -------------------------------------------------------------


def take(client: Client, row: CommitmentReport) -> str:
    address = f"/afspraken/engagementen/berichten/{row.pk}/overnemen/"
    return client.post(address, follow=True).content.decode()


def test_the_coordinator_takes_it_over(office: Client, world: World, promise: Commitment) -> None:
    row = said(promise, world)
    page = office.get(f"/afspraken/{promise.party.agreement_id}/").content.decode()
    assert f"{world.care} meldt: Nagekomen" in page
    assert SAID in page

    take(office, row)

    promise.refresh_from_db()
    row.refresh_from_db()
    assert (promise.status, promise.judged_on) == ("nagekomen", timezone.localdate())
    assert (row.outcome, row.decided_by) == ("overgenomen", world.coordinator)
    line = LogEntry.objects.about(promise).get()
    assert (line.verb, line.actor) == ("commitment.judged", world.coordinator)
    assert "meldde op" in line.reason
    assert "Overgenomen" in office.get(f"/afspraken/{promise.party.agreement_id}/").content.decode()


def test_of_two_who_decide_one_does(office: Client, world: World, promise: Commitment) -> None:
    row = said(promise, world)
    take(office, row)
    assert "intussen iets nieuws" in take(office, row)
    assert take_over(row, by=world.coordinator) is False
    assert LogEntry.objects.about(promise).count() == 1


def test_what_was_replaced_is_taken_over_no_more(
    office: Client, space: Client, world: World, promise: Commitment
) -> None:
    old = said(promise, world)
    space.post(page_of(promise), typed(status="niet nagekomen", done="Toch niet."))

    assert "intussen iets nieuws" in take(office, old)

    promise.refresh_from_db()
    assert promise.status == CommitmentStatus.RUNNING


def test_a_judgement_that_was_open_clashes_with_the_taking_over(
    office: Client, world: World, promise: Commitment
) -> None:
    take(office, said(promise, world))
    data = {"status": "deels", "judged_on": "", "remark": "", "version": 1}
    address = f"/afspraken/engagementen/{promise.pk}/beoordelen/"
    assert office.post(address, data).status_code == 409


@pytest.mark.parametrize(
    ("status", "outcome"), [("deels", "anders"), ("nagekomen", "overgenomen"), ("loopt", "anders")]
)
def test_the_coordinator_judges_for_himself(
    office: Client, world: World, promise: Commitment, status: str, outcome: str
) -> None:
    row = said(promise, world)
    address = f"/afspraken/engagementen/{promise.pk}/beoordelen/"
    page = office.get(address).content.decode()
    assert SAID in page
    assert f'name="seen" value="{row.pk}"' in page

    data = {"status": status, "judged_on": "", "remark": "", "version": 1, "seen": row.pk}
    assert office.post(address, data).status_code == 302

    row.refresh_from_db()
    promise.refresh_from_db()
    assert (promise.status, row.outcome) == (status, outcome)


def test_a_report_that_came_in_meanwhile_goes_on_waiting(
    office: Client, world: World, promise: Commitment
) -> None:
    said(promise, world)
    other = said(CommitmentFactory.create(party=promise.party), world)
    address = f"/afspraken/engagementen/{promise.pk}/beoordelen/"
    for seen in ("", other.pk):
        data = {"status": "deels", "remark": str(seen), "version": 1 + bool(seen), "seen": seen}
        assert office.post(address, data).status_code == 302
    assert CommitmentReport.objects.waiting().count() == 2


def test_what_is_reported_stands_in_the_list_of_attention(
    office: Client, world: World, promise: Commitment
) -> None:
    Commitment.objects.update(due=dt.date(2026, 10, 1))
    row = said(promise, world)
    reasons = [need.reason for need in needs(Agreement.objects.all(), on=TODAY)]
    assert Reason.REPORTED in reasons
    assert Reason.COMMITMENT not in reasons  # one screen, asked for once
    assert "Gemeld door de partner" in office.get("/afspraken/aandacht/").content.decode()
    assert (
        promise.party.agreement.title in office.get("/afspraken/?aandacht=gemeld").content.decode()
    )

    take(office, row)
    assert Reason.REPORTED not in [need.reason for need in needs(Agreement.objects.all(), on=TODAY)]


# --- Mail, and the house --------------------------------------------------------------------------


def test_the_reminder_leads_to_the_page_of_the_promise_until_it_is_reported(
    space: Client, world: World, promise: Commitment
) -> None:
    Commitment.objects.update(due=dt.date(2026, 10, 1))
    rule = all_rules()["engagement-partner"]
    (row,) = rule.door(rule.rows(TODAY, 0), world.partner)
    assert space.get(rule.url(str(row.pk))).status_code == 200
    assert rule.url(str(row.pk)) == page_of(promise)

    said(promise, world)
    assert not rule.rows(TODAY, 0).exists()
    assert all_rules()["engagement-te-laat"].rows(TODAY, 0).exists()  # it is still to be judged


def test_two_reports_do_not_wait_at_once(world: World, promise: Commitment) -> None:
    said(promise, world)
    with pytest.raises(IntegrityError), transaction.atomic():
        said(promise, world)


def test_what_is_kept_has_a_day(world: World, promise: Commitment) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        said(promise, world, done_on=None)


def test_the_pages_cost_the_same_for_few_and_many(
    space: Client, office: Client, world: World, promise: Commitment
) -> None:
    addresses = [(space, page_of(promise)), (space, "/ruimte/afspraken/"),
                 (office, f"/afspraken/{promise.party.agreement_id}/")]  # fmt: skip

    def cost(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    said(promise, world)
    few = [cost(*one) for one in addresses]
    few = [cost(*one) for one in addresses]
    for number in range(30):
        said(promise, world, done=f"Nr {number}", decided_at=timezone.now(), outcome="vervangen")
        said(CommitmentFactory.create(party=promise.party), world)
    assert [cost(*one) for one in addresses] == few
    assert few[0] <= 15
    assert few[1] <= 12
    assert few[2] <= 15
