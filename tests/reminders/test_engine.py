"""Who hears of what, and when: once, by the ladder, and only while it waits."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import Membership, Municipality, User
from accounts.roles import Role
from core.models import OutboxEntry
from partners.models import ContactOfficer
from plans.models import Action
from reminders import engine
from reminders.models import CoreGroupItem, EngineRun, Reminder, RuleSetting, usual
from reminders.rules import all_rules
from tests.conftest import World
from tests.factories import EvaluationFactory, member
from tests.reminders.clock import at, day
from tests.together import at_once

DUE = day("2026-04-12")  # the action of the world began on 12 January and was never heard of


def offsets(user: User) -> list[int]:
    rows = Reminder.objects.filter(person=user, rule="actie-bijwerken").order_by("offset")
    return [row.offset for row in rows]


def leave_on(code: str) -> None:
    """This rule alone, everywhere: of many days nothing else is asked."""
    others = [rule for rule in all_rules().values() if rule.code != code]
    rows = [usual(rule, place) for rule in others for place in Municipality.objects.all()]
    for row in rows:
        row.is_on = False
    RuleSetting.objects.bulk_create(rows)


def test_a_lead_is_told_before_and_after_the_day(world: World) -> None:
    leave_on("actie-bijwerken")
    start = at("2026-03-20")
    for number in range(50):
        engine.run(start + dt.timedelta(days=number))

    assert offsets(world.lead) == [-14, -3, 1, 7, 14]


def test_running_each_ten_minutes_tells_it_once(world: World) -> None:
    for number in range(6):
        engine.run(at("2026-04-13", minute=10 * number))

    assert offsets(world.lead) == [1]
    assert OutboxEntry.objects.filter(kind="digest").count() == 1


def test_a_skipped_week_is_caught_up_by_one_reminder(world: World) -> None:
    engine.run(at("2026-04-09"))
    engine.run(at("2026-04-28"))

    assert offsets(world.lead) == [-3, 14]


def test_what_was_missed_too_long_is_shown_and_not_mailed(world: World) -> None:
    engine.run(at("2026-05-05"))

    told = Reminder.objects.get(person=world.lead, rule="actie-bijwerken")
    assert told.offset == 14
    assert told.mail_from is None
    assert not OutboxEntry.objects.filter(key=f"digest:{world.lead.pk}:2026-05-05").exists()


def test_the_ladder_is_climbed_while_nothing_happens(world: World) -> None:
    leave_on("actie-bijwerken")
    colleague = member(world.here, Role.SERVICE, world.service)
    Action.objects.update(lead_person=world.lead)
    ContactOfficer.objects.create(
        partner=world.service, function="Diensthoofd", starts=day("2026-01-01"),
        email=member(world.here, Role.SERVICE).email.upper(),
    )  # fmt: skip

    for number in range(40):
        engine.run(at("2026-04-12") + dt.timedelta(days=number))

    rows = Reminder.objects.filter(rule="actie-bijwerken").order_by("day", "pk")
    told = {(row.offset, row.rung) for row in rows}
    assert told == {(-3, 0), (1, 0), (7, 0), (14, 0), (7, 1), (14, 2), (21, 3)}
    assert {row.person for row in rows if row.rung == 1} == {colleague}
    assert CoreGroupItem.objects.get(rule="actie-bijwerken").due == DUE


def test_news_ends_the_reminders_and_takes_it_off_the_table(world: World) -> None:
    engine.run(at("2026-05-12"))
    assert CoreGroupItem.objects.open().filter(rule="actie-bijwerken").count() == 1

    Action.objects.update(last_update_on=day("2026-05-12"))
    engine.run(at("2026-05-12", 10))

    assert not Reminder.objects.open().filter(rule="actie-bijwerken").exists()
    item = CoreGroupItem.objects.get(rule="actie-bijwerken")
    assert (item.closed_by, item.outcome) == (None, "Intussen in orde.")


def test_who_lost_the_role_is_not_told_and_the_next_on_the_ladder_is(world: World) -> None:
    Membership.objects.filter(user=world.lead).update(ends=day("2026-04-01"))

    engine.run(at("2026-04-13"))

    assert offsets(world.lead) == []
    assert offsets(world.coordinator) == [1]


def test_who_is_named_to_stand_in_takes_the_place_of_who_left(world: World) -> None:
    stands_in = world.cast[Role.CIV_STAFF]
    EvaluationFactory.create(
        action=world.action, planned_on=DUE, responsible=world.lead, deputy=stands_in
    )
    engine.run(at("2026-04-13"))
    assert Reminder.objects.filter(rule="evaluatie", person=stands_in).count() == 0

    Membership.objects.filter(user=world.lead).update(ends=day("2026-04-13"))
    engine.run(at("2026-04-26"))

    row = Reminder.objects.get(rule="evaluatie", person=stands_in)
    assert (row.offset, row.rung) == (14, 0)


def test_a_rule_that_is_off_tells_nobody(world: World) -> None:
    RuleSetting.objects.create(municipality=world.here, rule="actie-bijwerken", is_on=False)

    engine.run(at("2026-04-13"))

    assert not Reminder.objects.filter(rule="actie-bijwerken").exists()


def test_a_municipality_chooses_its_own_moments(world: World) -> None:
    leave_on("actie-bijwerken")
    RuleSetting.objects.create(
        municipality=world.here, rule="actie-bijwerken", before=[20], after=[2], every=5
    )
    for number in range(40):
        engine.run(at("2026-03-20") + dt.timedelta(days=number))

    assert offsets(world.lead) == [-20, 2, 7, 12]


def test_a_clock_that_is_set_back_tells_nothing(world: World) -> None:
    engine.run(at("2026-04-13"))
    before = Reminder.objects.count()

    assert not engine.run(at("2026-03-30"))["made"]
    assert Reminder.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_two_engines_at_once_tell_it_once(world: World) -> None:
    done = at_once(lambda: engine.run(at("2026-04-13")), lambda: engine.run(at("2026-04-13")))

    assert not [one for one in done if isinstance(one, Exception)]
    assert offsets(world.lead) == [1]
    assert OutboxEntry.objects.filter(kind="digest").count() == 1


def test_a_crash_half_way_leaves_nothing_and_the_next_run_does_all(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    member(world.here, Role.SERVICE, world.service)
    monkeypatch.setattr(engine, "BATCH", 1)
    written = engine._reminder

    def crash(*parts: object) -> Reminder:
        if Reminder.objects.exists():
            raise KeyboardInterrupt
        return written(*parts)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(engine, "_reminder", crash)
        with pytest.raises(KeyboardInterrupt):
            engine.run(at("2026-04-13"))
    assert not Reminder.objects.exists()

    engine.run(at("2026-04-13"))
    assert Reminder.objects.filter(rule="actie-bijwerken", offset=1).count() == 2


def test_what_breaks_off_in_one_municipality_keeps_no_other_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first = world.here if world.here.pk < world.elsewhere.pk else world.elsewhere
    planned = engine.plan

    def broken(place: Municipality, *, on: dt.date) -> engine.Plan:
        if place == first:
            raise ValueError
        return planned(place, on=on)

    monkeypatch.setattr(engine, "plan", broken)
    engine.run(at("2026-04-13"))

    assert "broke off" in caplog.text
    assert EngineRun.objects.exclude(municipality=first).exists()
    assert not EngineRun.objects.filter(municipality=first).exists()


@pytest.mark.parametrize(
    ("night", "hours"),
    [
        ("2026-03-29", [(0, 30, 0), (1, 59, 0), (3, 0, 0), (3, 10, 0)]),  # two o'clock is skipped
        ("2026-10-25", [(1, 50, 0), (2, 10, 0), (2, 50, 0), (2, 10, 1), (2, 50, 1), (3, 0, 0)]),
    ],
)
def test_in_both_nights_of_the_clock_it_is_told_once(
    world: World, night: str, hours: list[tuple[int, int, int]]
) -> None:
    due = day(night) - dt.timedelta(days=1)
    Action.objects.update(last_update_on=due - dt.timedelta(days=90))

    for hour, minute, fold in hours:
        engine.run(at(night, hour, minute, fold=fold))

    assert offsets(world.lead) == [1]
