"""How an action stood on a day, told from the one state that the data give."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from plans.workflow import ActionStatus, Light

A = ActionStatus
Row = dict[str, Any]
WEEK = dt.timedelta(weeks=1)
BEFORE_NEWS = 0.6  # of today's progress was reached before the latest news
# The steps that brought an action where it is today, each with the date it was taken on.
STEPS: dict[ActionStatus, tuple[tuple[ActionStatus, str], ...]] = {
    A.RUNNING: ((A.RUNNING, "start"),),
    A.DONE: ((A.RUNNING, "start"), (A.DONE, "news")),
    A.PARTLY_DONE: ((A.RUNNING, "start"), (A.PARTLY_DONE, "news")),
    A.ON_HOLD: ((A.RUNNING, "start"), (A.ON_HOLD, "news")),
    A.STOPPED: ((A.STOPPED, "news"),),
}


@dataclass(frozen=True, slots=True)
class State:
    status: ActionStatus
    light: str
    progress: int
    last_update_on: dt.date | None

    def as_fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in FIELDS}


FIELDS = ("status", "light", "progress", "last_update_on")


def latest(row: Row) -> dt.date | None:
    return row["updates"][-1]["date"] if row["updates"] else None


def steps(row: Row) -> list[tuple[ActionStatus, ActionStatus, dt.date]]:
    """From, to and when: every step the action took."""
    taken, before = [], A.PLANNED
    for status, when in STEPS.get(A(row["status"]), ()):
        day = row["start"] if when == "start" else latest(row) or row["start"]
        taken.append((before, status, day))
        before = status
    return taken


def state(row: Row, on: dt.date) -> State:
    """Today's state from the day of the latest news on; before it, a green start."""
    taken = [status for _before, status, day in steps(row) if day <= on]
    status = taken[-1] if taken else A.PLANNED if steps(row) else A(row["status"])
    told = [news["date"] for news in row["updates"] if news["date"] <= on]
    if len(told) == len(row["updates"]):
        return State(status, row["light"] or "", row["progress"], latest(row))
    running = status == A.RUNNING
    progress = round(row["progress"] * BEFORE_NEWS / 5) * 5 if running else 0
    return State(status, Light.GREEN if running else "", progress, told[-1] if told else None)


def with_first_news(rows: list[Row], texts: list[str], monday: dt.date) -> list[Row]:
    """Give what ran by then an earlier message, in the week in which the report was prepared."""
    return [
        row | {"updates": [_first(text, monday + dt.timedelta(days=number % 5)), *row["updates"]]}
        if row["updates"] and row["start"] < monday < row["updates"][0]["date"] - WEEK
        else row
        for number, (row, text) in enumerate(zip(rows, cycle(texts)))
    ]


def _first(text: str, on: dt.date) -> Row:
    return {"date": on, "text": text, "next": ""}
