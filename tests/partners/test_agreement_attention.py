"""What agreements ask: each reason once, the most urgent first, the same on every page."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from ivcentrum import today
from ivcentrum.today.task import Urgency
from partners.models import Agreement, AgreementParty, Partner
from partners.models.attention import AGREEMENTS_WITH, Reason, needs
from partners.workflow import AgreementStatus
from tests.conftest import World
from tests.factories import AgreementFactory, CommitmentFactory

TODAY = dt.date(2026, 11, 21)
S = AgreementStatus


@pytest.fixture
def agreement(world: World, agreement: Agreement) -> Agreement:
    """Its parties can be reached."""
    Partner.objects.update(contact_name="Directeur", contact_email="directie@zandrode.example")
    return agreement


def reasons(on: dt.date = TODAY) -> list[str]:
    return [need.reason.value for need in needs(Agreement.objects.all(), on=on)]


def day(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def test_a_healthy_agreement_asks_nothing(agreement: Agreement) -> None:
    assert reasons() == []


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"status": S.TO_SIGN}, ["ondertekenen"]),
        ({"next_evaluation": day(30)}, ["evalueren"]),
        ({"next_evaluation": day(31)}, []),
        ({"next_evaluation": day(-9)}, ["evalueren"]),
        ({"next_evaluation": None, "status": S.TO_EVALUATE}, ["evalueren"]),
        ({"next_evaluation": day(-9), "status": S.DRAFT}, []),
        ({"ends": day(90), "notice_months": 0}, ["hernieuwen"]),
        ({"ends": day(91), "notice_months": 0}, []),
        ({"ends": day(30), "renewal": "stilzwijgend", "renewal_months": 12,
          "notice_months": 0}, []),
        ({"ends": day(-1), "renewal": "stilzwijgend", "renewal_months": 12}, []),
        ({"status": S.ENDED, "ended_on": day(30)}, ["einde"]),
        ({"status": S.ENDED, "ended_on": day(31)}, []),
        ({"status": S.ENDED, "ended_on": day(-1)}, []),
        ({"status": S.ENDED, "ended_on": day(60), "next_evaluation": day(9)}, ["evalueren"]),
        ({"status": S.ENDED, "ended_on": day(40), "next_evaluation": day(41)}, []),
        ({"ends": day(-1), "status": S.EXPIRED}, []),
        ({"ends": None, "status": S.TO_RENEW}, ["hernieuwen"]),
        ({"ends": dt.date(2027, 4, 20), "notice_months": 3}, ["opzegtermijn"]),
        ({"ends": dt.date(2027, 4, 21), "notice_months": 3}, []),
        ({"ends": dt.date(2027, 2, 20), "notice_months": 3}, []),  # yesterday
        ({"ends": dt.date(2027, 4, 20), "notice_months": 3, "status": S.TO_RENEW},
         ["hernieuwen"]),
    ],
)  # fmt: skip
def test_each_reason_holds_on_its_days(
    agreement: Agreement, fields: dict[str, Any], asked: list[str]
) -> None:
    Agreement.objects.update(**fields)
    assert reasons() == asked


def test_who_joined_and_has_not_signed_asks_a_signature(agreement: Agreement) -> None:
    AgreementParty.objects.filter(agreement=agreement).update(signed_on=None)
    assert reasons() == ["ondertekenen"]


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"due": day(-1)}, True),
        ({"due": TODAY}, False),
        ({"due": None}, False),
        ({"due": day(-1), "status": "deels", "judged_on": TODAY}, True),
        ({"due": day(-1), "status": "nagekomen", "judged_on": TODAY}, False),
        ({"due": day(-1), "archived_at": timezone.now()}, False),
    ],
)
def test_a_promise_is_late_after_its_day(
    agreement: Agreement, fields: dict[str, Any], asked: bool
) -> None:
    CommitmentFactory.create(party=agreement.parties.order_by("pk")[0], **fields)
    assert reasons() == (["engagement"] if asked else [])


@pytest.mark.parametrize(
    "fields", [{"contact_name": ""}, {"contact_email": ""}, {"archived_at": timezone.now()}]
)
def test_a_party_nobody_can_reach_is_a_reason(
    world: World, agreement: Agreement, fields: dict[str, Any]
) -> None:
    Partner.objects.filter(pk=world.care.pk).update(**fields)
    (need,) = needs(Agreement.objects.all(), on=TODAY)
    assert (need.reason, need.detail, need.target_id) == (
        Reason.CONTACT, world.care.name, world.care.pk,
    )  # fmt: skip


def test_the_most_urgent_comes_first_and_what_has_no_day_last(
    world: World, agreement: Agreement
) -> None:
    Agreement.objects.update(next_evaluation=day(3), ends=day(10), notice_months=0)
    Partner.objects.filter(pk=world.care.pk).update(contact_email="")
    CommitmentFactory.create(party=agreement.parties.order_by("pk")[0], due=day(-40))
    assert reasons() == ["engagement", "evalueren", "hernieuwen", "contact"]


def test_a_successor_takes_the_question_away(world: World, agreement: Agreement) -> None:
    Agreement.objects.update(ends=day(30), notice_months=0)
    AgreementFactory.create(
        municipality=world.here, predecessor=agreement, status=S.DRAFT, next_evaluation=None
    )
    assert reasons() == []
    assert reasons(on=day(31)) == ["hernieuwen"]  # the old one is still to be closed


def test_each_line_leads_to_where_it_is_done(
    office: Client, world: World, agreement: Agreement
) -> None:
    gone = timezone.localdate() - dt.timedelta(days=1)
    Agreement.objects.update(ends=gone, next_evaluation=gone, starts=dt.date(2020, 1, 1))
    AgreementFactory.create(municipality=world.here, predecessor=agreement, status=S.TO_SIGN)
    CommitmentFactory.create(party=agreement.parties.order_by("pk")[0], due=gone)
    Partner.objects.filter(pk=world.care.pk).update(archived_at=timezone.now())

    rows = office.get("/afspraken/aandacht/").context["rows"]

    assert len(rows) == 5
    assert {office.get(row["url"]).status_code for row in rows} == {200}


def test_list_filter_and_home_page_count_the_same(
    office: Client, world: World, agreement: Agreement
) -> None:
    now = timezone.localdate()
    Agreement.objects.update(ends=now, next_evaluation=now, notice_months=1)
    page = office.get("/afspraken/aandacht/")

    told = {task.urgency: task for task in today.tasks(world.coordinator, now=timezone.now())}
    assert told[Urgency.AGREEMENT].count == len(page.context["rows"]) == 2
    assert all(office.get(row["url"]).status_code == 200 for row in page.context["rows"])
    for reason in (Reason.EVALUATE, Reason.RENEW):
        rows = office.get("/afspraken/", {"aandacht": reason.value}).context["rows"]
        assert [row["code"] for row in rows] == [agreement.code]


def test_every_reason_can_be_filtered_on() -> None:
    assert set(AGREEMENTS_WITH) == set(Reason)


@pytest.mark.parametrize("role", [Role.CIV_STAFF, Role.COLLEGE, Role.SERVICE])
def test_who_only_reads_is_asked_nothing(world: World, agreement: Agreement, role: Role) -> None:
    Agreement.objects.update(status=S.TO_SIGN)
    found = today.tasks(world.cast[role], now=timezone.now())
    assert Urgency.AGREEMENT not in {task.urgency for task in found}
