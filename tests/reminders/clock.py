"""Moments as the tests of reminders name them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")


def at(day: str, hour: int = 9, minute: int = 0, *, fold: int = 0) -> dt.datetime:
    """Such as at("2026-04-13"): nine o'clock here; of an hour that comes twice `fold` is which."""
    moment = dt.datetime.fromisoformat(day).replace(hour=hour, minute=minute, fold=fold)
    return moment.replace(tzinfo=BRUSSELS)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
