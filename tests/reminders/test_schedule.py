"""The reckoning of moments, without a database."""

from __future__ import annotations

import pytest

from reminders.rules import Moments, Rung
from reminders.schedule import first_mail_day, is_quiet, latest, latest_above, mail_day
from tests.reminders.clock import day

MOMENTS = Moments(
    before=(14, 3), after=(1, 7), every=30, escalation=((Rung.COORDINATOR, 10),)
)  # fmt: skip


@pytest.mark.parametrize(
    ("since_due", "expected"),
    [(-15, None), (-14, -14), (-4, -14), (-3, -3), (0, -3), (1, 1), (36, 7), (37, 37), (68, 67)],
)
def test_the_last_moment_that_has_passed(since_due: int, expected: int | None) -> None:
    assert latest(MOMENTS, since_due) == expected


@pytest.mark.parametrize(("since_due", "expected"), [(9, None), (10, 10), (36, 10), (37, 37)])
def test_who_comes_after_hears_it_on_their_day_and_with_each_repetition(
    since_due: int, expected: int | None
) -> None:
    assert latest_above(MOMENTS, Rung.COORDINATOR, since_due) == expected
    assert latest_above(MOMENTS, Rung.CONTACT, since_due) is None


def test_a_rule_without_moments_tells_nobody() -> None:
    assert latest(Moments(), 100) is None


def test_what_is_told_beforehand_alone_is_not_repeated_before_its_day() -> None:
    assert latest(Moments(before=(5,), every=2), 4) == -5


@pytest.mark.parametrize(
    ("told", "expected"),
    [("2026-04-03", "2026-04-03"), ("2026-04-04", "2026-04-07"), ("2026-12-25", "2026-12-28")],
)
def test_the_mail_waits_for_a_working_day(told: str, expected: str) -> None:
    assert first_mail_day(day(told), workdays_only=True) == day(expected)
    assert first_mail_day(day(told), workdays_only=False) == day(told)


@pytest.mark.parametrize(("on", "is_mailed"), [("2026-04-16", True), ("2026-04-17", False)])
def test_after_three_days_it_is_no_longer_mailed(on: str, is_mailed: bool) -> None:
    found = mail_day(day("2026-04-13"), on=day(on), workdays_only=True)
    assert (found is not None) == is_mailed


@pytest.mark.parametrize(
    ("hour", "start", "end", "quiet"),
    [(22, 20, 7, True), (6, 20, 7, True), (7, 20, 7, False), (12, 20, 7, False), (3, 1, 5, True),
     (5, 1, 5, False), (8, 0, 0, False)],
)  # fmt: skip
def test_the_quiet_goes_over_midnight(hour: int, start: int, end: int, quiet: bool) -> None:
    assert is_quiet(hour, start=start, end=end) == quiet
