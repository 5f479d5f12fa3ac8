"""How a status looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.templatetags.house import badge
from meldingen.workflow import MeldingStatus

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from meldingen.models import Melding

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


def status_badge(melding: Melding) -> SafeString:
    return badge(melding.get_status_display(), TONES[MeldingStatus(melding.status)])
