"""Every rule as such, and that what it asks is what the other pages ask."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from meldingen.models import MailboxRound, Melding, Route, missed
from meldingen.workflow import MeldingStatus
from plans.models import Action
from reminders import engine
from reminders.digest import items_of
from reminders.models import Reminder
from reminders.rules import MOST_DAYS, Rule, Rung, all_rules
from tests.access.stage import signed_in
from tests.conftest import World
from tests.factories import MeldingFactory, PartnerFactory, route_along
from tests.reminders.clock import at, day

RULES = list(all_rules().values())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_fits_its_table_and_is_seen_through_one_door(rule: Rule, world: World) -> None:
    assert len(rule.code) <= 40
    assert max((day for _rung, day in rule.moments.escalation), default=0) <= MOST_DAYS
    rows = rule.rows(day("2026-04-13"), rule.moments.ahead)
    assert not rows.visible_to(world.reader).filter(due_on=None).exists()  # type: ignore[attr-defined]
    assert str(rule.when) % {"day": ""} != str(rule.when)


def test_the_day_of_news_is_the_last_before_an_action_is_silent(world: World) -> None:
    Action.objects.update(last_update_on=day("2026-01-01"))
    due = Action.objects.awaiting_news().get().due_on  # type: ignore[attr-defined]

    assert not Action.objects.without_news(on=due).exists()
    assert Action.objects.without_news(on=due + dt.timedelta(days=1)).exists()


@pytest.mark.parametrize("on", ["2026-11-20", "2026-11-23", "2026-11-12", "2026-12-28"])
def test_a_missed_round_is_the_newest_that_the_rounds_page_tells_of(world: World, on: str) -> None:
    route = route_along(world.here, 1)
    Route.objects.update(since=day("2026-01-01"))
    MailboxRound.objects.create(route=route, on=day("2026-11-19"))

    until = day(on) - dt.timedelta(days=1)
    told = missed([route], since=day(on) - dt.timedelta(days=7), until=until)
    [found] = Route.objects.missed_lately(on=day(on))

    assert found.due_on == told[0][1]  # type: ignore[attr-defined]


def test_waiting_is_too_long_after_two_weeks(world: World) -> None:
    MeldingFactory.create(municipality=world.here)
    Melding.objects.update(status=MeldingStatus.WAITING, waiting_since=day("2026-02-01"))

    assert not Melding.objects.waiting_too_long(on=day("2026-02-14")).exists()
    [found] = Melding.objects.waiting_too_long(on=day("2026-02-15"))
    assert found.due_on == day("2026-02-15")  # type: ignore[attr-defined]


def test_what_an_outside_partner_leads_is_told_to_the_coordinator(world: World) -> None:
    Action.objects.update(lead_partner=world.care)

    engine.run(at("2026-04-13"))

    told = Reminder.objects.filter(rule="actie-bijwerken")
    assert {(row.person_id, row.rung) for row in told} == {(world.coordinator.pk, 0)}


def test_what_nobody_works_for_is_told_to_the_coordinator(world: World) -> None:
    Action.objects.update(lead_partner=PartnerFactory.create(municipality=world.here))

    engine.run(at("2026-04-13"))

    told = Reminder.objects.get(rule="actie-bijwerken")
    assert (told.person, told.rung) == (world.coordinator, Rung.RESPONSIBLE)


def links(user: User) -> set[str]:
    rows = Reminder.objects.visible_to(user).open()
    return {item.shown.url for item in items_of(user, rows, on=timezone.localdate())}


def test_each_link_leads_to_a_screen_that_opens(world: World) -> None:
    route_along(world.here, 1)
    Route.objects.update(since=day("2026-01-01"))
    engine.run(timezone.now())
    client = signed_in(world.coordinator)
    found = links(world.coordinator)

    assert reverse("plans:domain", args=[world.plan.code, world.domain.number]) in found
    for url in found:
        assert client.get(url).status_code == 200, url
