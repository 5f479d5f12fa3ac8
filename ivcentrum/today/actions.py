"""What waits in the actions: one query for a person's own actions and those they watch over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import BooleanField, ExpressionWrapper, Q, Value
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from ivcentrum.today.task import SHOWN, Line, Task, Urgency
from plans.models import Action, Plan
from plans.models.actions import (
    is_overdue,
    is_without_news,
    lacks_active_lead,
    led_by,
    work_of_lead,
)
from plans.models.plan import in_scope
from plans.workflow import ACTION_OPEN, NEEDS_EXPLANATION, LeadAnswer, Light

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User

DAYS_WITHOUT_NEWS = 90
READERS_OF_TROUBLE = (Right.REPORT_READ_CORE, Right.REPORT_READ_COLLEGE)


@dataclass(frozen=True, slots=True)
class Matter:
    """A reason to look at actions: whose, which, in what words, and where it is done."""

    urgency: Urgency
    title: str | _StrPromise
    action: str | _StrPromise
    tone: str
    icon: str
    holds: Callable[[Any], bool]
    note: Callable[[Any], str | _StrPromise]
    filter: tuple[tuple[str, str], ...] = ()  # none: the page "Mijn acties"

    @property
    def url(self) -> str:
        if not self.filter:
            return reverse("plans:mine")
        return f"{reverse('plans:actions')}?{urlencode(self.filter)}"


def _due(action: Any) -> str:
    return str(_("einde %s") % date_format(action.due, "j b Y")) if action.due else ""


def _news(action: Any) -> str | _StrPromise:
    if not action.last_update_on:
        return _("nog geen nieuws")
    return str(_("laatste nieuws %s") % date_format(action.last_update_on, "j b Y"))


def _lead(action: Any) -> str:
    answer = LeadAnswer(action.lead_answer).label if action.lead_answer else _("nog niet gevraagd")
    return f"{action.lead_partner.name}: {answer}" if action.lead_partner else str(answer)


def _stands_on(light: Light) -> Callable[[Any], bool]:
    """Still to do, and not going well."""
    return lambda action: action.read and action.troubled and action.light == light


MATTERS = (
    Matter(Urgency.ASKED, _("Acties die je gevraagd zijn"), _("Aanvaard of weiger"),
           "accent", "hand-stop", lambda a: a.mine and a.work == "asked", _due),
    Matter(Urgency.OWN_LATE, _("Jouw acties die te laat zijn"), _("Werk ze bij"),
           "danger", "clock", lambda a: a.mine and a.work == "late", _due),
    Matter(Urgency.OWN_SILENT, _("Jouw acties om bij te werken"), _("Werk ze bij"),
           "warn", "message", lambda a: a.mine and a.work == "silent", _news),
    Matter(Urgency.RED, _("Acties op rood"), _("Bekijk oorzaak en voorstel"),
           "danger", "alert-octagon", _stands_on(Light.RED), _due,
           (("stand", Light.RED.value), ("toon", "open"))),
    Matter(Urgency.LATE, _("Acties over hun einddatum"), _("Volg ze op"),
           "danger", "clock", lambda a: a.watched and a.late, _due, (("toon", "te-laat"),)),
    Matter(Urgency.LEADERLESS, _("Acties zonder actieve trekker"), _("Vraag een trekker"),
           "warn", "user-check", lambda a: a.watched and a.leaderless, _lead,
           (("toon", "zonder-trekker"),)),
    Matter(Urgency.AMBER, _("Acties op oranje"), _("Bekijk oorzaak en voorstel"),
           "warn", "alert-triangle", _stands_on(Light.AMBER), _due,
           (("stand", Light.AMBER.value), ("toon", "open"))),
    Matter(Urgency.SILENT, _("Acties zonder recent nieuws"), _("Vraag een stand van zaken"),
           "warn", "message", lambda a: a.watched and a.silent, _news,
           (("toon", "zonder-nieuws"),)),
)  # fmt: skip


def tasks(user: User, *, on: dt.date) -> Iterable[Task]:
    found = list(_waiting(user, on))
    for matter in MATTERS:
        rows = [action for action in found if matter.holds(action)]
        yield Task(
            matter.urgency,
            matter.title,
            len(rows),
            matter.url,
            matter.action,
            matter.tone,
            matter.icon,
            tuple(_line(action, matter) for action in rows[:SHOWN]),
        )


def _line(action: Any, matter: Matter) -> Line:
    return Line(action.title, action.get_absolute_url(), action.code, matter.note(action))


def _waiting(user: User, on: dt.date) -> Iterable[Action]:
    """The actions with something to do about them, each with the answers the matters ask."""
    reads = any(user.has_right(right) for right in READERS_OF_TROUBLE)
    if not reads and not user.has_right(Right.ACTION_UPDATE):
        return []
    rules = {
        "late": is_overdue(on=on),
        "silent": is_without_news(on=on, days=DAYS_WITHOUT_NEWS),
        "leaderless": lacks_active_lead(),
        "mine": led_by(user) if user.has_right(Right.ACTION_UPDATE) else Q(pk__in=[]),
        "troubled": Q(status__in=ACTION_OPEN, light__in=NEEDS_EXPLANATION),
        "watched": Q(plan__in=Plan.objects.filter(in_scope(user, Right.PLAN_EDIT))),
    }
    wrong = rules["late"] | rules["silent"] | rules["leaderless"] | rules["troubled"]
    answers = {
        name: ExpressionWrapper(rule, output_field=BooleanField()) for name, rule in rules.items()
    }
    seen = Action.objects.visible_to(user).of_plans_in_force().current()
    judged = seen.annotate(**answers, read=Value(reads), work=work_of_lead(on=on))
    rows = judged.filter(wrong | Q(rules["mine"], work__isnull=False))
    shown = rows.select_related("lead_partner")
    return shown.only("code", "title", "due", "light", "lead_answer", "last_update_on",
                      "lead_partner__name").order_by("due", "pk")  # fmt: skip
