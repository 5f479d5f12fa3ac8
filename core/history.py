"""Writing the history: one line per change, in the transaction of that change."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypedDict

from django.conf import settings
from django.db import models
from django.utils import translation

from core.models import LogEntry, as_text, ref

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from accounts.models import User
    from core.models import Channel

_channel: ContextVar[str] = ContextVar("channel", default="")


@contextmanager
def through(channel: Channel) -> Iterator[None]:
    """Whatever is changed within came in by this way: each line of the history says so."""
    before = _channel.set(channel)
    try:
        yield
    finally:
        _channel.reset(before)


def channel_now() -> str:
    return _channel.get()


class Change(TypedDict):
    field: str
    label: str
    old: str
    new: str


def change(row: models.Model, field: str, old: Any, new: Any) -> Change:
    """One field's old and new value, in the words the screens use.

    In the language of the house, whatever language the page speaks that brought the change.
    """
    found = row._meta.get_field(field)
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "field": field,
            "label": str(getattr(found, "verbose_name", field)),
            "old": as_text(_shown(found, old)),
            "new": as_text(_shown(found, new)),
        }


def _shown(field: Any, value: Any) -> Any:
    choices = dict(getattr(field, "flatchoices", None) or ())
    return choices.get(value, value) if isinstance(value, str) else value


def record(
    verb: str,
    subject: models.Model,
    *,
    by: User | None,
    context: models.Model | None = None,
    changes: list[Change] | None = None,
    reason: str = "",
    happened_on: dt.date | None = None,
) -> LogEntry:
    """Add a line to the history. `context` is the larger thing on whose page it shows too."""
    return LogEntry.objects.create(
        actor=by,
        actor_name=str(by) if by else "IV-centrum",
        verb=verb,
        subject=ref(subject),
        subject_label=str(subject)[:300],
        context=ref(context) if context else "",
        changes=changes or [],
        reason=reason,
        happened_on=happened_on,
        channel=channel_now(),
    )
