"""The demo begins with what waits, and its rules say what demo.yaml says."""

from __future__ import annotations

from typing import Any

from core.models import OutboxEntry
from reminders.digest import digest
from reminders.models import CoreGroupItem, Reminder
from reminders.rules import all_rules


def test_what_waits_is_there_and_nobody_was_mailed(demo: dict[str, Any]) -> None:
    rules = set(Reminder.objects.open().values_list("rule", flat=True))

    assert {"evaluatie", "melding-norm", "trekker-gevraagd"} <= rules
    assert not OutboxEntry.objects.waiting().filter(kind="digest").exists()
    assert CoreGroupItem.objects.exclude(text="").exists()


def test_two_mails_wait_for_a_decision(demo: dict[str, Any]) -> None:
    """One of them would be sent again with what stood in it."""
    troubled = OutboxEntry.objects.troubled().order_by("status")

    assert [entry.status for entry in troubled] == ["failed", "unsure"]
    assert digest(troubled[1]) is not None


def test_the_rules_have_the_moments_of_the_demo(demo: dict[str, Any]) -> None:
    asked = demo["parameters"]

    action = all_rules()["actie-bijwerken"].moments
    assert list(action.before) == asked["action"]["reminder_days_before"]
    assert list(action.after) == asked["action"]["reminder_days_after"]
    agreement = asked["agreement"]
    assert (
        list(all_rules()["afspraak-hernieuwen"].moments.before)
        == agreement["remind_before_end_days"]
    )
    assert (
        list(all_rules()["evaluatie"].moments.before)
        == (agreement["remind_before_evaluation_days"])
    )
