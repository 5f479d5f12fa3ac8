"""Working days: Monday to Friday without the Belgian public holidays."""

from __future__ import annotations

import datetime as dt
from functools import cache

import holidays


@cache
def _public_holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("BE", years=year))


def is_working_day(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in _public_holidays(day.year)  # noqa: PLR2004 - Saturday


def after_working_days(start: dt.date, count: int) -> dt.date:
    """The day on which so many whole working days have passed since this one, itself not counted."""
    day = start
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(start: dt.date, end: dt.date) -> int:
    """How many working days lie after the first day, up to and including the last."""
    days = (end - start).days
    return sum(is_working_day(start + dt.timedelta(days=step)) for step in range(1, days + 1))
