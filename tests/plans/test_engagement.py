"""How partners keep what they promised: the figures, the light with its reasons, the ladder."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import LogEntry
from partners.models import Commitment, EscalationStep, Partner, Referral
from partners.workflow import CommitmentStatus
from plans.engagement import Engagement, engagement_of
from plans.models import ShareAnswer
from plans.workflow import Light
from reminders import engine
from reminders.models import CoreGroupItem
from reminders.rules import all_rules
from tests.conftest import World
from tests.factories import (
    ActionFactory,
    AgreementFactory,
    AgreementPartyFactory,
    CompetenceFactory,
    PartnerFactory,
    ShareFactory,
)

ON = dt.date(2026, 11, 21)


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def of(partner: Partner, on: dt.date = ON) -> Engagement:
    [one] = engagement_of([partner], on=on)
    return one


def promise(world: World, status: CommitmentStatus, judged: dt.date | None = None) -> Commitment:
    agreement = AgreementFactory.create(municipality=world.here)
    party = AgreementPartyFactory.create(agreement=agreement, partner=world.care)
    return Commitment.objects.create(party=party, gives="Iets", status=status, judged_on=judged)


def led(world: World, **values: Any) -> None:
    number = world.sub_theme.actions.count() + 10
    ActionFactory.create(
        sub_theme=world.sub_theme, code=f"1.1.{number}", lead_partner=world.care, running=True,
        **values,
    )  # fmt: skip


def test_who_promised_nothing_has_no_light(world: World) -> None:
    one = of(world.care)

    assert (one.light, one.trend, one.open, one.late) == ("", "", 0, 0)


def test_an_action_counts_as_up_to_date_with_recent_news(world: World) -> None:
    led(world, last_update_on=ON, due=dt.date(2027, 6, 30))
    led(world, last_update_on=dt.date(2026, 1, 5), due=dt.date(2027, 6, 30))

    one = of(world.care)

    assert one.updates is not None
    assert (one.updates.percent, one.light) == (50, Light.AMBER)
    assert one.reasons == ["50% van de acties is bij"]


def test_half_kept_counts_for_half(world: World) -> None:
    for status in (CommitmentStatus.KEPT, CommitmentStatus.PARTLY, CommitmentStatus.NOT_KEPT):
        promise(world, status, ON - dt.timedelta(days=10))

    one = of(world.care)

    assert one.commitments is not None
    assert (one.commitments.percent, one.light) == (50, Light.AMBER)


def test_below_half_is_red(world: World) -> None:
    promise(world, CommitmentStatus.NOT_KEPT, ON)

    assert of(world.care).light == Light.RED


@pytest.mark.parametrize(
    ("before", "now", "trend"),
    [
        (CommitmentStatus.NOT_KEPT, CommitmentStatus.KEPT, "stijgend"),
        (CommitmentStatus.KEPT, CommitmentStatus.NOT_KEPT, "dalend"),
        (CommitmentStatus.KEPT, CommitmentStatus.KEPT, "stabiel"),
    ],
)
def test_the_trend_compares_two_half_years(
    world: World, before: CommitmentStatus, now: CommitmentStatus, trend: str
) -> None:
    promise(world, before, ON - dt.timedelta(days=200))
    promise(world, now, ON - dt.timedelta(days=10))

    assert of(world.care).trend == trend


def test_what_was_judged_long_ago_no_longer_counts(world: World) -> None:
    promise(world, CommitmentStatus.NOT_KEPT, ON - dt.timedelta(days=400))

    assert of(world.care).commitments is None


def test_a_promise_past_its_day_is_late(world: World) -> None:
    late = promise(world, CommitmentStatus.RUNNING)
    Commitment.objects.filter(pk=late.pk).update(due=ON - dt.timedelta(days=1))

    one = of(world.care)

    assert (one.open, one.late, one.light) == (1, 1, Light.AMBER)


def test_an_answer_takes_as_long_as_the_slower_kind(world: World) -> None:
    today = timezone.localdate()
    Referral.objects.create(
        municipality=world.here, partner=world.care, consent="niet nodig", reason="x",
        competence=CompetenceFactory.create(municipality=world.here), text_to_share="x",
        made_by=world.coordinator, sent_on=today - dt.timedelta(days=30), status="aanvaard",
        answered_on=today - dt.timedelta(days=10),
    )  # fmt: skip
    share = ShareFactory.create(action=world.action, partner=world.care, accepted=True)
    type(share).objects.update(answered_at=share.starts_at + dt.timedelta(days=2))

    one = of(world.care, today)

    assert round(one.answer_days or 0) == 20
    assert one.light == Light.AMBER
    assert "antwoordt na gemiddeld 20 dagen" in one.reasons


def test_a_declined_request_and_a_waiting_one_are_told_apart(world: World) -> None:
    ShareFactory.create(action=world.action, partner=world.care)
    other = ActionFactory.create(sub_theme=world.sub_theme, code="1.1.8")
    ShareFactory.create(
        action=other, partner=world.care, answer=ShareAnswer.DECLINED, answer_reason="x"
    )

    one = of(world.care, timezone.localdate())

    assert (one.open, one.declined) == (1, 1)


def test_the_list_puts_who_needs_attention_first(desk: Client, world: World) -> None:
    promise(world, CommitmentStatus.NOT_KEPT, timezone.localdate())

    page = desk.get("/partners/engagement/").content.decode()

    assert page.index(world.care.name) < page.index(world.service.name)
    assert "0% van de engagementen is nagekomen" in page


def test_a_step_is_noted_once_and_stays(desk: Client, world: World) -> None:
    url = f"/partners/{world.care.pk}/engagement/"
    data = {
        "form_token": str(uuid.uuid4()), "rung": "herinnering", "on": "2026-02-01",
        "about": "Cijfers blijven uit", "agreed": "Volgende maand",
    }  # fmt: skip

    desk.post(url, data)
    desk.post(url, data)

    assert EscalationStep.objects.get().by == world.coordinator
    assert "Cijfers blijven uit" in desk.get(url).content.decode()
    line = LogEntry.objects.get(verb="partner.escalated")
    assert "Cijfers" not in f"{line.reason}{line.changes}"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"on": "2099-01-01"}, "als ze gezet is"),
        ({"rung": "boos"}, "Selecteer een geldige keuze"),
        ({"about": ""}, "verplicht"),
    ],
)
def test_a_wrong_step_is_told(
    desk: Client, world: World, changes: dict[str, str], said: str
) -> None:
    data = {"form_token": str(uuid.uuid4()), "rung": "herinnering", "on": "2026-02-01",
            "about": "x", **changes}  # fmt: skip
    response = desk.post(f"/partners/{world.care.pk}/engagement/", data)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not EscalationStep.objects.exists()


def test_the_list_costs_the_same_for_few_and_many(desk: Client, world: World) -> None:
    def cost() -> int:
        desk.get("/partners/engagement/")
        with CaptureQueriesContext(connection) as queries:
            assert desk.get("/partners/engagement/").status_code == 200
        return len(queries)

    few = cost()
    for number in range(60):
        partner = PartnerFactory.create(municipality=world.here)
        ActionFactory.create(
            sub_theme=world.sub_theme, code=f"8.{number}", lead_partner=partner, running=True
        )
    assert cost() == few
    assert few <= 12


def test_the_last_step_comes_on_the_table_until_it_was_spoken_of(
    client: Client, world: World
) -> None:
    step = EscalationStep.objects.create(
        partner=world.care, rung="kerngroep", about="Niets gehoord", by=world.coordinator
    )
    for rung in ("herinnering", "aanspreekpunt"):
        EscalationStep.objects.create(
            partner=world.care, rung=rung, about="x", by=world.coordinator
        )
    for _twice in range(2):
        engine.run_for(world.here, timezone.now())
    mine = CoreGroupItem.objects.filter(rule="partner-kerngroep")
    item = mine.get()
    assert (item.subject_pk, item.text) == (step.pk, "CGG")

    client.force_login(world.coordinator)
    page = client.get("/herinneringen/kerngroep/").content.decode()
    assert f"/partners/{world.care.pk}/engagement/" in page

    mine.update(closed_at=timezone.now(), outcome="Gesprek met de directie")
    engine.run_for(world.here, timezone.now())
    assert mine.get().outcome == "Gesprek met de directie"
    assert not all_rules()["partner-kerngroep"].rows(timezone.localdate(), 0).exists()
