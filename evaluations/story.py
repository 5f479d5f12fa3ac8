"""What happened to an evaluation, worded for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.models import LogEntry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from evaluations.models import Evaluation

TITLES: dict[str, str | _StrPromise] = {
    "evaluation.made": _("Evaluatie gepland"),
    "evaluation.edited": _("Evaluatie gewijzigd"),
    "evaluation.written": _("Verslag gewijzigd"),
    "evaluation.step": _("Status gewijzigd"),
    "evaluation.participant_added": _("Deelnemer gevraagd"),
    "evaluation.participant_dropped": _("Deelnemer weggehaald"),
    "evaluation.answered": _("Antwoord gekregen"),
    "evaluation.led_to": _("Gevolg gegeven"),
}
MOST = 50


def told(evaluation: Evaluation) -> list[LogEntry]:
    """The newest lines, each with its `title`."""
    lines = list(LogEntry.objects.about(evaluation).filter(verb__in=TITLES)[:MOST])
    for line in lines:
        line.title = TITLES[line.verb]  # type: ignore[attr-defined]
    return lines
