"""The demo is always about today: dates move by whole weeks, years in texts by whole years."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

DAYS_IN_YEAR = 365.25
# "CBS-2026-0921-07" names a day; "KG-2026-01" and "eind 2031" name a year.
DAY_IN_NUMBER = re.compile(r"(?<=-)(20\d\d)-(\d\d)(\d\d)(?=-)")
YEAR = re.compile(r"\b20\d\d\b")
YEAR_FIELDS = frozenset({"year", "year_theme", "from", "to", "baseline_year", "target_year"})


@dataclass(frozen=True, slots=True)
class Shift:
    """How far the demo data move to end just before today."""

    weeks: int

    @classmethod
    def until(cls, today: dt.date, *, reference: dt.date) -> Shift:
        """The most weeks that leave nothing that has happened in the future."""
        return cls((today - reference).days // 7)

    @property
    def years(self) -> int:
        return round(self.weeks * 7 / DAYS_IN_YEAR)

    def date(self, day: dt.date) -> dt.date:
        return day + dt.timedelta(weeks=self.weeks)

    def text(self, text: str) -> str:
        """Move the years that a text names, and the days inside decision numbers."""
        held: list[str] = []

        def hold(found: re.Match[str]) -> str:
            year, month, day = (int(part) for part in found.groups())
            held.append(f"{self.date(dt.date(year, month, day)):%Y-%m%d}")
            return f"\0{len(held) - 1}\0"

        moved = YEAR.sub(
            lambda found: str(int(found.group()) + self.years), DAY_IN_NUMBER.sub(hold, text)
        )
        return re.sub("\0(\\d+)\0", lambda found: held[int(found.group(1))], moved)

    def period(self, period: dict[str, Any]) -> dict[str, Any]:
        """A plan runs for calendar years, so its period moves by whole years."""
        return {
            key: value.replace(year=value.year + self.years)
            if isinstance(value, dt.date)
            else value
            for key, value in period.items()
        }

    def value(self, value: Any, key: str = "") -> Any:
        """Move whatever a part of the demo data holds."""
        if isinstance(value, dict):
            if key == "period" and "cycle_years" in value:
                return self.period(value)
            return {name: self.value(item, str(name)) for name, item in value.items()}
        if isinstance(value, list):
            return [self.value(item, key) for item in value]
        return self._leaf(value, key)

    def _leaf(self, value: Any, key: str) -> Any:
        match value:
            case dt.date():
                return self.date(value)
            case str():
                return self.text(value)
            case int() if key in YEAR_FIELDS:
                return value + self.years
        return value
