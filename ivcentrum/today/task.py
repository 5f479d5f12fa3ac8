"""One thing to do, as the home page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SHOWN = 4  # lines per task; the rest is behind the link


class Urgency(IntEnum):
    """The order on the page: what stands still for others first, what can wait last."""

    BROKEN = 1
    ASKED = 2
    OWN_LATE = 3
    RED = 4
    LATE = 5
    LEADERLESS = 6
    OWN_SILENT = 7
    AMBER = 8
    SILENT = 9
    AGREEMENT = 10
    DRAFT = 11
    INCOMPLETE = 12
    WAITING = 13
    ON_TABLE = 14
    REMINDED = 15


@dataclass(frozen=True, slots=True)
class Line:
    """One of the things behind the number."""

    label: str
    url: str
    code: str = ""
    note: str | _StrPromise = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What to do, how much of it, and the one screen where it is done."""

    urgency: Urgency
    title: str | _StrPromise
    count: int
    url: str
    action: str | _StrPromise
    tone: str
    icon: str
    lines: tuple[Line, ...] = ()
