"""The demo data move with today without losing their weekdays or their truth."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from demo.loader.dates import Shift
from demo.loader.source import moved, raw

REFERENCE = dt.date(2026, 11, 21)
SEASONS = re.compile(
    r"\b(januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|lente\w*|zomer\w*|herfst\w*|winter\w*|voorjaar|najaar|kerst\w*|pasen|nieuwjaar)\b",
    re.IGNORECASE,
)


def leaves(value: Any) -> list[Any]:
    match value:
        case dict():
            return [leaf for item in value.values() for leaf in leaves(item)]
        case list():
            return [leaf for item in value for leaf in leaves(item)]
    return [value]


@pytest.mark.parametrize("days", range(-800, 801, 37))
def test_dates_keep_their_weekday_and_end_just_before_today(days: int) -> None:
    today = REFERENCE + dt.timedelta(days=days)
    shift = Shift.until(today, reference=REFERENCE)
    assert shift.date(REFERENCE).weekday() == REFERENCE.weekday()
    assert dt.timedelta(0) <= today - shift.date(REFERENCE) < dt.timedelta(weeks=1)


def test_on_the_reference_date_nothing_moves() -> None:
    assert moved(REFERENCE) == raw()


def test_no_text_names_a_month_a_season_or_a_feast() -> None:
    named = [text for text in leaves(raw()) if isinstance(text, str) and SEASONS.search(text)]
    assert named == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tegen eind 2031", "Tegen eind 2032"),
        ("CBS-2026-0921-07", "CBS-2027-0920-07"),
        ("KG-2026-01", "KG-2027-01"),
        ("1.500 euro in 20 straten", "1.500 euro in 20 straten"),
    ],
)
def test_years_and_decision_numbers_move_along(text: str, expected: str) -> None:
    assert Shift(52).text(text) == expected


def test_a_plan_keeps_running_for_calendar_years() -> None:
    data = moved(REFERENCE + dt.timedelta(weeks=100))
    period = data["plan"]["period"]
    assert (period["start"], period["end"]) == (dt.date(2028, 1, 1), dt.date(2033, 12, 31))
    assert "2028-2033" in data["plan"]["title"]
