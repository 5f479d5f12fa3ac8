"""How a status looks."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from core.templatetags.house import badge
from meldingen.workflow import MeldingStatus

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

TONES = {
    MeldingStatus.RECEIVED: "info",
    MeldingStatus.ASSIGNED: "plum",
    MeldingStatus.IN_PROGRESS: "plum",
    MeldingStatus.PLANNED: "plum",
    MeldingStatus.WAITING: "warn",
    MeldingStatus.REOPENED: "warn",
    MeldingStatus.CLOSED: "ok",
    MeldingStatus.REFERRED: "mute",
    MeldingStatus.NO_ACTION: "mute",
}


def status_badge(status: str) -> SafeString:
    return _status_badge(status, get_language())


# A page draws the same few badges fifty times; the language decides their words.
@lru_cache(maxsize=32)
def _status_badge(status: str, language: str | None) -> SafeString:  # noqa: ARG001 - part of the key
    found = MeldingStatus(status)
    return badge(str(found.label), TONES[found])
