"""What stands in the agenda: things with a day, of whatever app, through a list in the settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from core.confidentiality import Level

if TYPE_CHECKING:
    from accounts.models import User

    Source = Callable[[User, dt.date, dt.date], Iterable["Dated"]]

# What may leave the house in somebody's calendar program, by its name.
TOLD_OUTSIDE = frozenset({Level.PUBLIC, Level.INTERNAL, Level.PARTNERS})


@dataclass(frozen=True, slots=True)
class Dated:
    """Something on a day. `key` is its name in calendar programs, and stays the same."""

    on: dt.date
    kind: str  # such as "Evaluatie"
    title: str
    url: str
    key: str
    level: str
    is_late: bool = False

    @property
    def is_told_outside(self) -> bool:
        return self.level in TOLD_OUTSIDE


@cache
def _sources() -> tuple[Source, ...]:
    return tuple(import_string(path) for path in settings.AGENDA)


def dated_things(user: User, start: dt.date, end: dt.date) -> list[Dated]:
    """Everything from the first day to the last that this person reads, in order."""
    found = [one for source in _sources() for one in source(user, start, end)]
    return sorted(found, key=lambda one: (one.on, one.kind, one.title))
