"""Reckoning with months, as contracts do, and days in figures."""

from __future__ import annotations

import calendar
import datetime as dt

from django.utils import timezone


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last of the month where that day is missing."""
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, dt.MAXYEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def last_day_of_term(first: dt.date, months: int) -> dt.date:
    """The last day of a term of so many months that begins on this day."""
    return add_months(first, months) - dt.timedelta(days=1)


def in_figures(day: dt.date | None) -> str:
    """Such as 21/11/2026; nothing for no day."""
    return f"{day:%d/%m/%Y}" if day else ""


def day_begins(day: dt.date) -> dt.datetime:
    """The first moment of a day here: by moments a question uses the index, by days it reads all."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
