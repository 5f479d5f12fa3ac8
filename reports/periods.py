"""The periods that a report is usually about, and how a period is named."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MONTHS_A_YEAR = 12


class Preset(models.TextChoices):
    QUARTER = "kwartaal", gettext_lazy("Dit kwartaal")
    HALF_YEAR = "halfjaar", gettext_lazy("Dit halfjaar")
    SINCE_PREVIOUS = "vorig", gettext_lazy("Sinds het vorige rapport")
    OWN = "eigen", gettext_lazy("Zelf gekozen data")


@dataclass(frozen=True, slots=True)
class Period:
    """From a day until (and including) a day."""

    start: dt.date
    end: dt.date

    def __contains__(self, day: dt.date | None) -> bool:
        return day is not None and self.start <= day <= self.end

    @property
    def short(self) -> str:
        """How a file name says it: 2026-Q4, 2026-H2, or the last day."""
        for months, letter in ((3, "Q"), (6, "H")):
            if self == _block(self.start, months):
                return f"{self.start.year}-{letter}{(self.start.month - 1) // months + 1}"
        return self.end.isoformat()

    @property
    def label(self) -> str:
        """How people say it."""
        if self == _block(self.start, 3):
            values = {"number": (self.start.month - 1) // 3 + 1, "year": self.start.year}
            return _("%(number)se kwartaal %(year)s") % values
        first, last = (date_format(day, "j F Y") for day in (self.start, self.end))
        return _("%(first)s tot en met %(last)s") % {"first": first, "last": last}

    def next_quarter(self) -> Period:
        """The three months after this period."""
        start = self.end + dt.timedelta(days=1)
        return Period(start, _add_months(start, 3) - dt.timedelta(days=1))


def quarter(day: dt.date) -> Period:
    return _block(day, 3)


def half_year(day: dt.date) -> Period:
    return _block(day, 6)


def since(last_day: dt.date | None, *, today: dt.date) -> Period:
    """From the day after the previous report until today; without one, this half-year."""
    if last_day is None or last_day >= today:
        return Period(half_year(today).start, today)
    return Period(last_day + dt.timedelta(days=1), today)


def _block(day: dt.date, months: int) -> Period:
    first = (day.month - 1) // months * months + 1
    start = dt.date(day.year, first, 1)
    return Period(start, _add_months(start, months) - dt.timedelta(days=1))


def _add_months(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
