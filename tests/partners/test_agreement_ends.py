"""How an agreement ends, goes on by itself or is prolonged: by the day, without anybody doing it."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from core.days import add_months, in_figures
from core.models import LogEntry
from partners import permissions
from partners.models import Agreement, Commitment, DataAnnex
from partners.operations import agreements
from partners.tasks import look_after_agreements
from partners.workflow import AgreementStatus
from tests.conftest import World, build_world
from tests.factories import AgreementFactory, AgreementPartyFactory, CommitmentFactory
from tests.together import at_once

S = AgreementStatus
DAY = dt.timedelta(days=1)


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


def give_notice(office: Client, agreement: Agreement, **fields: object) -> int:
    data = {"reason": "Geen geld"} | fields
    code = office.post(f"/afspraken/{agreement.pk}/stap/opzeggen/", data).status_code
    agreement.refresh_from_db()
    return code


def under_notice(agreement: Agreement, last_day: dt.date) -> Agreement:
    Agreement.objects.filter(pk=agreement.pk).update(status=S.ENDED, ended_on=last_day)
    agreement.refresh_from_db()
    return agreement


# --- Notice -----------------------------------------------------------------------------------


def test_the_form_offers_the_day_after_the_notice(
    office: Client, agreement: Agreement, today: dt.date
) -> None:
    form = office.get(f"/afspraken/{agreement.pk}/stap/opzeggen/").context["form"]
    assert form.initial["last_day"] == add_months(today, 3)


@pytest.mark.parametrize(
    ("days", "agreed", "code"), [(-1, "on", 422), (0, "", 422), (0, "on", 302), (10, "", 422)]
)
def test_sooner_than_the_notice_only_if_all_agree(
    office: Client, agreement: Agreement, today: dt.date, days: int, agreed: str, code: int
) -> None:
    last_day = today + days * DAY
    assert give_notice(office, agreement, last_day=last_day.isoformat(), agreed=agreed) == code
    assert agreement.ended_on == (last_day if code == 302 else None)


def test_notice_for_after_its_end_is_pointless(office: Client, agreement: Agreement) -> None:
    assert give_notice(office, agreement, last_day="2030-01-01") == 422
    Agreement.objects.update(renewal="stilzwijgend", renewal_months=12)
    assert give_notice(office, agreement, last_day="2030-01-01") == 302


def test_until_its_last_day_it_is_in_force_everywhere(
    office: Client, world: World, agreement: Agreement, today: dt.date
) -> None:
    DataAnnex.objects.create(agreement=agreement, data="x", ground="toestemming",
                             starts=agreement.starts)  # fmt: skip
    promise = CommitmentFactory.create(
        party=agreement.parties.get(partner=world.care), due=dt.date(2026, 2, 1)
    )
    under_notice(agreement, today)

    for on, holds in ((today, True), (today + DAY, False)):
        one = Agreement.objects.filter(pk=agreement.pk)
        assert one.in_force(on=on).exists() is holds
        assert one.not_over(on=on).exists() is holds
        assert one.over(on=on).exists() is not holds
        assert bool(permissions.may_receive_personal_data(world.care, on=on)) is holds
        assert (promise in Commitment.objects.late(on=on)) is holds


def test_the_pages_say_from_when_it_is_over(
    client: Client, office: Client, world: World, agreement: Agreement, today: dt.date
) -> None:
    under_notice(agreement, today)
    said = f"Opgezegd per {in_figures(today)}"
    for address in ("/afspraken/", agreement.get_absolute_url()):
        assert said in office.get(address).content.decode()
    Agreement.objects.update(confidentiality="partners")
    client.force_login(world.partner)
    assert said in client.get("/ruimte/afspraken/").content.decode()


def test_the_day_after_it_is_only_among_what_is_over(
    office: Client, agreement: Agreement, today: dt.date
) -> None:
    under_notice(agreement, today - DAY)
    assert office.get("/afspraken/").context["rows"] == []
    assert len(office.get("/afspraken/", {"afgelopen": "ja"}).context["rows"]) == 1
    assert office.get(f"/afspraken/{agreement.pk}/wijzigen/").status_code == 403
    under_notice(agreement, today)
    assert office.get(f"/afspraken/{agreement.pk}/wijzigen/").status_code == 200


def test_only_what_was_given_notice_of_has_a_last_day(agreement: Agreement) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.update(ended_on=dt.date(2027, 1, 1))


# --- Tacit renewal ----------------------------------------------------------------------------


def tacit(agreement: Agreement, ends: dt.date) -> Agreement:
    Agreement.objects.filter(pk=agreement.pk).update(
        renewal="stilzwijgend", renewal_months=12, starts=dt.date(2020, 3, 1), ends=ends
    )
    agreement.refresh_from_db()
    return agreement


def test_terms_that_were_missed_follow_one_by_one(office: Client, agreement: Agreement) -> None:
    tacit(agreement, dt.date(2023, 2, 28))

    assert [agreements.renew_tacitly(on=dt.date(2025, 2, 28)) for _time in range(2)] == [2, 0]

    agreement.refresh_from_db()
    assert (agreement.ends, agreement.tacit_renewals) == (dt.date(2025, 2, 28), 2)
    lines = LogEntry.objects.about(agreement).filter(verb="agreement.renewed_tacitly")
    assert {(line.actor_name, line.happened_on) for line in lines} == {
        ("IV-centrum", dt.date(2023, 3, 1)), ("IV-centrum", dt.date(2024, 3, 1)),
    }  # fmt: skip
    assert (
        "2 keer stilzwijgend verlengd" in office.get(agreement.get_absolute_url()).content.decode()
    )


def test_on_its_last_day_it_is_not_renewed_yet(agreement: Agreement) -> None:
    tacit(agreement, dt.date(2026, 12, 31))
    assert agreements.renew_tacitly(on=dt.date(2026, 12, 31)) == 0
    assert agreements.renew_tacitly(on=dt.date(2027, 1, 1)) == 1


def test_notice_or_a_successor_stops_it(world: World, agreement: Agreement) -> None:
    on = dt.date(2027, 1, 1)
    tacit(agreement, on - DAY)
    AgreementFactory.create(municipality=world.here, predecessor=agreement)
    assert agreements.renew_tacitly(on=on) == 0
    assert not Agreement.objects.filter(pk=agreement.pk).in_force(on=on).exists()

    Agreement.objects.filter(predecessor=agreement).update(status=S.DRAFT)
    under_notice(agreement, on - DAY)
    assert agreements.renew_tacitly(on=on) == 0


def test_the_task_does_it_for_today(agreement: Agreement, today: dt.date) -> None:
    tacit(agreement, today - DAY)
    look_after_agreements()
    agreement.refresh_from_db()
    assert agreement.ends == add_months(today, 12) - DAY


@pytest.mark.django_db(transaction=True)
def test_two_at_once_renew_once() -> None:
    world = build_world()
    row = AgreementPartyFactory.create(agreement__municipality=world.here).agreement
    tacit(row, dt.date(2026, 12, 31))

    found = at_once(*[lambda: agreements.renew_tacitly(on=dt.date(2027, 1, 1))] * 2)

    assert sorted(map(str, found)) == ["0", "1"]
    row.refresh_from_db()
    assert (row.ends, row.tacit_renewals) == (dt.date(2027, 12, 31), 1)


# --- Prolonging -------------------------------------------------------------------------------


def test_it_is_prolonged_once_with_a_reason(office: Client, agreement: Agreement) -> None:
    Agreement.objects.update(status=S.TO_RENEW)
    url = f"/afspraken/{agreement.pk}/verlengen/"
    data = {"ends": "2030-12-31", "reason": "Besluit", "form_token": str(uuid.uuid4())}

    assert office.post(url, data | {"reason": ""}).status_code == 422
    assert office.post(url, data | {"ends": "2029-12-31"}).status_code == 422
    assert [office.post(url, data).status_code for _click in range(2)] == [302, 302]

    agreement.refresh_from_db()
    assert (agreement.ends, agreement.status) == (dt.date(2030, 12, 31), S.ACTIVE)
    assert LogEntry.objects.about(agreement).get().reason == "Besluit"


def test_what_goes_on_by_itself_or_is_over_is_not_prolonged(
    office: Client, agreement: Agreement
) -> None:
    url = f"/afspraken/{agreement.pk}/verlengen/"
    tacit(agreement, dt.date(2029, 12, 31))
    assert office.get(url).status_code == 403
    Agreement.objects.update(renewal="beslissing", renewal_months=None, status=S.EXPIRED)
    assert office.get(url).status_code == 403
