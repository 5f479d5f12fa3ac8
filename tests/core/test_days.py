"""Months as contracts count them."""

from __future__ import annotations

import datetime as dt

import pytest

from core.days import add_months, last_day_of_term


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2028, 1, 31), 1, dt.date(2028, 2, 29)),
        (dt.date(2026, 11, 15), 14, dt.date(2028, 1, 15)),
        (dt.date(2026, 3, 31), -1, dt.date(2026, 2, 28)),
        (dt.date(9999, 12, 31), 12, dt.date(9999, 12, 31)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(
    day: dt.date, months: int, expected: dt.date
) -> None:
    assert add_months(day, months) == expected


def test_a_term_of_a_year_ends_the_day_before() -> None:
    assert last_day_of_term(dt.date(2026, 1, 1), 12) == dt.date(2026, 12, 31)
