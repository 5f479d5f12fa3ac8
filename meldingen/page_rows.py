"""What the page of a melding shows, made ready in Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.workdays import working_days_between
from meldingen.workflow import MeldingStatus, steps_from

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.functional import _StrPromise

    from meldingen.models import CategoryQuestion, Melding


@dataclass(frozen=True, slots=True)
class StepButton:
    label: str | _StrPromise
    url: str
    asks: bool  # a page comes first
    is_main: bool = False


def step_buttons(melding: Melding) -> list[StepButton]:
    """What may follow, by the table. Referring and "geen actie" have pages of their own."""
    buttons = []
    for step in steps_from(melding.status):
        if step.name in {"geen-actie", "doorverwijzen"}:
            continue
        if step.needs_reason:
            url = reverse("meldingen:close", args=[melding.pk])
        else:
            url = reverse("meldingen:step", args=[melding.pk, step.name])
        asks = step.needs_reason or step.needs_day or step.needs_text
        buttons.append(StepButton(step.label, url, asks, step.target == MeldingStatus.CLOSED))
    return buttons


@dataclass(frozen=True, slots=True)
class Norm:
    words: str
    tone: str


def norm(melding: Melding, *, on: dt.date | None = None) -> Norm:
    """How the norm stands, in working days and in words."""
    today = on or timezone.localdate()
    if melding.closed_at:
        kept = timezone.localdate(melding.closed_at) <= melding.due
        return Norm(_("binnen de norm"), "ok") if kept else Norm(_("na de norm"), "warn")
    if melding.status == MeldingStatus.WAITING:
        return Norm(_("staat stil: wacht op %s") % melding.waits_for, "mute")
    if melding.due < today:
        days = working_days_between(melding.due, today)
        words = ngettext("%s werkdag over de norm", "%s werkdagen over de norm", days) % days
        return Norm(words, "danger")
    days = working_days_between(today, melding.due)
    if not days:
        return Norm(_("vandaag de laatste dag"), "warn")
    return Norm(ngettext("nog %s werkdag", "nog %s werkdagen", days) % days, "info")


def told(melding: Melding, questions: list[CategoryQuestion]) -> list[tuple[str, str]]:
    """The category's questions with what was answered."""
    pairs = ((row.label, melding.answers.get(str(row.pk), "")) for row in questions)
    return [(label, _worded(value)) for label, value in pairs if value not in ("", [], None)]


def _worded(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
