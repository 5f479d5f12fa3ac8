"""What goes into the logs: one line per event, with numbers and names of ours, and nobody's data.

What people typed reaches the logs by two ways: the words of an error, and what a library puts in
its message. Of an error its kind and its place are kept; of a message by others its template.
Messages of our own hold no more than numbers, so they are kept as they are.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
import traceback
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pythonjsonlogger.json import JsonFormatter

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is going on: the number of the request, or the name of the task.
doing: ContextVar[dict[str, str]] = ContextVar("doing", default={})  # noqa: B039 - never changed

ROOT = Path(__file__).resolve().parent.parent
OURS = {path.parent.name for path in ROOT.glob("*/__init__.py")}
# What may stand beside an event; whatever else a library hangs onto a record stays out.
MORE = ("kind", "entry", "state", "attempts", "method", "route", "status", "user", "service", "ms")
SAFE_ARGUMENTS = {"name", "id", "runtime", "hostname"}  # of Celery's messages about a task
HIDDEN = "…"
SUSPECT = re.compile(r"\S*[@?=]\S*|'[^']*'|\"[^\"]*\"|[\w-]{20,}|/\S+")
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[-#0 +]*[\d*]*(?:\.[\d*]+)?[diouxXeEfFgGcrsa]")
MOST_FRAMES = 12


def fields(record: logging.LogRecord) -> dict[str, Any]:
    """The event as it is written, in whichever format."""
    moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
    told: dict[str, Any] = {
        "time": moment.isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "event": _event(record),
        **doing.get(),
    }
    told |= {name: getattr(record, name) for name in MORE if hasattr(record, name)}
    if record.exc_info and record.exc_info[1]:
        told |= _error(record.exc_info[1])
    return told


def _event(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] in OURS:
        return record.getMessage()
    if not record.args:
        return SUSPECT.sub(HIDDEN, str(record.msg))
    return SUSPECT.sub(HIDDEN, _without_values(str(record.msg), record.args))


def _without_values(template: str, values: Any) -> str:
    """The template with its numbers; of words only those that are known to be ours."""
    given = iter(values if isinstance(values, tuple) else ())

    def shown(found: re.Match[str]) -> str:
        name = found.group(1)
        value = values.get(name) if name and isinstance(values, dict) else next(given, HIDDEN)
        return str(value) if name in SAFE_ARGUMENTS or isinstance(value, int | float) else HIDDEN

    return PLACEHOLDER.sub(shown, template)


def _error(error: BaseException) -> dict[str, Any]:
    """The kind of error and where it came from; its words may hold anything."""
    error = getattr(error, "exc", error)  # what a child of a worker sends along is wrapped
    kinds = list(dict.fromkeys(_kinds(error)))
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    where = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": " < ".join(kinds), "where": where}


def _kinds(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        error = error.__cause__ or error.__context__


def _short(name: str) -> str:
    path = Path(name)
    if path.is_relative_to(ROOT) and "site-packages" not in name:
        return str(path.relative_to(ROOT))
    return name.rpartition("site-packages/")[2]


class Json(JsonFormatter):
    """One JSON object per line, for machines that gather logs."""

    def __init__(self) -> None:
        super().__init__(json_ensure_ascii=False)

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        log_data.pop("message", None)  # the library's name for what is our event
        return log_data

    def format(self, record: logging.LogRecord) -> str:
        return super().format(logging.makeLogRecord({"msg": fields(record)}))


class Line(logging.Formatter):
    """The same, for people who read along."""

    def format(self, record: logging.LogRecord) -> str:
        told = fields(record)
        head = [told.pop(name) for name in ("time", "level", "logger", "event")]
        return " ".join([*head, *(f"{name}={value}" for name, value in told.items())])
