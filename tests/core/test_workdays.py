"""Norms count in working days."""

from __future__ import annotations

import datetime as dt

import pytest

from core.workdays import after_working_days, is_working_day, working_days_between


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-11-20", 1, "2026-11-23"),  # Friday: the weekend does not count
        ("2026-12-24", 1, "2026-12-28"),  # Christmas falls on a Friday
        ("2026-11-10", 1, "2026-11-12"),  # 11 November
        ("2026-05-13", 2, "2026-05-18"),  # Ascension, then a weekend after the bridge
        ("2026-11-20", 0, "2026-11-20"),
    ],
)
def test_weekends_and_holidays_do_not_count(start: str, count: int, end: str) -> None:
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)

    assert after_working_days(first, count) == last
    assert working_days_between(first, last) == count


def test_the_regional_day_is_worked() -> None:
    assert is_working_day(dt.date(2028, 7, 11))  # no public holiday for employers
    assert not is_working_day(dt.date(2028, 7, 21))
