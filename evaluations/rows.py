"""Evaluations as words ready to draw: no query and no rule."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.days import in_figures
from core.templatetags.house import badge
from evaluations.workflow import EvaluationStatus, Judgement

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from evaluations.models import Evaluation

STATUS_TONES = {
    EvaluationStatus.PLANNED: "mute",
    EvaluationStatus.BUSY: "info",
    EvaluationStatus.REVIEW: "plum",
    EvaluationStatus.ESTABLISHED: "ok",
    EvaluationStatus.DROPPED: "mute",
}
JUDGEMENT_TONES = {Judgement.CONTINUE: "ok", Judgement.ADJUST: "warn", Judgement.STOP: "danger"}
NOBODY = "–"


def status_badge(status: str) -> SafeString:
    found = EvaluationStatus(status)
    return badge(str(found.label), STATUS_TONES[found])


def judgement_badge(judgement: str) -> SafeString | str:
    if not judgement:
        return ""
    found = Judgement(judgement)
    return badge(str(found.label), JUDGEMENT_TONES[found], "", "is-line")


def late_badge(evaluation: Evaluation, *, on: dt.date) -> SafeString | str:
    return badge(_("Te laat"), "danger", "clock") if evaluation.is_late(on=on) else ""


def evaluation_row(evaluation: Evaluation, *, on: dt.date) -> dict[str, Any]:
    """A row of a list; the evaluation comes from for_list()."""
    return {
        "title": evaluation.title,
        "url": evaluation.get_absolute_url(),
        "kind": evaluation.get_kind_display(),
        "what": evaluation.what.label,
        "subject": str(evaluation.subject),
        "on": in_figures(evaluation.planned_on),
        "who": evaluation.responsible.name if evaluation.responsible else NOBODY,
        "status": status_badge(evaluation.status),
        "late": late_badge(evaluation, on=on),
        "judgement": judgement_badge(evaluation.judgement),
    }


def kept_figures(evaluation: Evaluation) -> dict[str, Any] | None:
    """What was frozen, with what it was at the begin beside what it was at the end."""
    begun, established = evaluation.figures_begun, evaluation.figures_established
    if not begun and not established:
        return None
    before, after = _by_label(begun), _by_label(established)
    titles: dict[str, list[tuple[str, str, str]]] = {}
    for title, label in dict.fromkeys([*before, *after]):
        values = (before.get((title, label), NOBODY), after.get((title, label), NOBODY))
        titles.setdefault(title, []).append((label, *values))
    groups = [{"title": title, "rows": rows} for title, rows in titles.items()]
    return {"begun": _day(begun), "established": _day(established), "groups": groups}


def _by_label(figures: dict[str, Any] | None) -> dict[tuple[str, str], str]:
    groups = figures["groups"] if figures else []
    return {(one["title"], label): value for one in groups for label, value in one["rows"]}


def _day(figures: dict[str, Any] | None) -> str:
    return in_figures(dt.date.fromisoformat(figures["on"])) if figures else ""
