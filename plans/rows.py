"""Actions as rows ready to draw or export: plain words and addresses, no query and no rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.days import in_figures
from core.templatetags.house import badge, progress
from plans.models import ShareAnswer
from plans.workflow import ACTION_OPEN, ActionStatus, LeadAnswer, Light

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from core.spreadsheet import Cell
    from plans.models import Action

STATUS_TONES = {
    ActionStatus.IDEA: "mute",
    ActionStatus.PROPOSED: "plum",
    ActionStatus.APPROVED: "plum",
    ActionStatus.PLANNED: "mute",
    ActionStatus.RUNNING: "info",  # never the accent: a municipality may well be green
    ActionStatus.ON_HOLD: "warn",
    ActionStatus.DONE: "ok",
    ActionStatus.PARTLY_DONE: "ok",
    ActionStatus.STOPPED: "danger",
    ActionStatus.POSTPONED: "mute",
}
LIGHT_TONES = {Light.GREEN: "ok", Light.AMBER: "warn", Light.RED: "danger"}
LIGHT_ICONS = {
    Light.GREEN: "circle-check",
    Light.AMBER: "alert-triangle",
    Light.RED: "alert-octagon",
}
NOT_APPLICABLE = "nvt"


def status_badge(status: str) -> SafeString:
    return _status_badge(status, get_language())


def light_badge(light: str) -> SafeString:
    return _light_badge(light, get_language())


ANSWER_TONES = {
    ShareAnswer.ASKED: "warn",
    ShareAnswer.ACCEPTED: "ok",
    ShareAnswer.DECLINED: "danger",
}


def answer_badge(answer: str) -> SafeString:
    """What a partner said to what was shared with it."""
    return _answer_badge(answer, get_language())


@lru_cache(maxsize=16)
def _answer_badge(answer: str, language: str | None) -> SafeString:  # noqa: ARG001 - part of the key
    given = ShareAnswer(answer)
    return badge(str(given.label), ANSWER_TONES[given])


# A page draws the same few badges hundreds of times; the language decides their words.


@lru_cache(maxsize=64)
def _status_badge(status: str, language: str | None) -> SafeString:  # noqa: ARG001 - part of the key
    return badge(str(ActionStatus(status).label), STATUS_TONES[ActionStatus(status)])


@lru_cache(maxsize=16)
def _light_badge(light: str, language: str | None) -> SafeString:  # noqa: ARG001 - part of the key
    if not light:
        return badge(_("Niet van toepassing"), "mute", "circle-minus")
    found = Light(light)
    return badge(str(found.label), LIGHT_TONES[found], LIGHT_ICONS[found])


@lru_cache(maxsize=512)
def _progress(value: int, light: str, language: str | None) -> SafeString:  # noqa: ARG001
    tone = LIGHT_TONES[Light(light)] if light else ""
    return progress(value, _("Voortgang"), tone)


def period(action: Action) -> str:
    """When it runs, in words."""
    if action.structural and not action.due:
        return _("doorlopend")
    if action.structural:
        return _("doorlopend, tot %s") % in_figures(action.due)
    if action.start and action.due:
        return f"{in_figures(action.start)} – {in_figures(action.due)}"
    if action.due:
        return _("tot %s") % in_figures(action.due)
    return _("vanaf %s") % in_figures(action.start) if action.start else _("nog niet bepaald")


def is_late(action: Any, on: dt.date) -> bool:
    """The same rule as `is_overdue`, for a row that is loaded already."""
    late: bool = action.due is not None and action.due < on
    return late and action.status in ACTION_OPEN


def _end(action: Any, *, late: bool) -> str:
    if action.structural and not late:
        return _("doorlopend")
    return in_figures(action.due) or "–"


def lead_note(action: Any) -> str:
    """What is wrong with the lead, if anything; an accepted lead needs no words."""
    if action.lead_partner_id is None:
        return _("geen trekker")
    if action.lead_answer == LeadAnswer.ASKED:
        return _("nog niet aanvaard")
    if action.lead_answer == LeadAnswer.DECLINED:
        return _("geweigerd")
    return "" if action.lead_answer else _("nog niet gevraagd")


# What a row of the list reads; named tuples cost half of what four joined objects do.
COLUMNS = (
    "pk",
    "code",
    "title",
    "status",
    "light",
    "progress",
    "due",
    "structural",
    "last_update_on",
    "lead_answer",
    "quick_win",
    "revision_id",
    "lead_partner_id",
    "lead_partner__name",
    "sub_theme__domain__number",
    "sub_theme__domain__title",
)


def table_rows(rows: Iterable[Any], *, on: dt.date, group: str = "") -> Iterator[dict[str, Any]]:
    """One dict per row of the action list, from `values_list(*COLUMNS, named=True)`.

    `heading` is set where a new group begins.
    """
    prefix, suffix = reverse("plans:action", args=[0]).split("0")
    language = get_language()
    before = None
    for row in rows:
        name, late = group_name(row, group), is_late(row, on)
        yield {
            "pk": row.pk,
            "code": row.code,
            "title": row.title,
            "url": f"{prefix}{row.pk}{suffix}",
            "domain": row.sub_theme__domain__title,
            "lead": row.lead_partner__name or "–",
            "lead_note": lead_note(row),
            "status": _status_badge(row.status, language),
            "light": _light_badge(row.light, language),
            "progress": _progress(row.progress, row.light, language),
            "due": _end(row, late=late),
            "late": late,
            "news": in_figures(row.last_update_on) or "–",
            "is_new": row.revision_id is not None,
            "quick_win": row.quick_win,
            "heading": name if name != before else "",
        }
        before = name


def group_name(row: Any, group: str) -> str:
    if group == "domein":
        return f"{row.sub_theme__domain__number}. {row.sub_theme__domain__title}"
    if group == "trekker":
        return row.lead_partner__name or _("Zonder trekker")
    return ""


EXPORT_COLUMNS = (
    gettext_lazy("Code"),
    gettext_lazy("Titel"),
    gettext_lazy("Domein"),
    gettext_lazy("Deelthema"),
    gettext_lazy("Dimensie"),
    gettext_lazy("Trekker"),
    gettext_lazy("Verantwoordelijke"),
    gettext_lazy("Antwoord van de trekker"),
    gettext_lazy("Status"),
    gettext_lazy("Verkeerslicht"),
    gettext_lazy("Voortgang (%)"),
    gettext_lazy("Begint"),
    gettext_lazy("Eindigt"),
    gettext_lazy("Doorlopend"),
    gettext_lazy("Laatst bijgewerkt"),
    gettext_lazy("Te laat"),
    gettext_lazy("Quick win"),
    gettext_lazy("Nieuw sinds goedkeuring"),
    gettext_lazy("Vertrouwelijkheid"),
    gettext_lazy("Waarom"),
    gettext_lazy("Wat we doen"),
    gettext_lazy("Verwacht resultaat"),
)


def export_row(action: Action, *, on: dt.date) -> list[Cell]:
    """One action under EXPORT_COLUMNS."""
    return [
        action.code,
        action.title,
        str(action.sub_theme.domain),
        str(action.sub_theme),
        action.get_dimension_display(),
        str(action.lead_partner or ""),
        str(action.lead_person or ""),
        action.get_lead_answer_display(),
        action.get_status_display(),
        action.get_light_display() or _("Niet van toepassing"),
        action.progress,
        action.start,
        action.due,
        _yes(action.structural),
        action.last_update_on,
        _yes(is_late(action, on)),
        _yes(action.quick_win),
        _yes(action.is_new_since_adoption),
        action.get_confidentiality_display(),
        action.why,
        action.how,
        action.expected_result,
    ]


def _yes(flag: bool) -> str:  # noqa: FBT001
    return _("ja") if flag else ""
