"""On which days somebody hears of something. Reckoning alone: no database, no clock."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from core.workdays import is_working_day

if TYPE_CHECKING:
    from reminders.rules import Moments, Rung

DAY = dt.timedelta(days=1)
MAILED_DAYS = 3  # what was missed for longer is shown, and no longer mailed


def latest(moments: Moments, since_due: int) -> int | None:
    """The last moment of who has to do it, so many days after the day it is due."""
    return _last(tuple(sorted({*(-day for day in moments.before), *moments.after})),
                 moments.every, since_due)  # fmt: skip


def latest_above(moments: Moments, rung: Rung, since_due: int) -> int | None:
    """The same for who comes after them: their day on the ladder, and from then on each repetition
    that the others hear too."""
    day = dict(moments.escalation).get(rung)
    if day is None or since_due < day:
        return None
    return max(day, latest(moments, since_due) or day) if _repeats(moments, since_due) else day


def _repeats(moments: Moments, since_due: int) -> bool:
    last = max(moments.after, default=0)
    return bool(moments.every) and since_due >= last + moments.every


@cache
def _last(days: tuple[int, ...], every: int, since_due: int) -> int | None:
    """The same for everything that is as late; asked for thousands of things at once."""
    place = bisect_right(days, since_due)
    if not place:
        return None
    last = days[-1]
    if place == len(days) and every and last >= 0:
        return last + (since_due - last) // every * every
    return days[place - 1]


def first_mail_day(day: dt.date, *, workdays_only: bool) -> dt.date:
    """The first day from this one on of which the mail may go."""
    while workdays_only and not is_working_day(day):
        day += DAY
    return day


def mail_day(day: dt.date, *, on: dt.date, workdays_only: bool) -> dt.date | None:
    """From when the mail about a moment of that day may go; None where that was too long ago."""
    first = first_mail_day(day, workdays_only=workdays_only)
    return first if (on - first).days <= MAILED_DAYS else None


def is_quiet(hour: int, *, start: int, end: int) -> bool:
    """Whether nobody is mailed in this hour; the quiet may go over midnight."""
    if start <= end:
        return start <= hour < end
    return hour >= start or hour < end


def in_days(days: Iterable[int]) -> str:
    """Such as "14, 3", as people type it."""
    return ", ".join(str(day) for day in days)
