"""The one mail of a day: at the hour one chose, of what still waits, and nothing twice."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from accounts.models import Membership, User
from core import outbox
from core.confidentiality import Level
from core.models import OutboxEntry
from plans.models import Action
from reminders import engine
from reminders.models import DigestChoice, MailTimes, Reminder, RuleSetting
from tests.conftest import World
from tests.factories import ActionFactory
from tests.reminders.clock import at, day


def promised(user: User) -> list[str]:
    keys = OutboxEntry.objects.filter(payload__person=user.pk, kind="digest").values_list("key")
    return sorted(key.rpartition(":")[2] for (key,) in keys)


def mails_to(user: User) -> list[EmailMultiAlternatives]:
    while outbox.drain("mail"):
        pass
    return [message for message in mail.outbox if message.to == [user.email]]  # type: ignore[misc]


def test_the_mail_has_each_thing_with_its_one_screen(world: World) -> None:
    late = ActionFactory.create(
        sub_theme=world.sub_theme, lead_partner=world.service, running=True, title="Fietslicht"
    )
    engine.run(at("2026-04-13"))

    [message] = mails_to(world.lead)

    assert message.subject == "Zandrode: wat op je wacht"
    for text in (message.body, str(message.alternatives[0][0])):
        assert f"/acties/{world.action.pk}/bijwerken/" in text
        assert f"/acties/{late.pk}/bijwerken/" in text
        assert "Fietslicht" in text
    assert "/herinneringen/afmelden/" in message.extra_headers["List-Unsubscribe"]


def test_it_comes_at_the_hour_one_chose(world: World) -> None:
    DigestChoice.objects.create(person=world.lead, hour=14)

    engine.run(at("2026-04-13", 13, 50))
    assert promised(world.lead) == []

    engine.run(at("2026-04-13", 14))
    engine.run(at("2026-04-13", 15))
    assert promised(world.lead) == ["2026-04-13"]


def test_nobody_is_mailed_in_quiet_hours(world: World) -> None:
    engine.run(at("2026-04-13", 22))
    assert promised(world.lead) == []

    engine.run(at("2026-04-14", 8))
    assert promised(world.lead) == ["2026-04-14"]


@pytest.mark.parametrize(
    ("workdays_only", "expected"), [(True, "2026-04-07"), (False, "2026-04-04")]
)
def test_a_weekend_and_easter_monday_wait_for_the_next_working_day(
    world: World, workdays_only: bool, expected: str
) -> None:
    Action.objects.update(last_update_on=day("2026-04-03") - dt.timedelta(days=90))
    MailTimes.objects.create(municipality=world.here, workdays_only=workdays_only)

    for number in range(6):
        engine.run(at("2026-04-04") + dt.timedelta(days=number))

    assert promised(world.lead)[0] == expected


def test_what_is_done_meanwhile_drops_out_and_nothing_is_no_mail(world: World) -> None:
    engine.run(at("2026-04-13"))
    assert promised(world.lead)

    Action.objects.update(last_update_on=day("2026-04-13"))

    assert mails_to(world.lead) == []


def test_what_one_may_no_longer_read_is_not_mailed(world: World) -> None:
    engine.run(at("2026-04-13"))
    Membership.objects.filter(user=world.lead).update(ends=day("2026-04-12"))

    assert mails_to(world.lead) == []


def test_of_what_is_confidential_the_mail_names_no_more_than_its_code(world: World) -> None:
    Action.objects.update(confidentiality=Level.RESTRICTED, title="Geheim plan")
    engine.run(at("2026-04-13"))

    [message] = mails_to(world.lead)

    assert "Geheim plan" not in f"{message.subject}{message.body}{message.alternatives}"
    assert world.action.code in message.body


@pytest.mark.parametrize(("may_mute", "expected"), [(True, []), (False, ["2026-04-13"])])
def test_one_leaves_a_rule_out_of_the_mail_where_the_municipality_allows_it(
    world: World, may_mute: bool, expected: list[str]
) -> None:
    RuleSetting.objects.create(
        municipality=world.here, rule="actie-bijwerken", after=[1], may_mute=may_mute
    )
    DigestChoice.objects.create(person=world.lead, muted=["actie-bijwerken"])

    engine.run(at("2026-04-13"))

    assert promised(world.lead) == expected
    assert Reminder.objects.open().filter(person=world.lead).exists()


def test_a_second_thing_on_the_same_day_waits_for_tomorrow(world: World) -> None:
    engine.run(at("2026-04-13"))
    ActionFactory.create(sub_theme=world.sub_theme, lead_partner=world.service, running=True)
    engine.run(at("2026-04-13", 11))
    assert promised(world.lead) == ["2026-04-13"]

    engine.run(at("2026-04-14"))
    assert promised(world.lead) == ["2026-04-13", "2026-04-14"]


def test_in_the_night_that_has_an_hour_twice_one_mail_goes(world: World) -> None:
    Action.objects.update(last_update_on=day("2026-10-24") - dt.timedelta(days=90))
    MailTimes.objects.create(
        municipality=world.here, workdays_only=False, quiet_from=23, quiet_until=23
    )
    DigestChoice.objects.create(person=world.lead, hour=2)

    for fold in (0, 1):
        for minute in (0, 30):
            engine.run(at("2026-10-25", 2, minute, fold=fold))

    assert promised(world.lead) == ["2026-10-25"]


def test_many_people_cost_no_more_questions_than_one(
    world: World, django_assert_max_num_queries: object
) -> None:
    engine.run(at("2026-04-12"))
    with django_assert_max_num_queries(60):  # type: ignore[operator]  # two municipalities
        engine.run(at("2026-04-13"))
