"""Evaluations that come, are due or are late: whoever has to hold them hears of it."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from evaluations.models import Evaluation, Participant
from reminders.rules import Moments, Rule, Rung, in_space


def _level(at: str = "") -> Coalesce:
    """As strict as what it is about."""
    paths = ("action", "agreement", "goal__sub_theme__domain__plan", "domain__plan", "plan")
    return Coalesce(*(f"{at}{path}__confidentiality" for path in paths))


def _to_hold(on: dt.date, ahead: int) -> QuerySet[Evaluation]:
    until = on + dt.timedelta(days=ahead)
    return Evaluation.objects.open().filter(planned_on__lte=until).annotate(due_on=F("planned_on"))


def _asked_people(_on: dt.date, _ahead: int) -> QuerySet[Participant]:
    return Participant.objects.waiting().filter(partner=None).with_day_asked()


def _asked_partners(_on: dt.date, _ahead: int) -> QuerySet[Participant]:
    return Participant.objects.waiting().filter(person=None).with_day_asked()


def _asked_rule(code: str, name: object, **more: object) -> Rule:
    """Somebody is asked for an opinion. No answer is a matter for who holds the evaluation."""
    asks = _("De gemeente vraagt je mening over de samenwerking: drie korte vragen.")
    return Rule(
        code=code, name=name, coming=asks, late=asks, when=_("gevraagd op %(day)s"),  # type: ignore[arg-type]
        place="evaluation__municipality", ref=Value(""), title="evaluation__title",
        moments=Moments(after=(0, 7, 14), every=14), **more,  # type: ignore[arg-type]
    )  # fmt: skip


RULES = (
    Rule(
        code="evaluatie",
        name=_("Evaluaties"),
        coming=_("Bereid de evaluatie voor: wie doet mee, en wat wil je weten?"),
        late=_("De evaluatie had al moeten gebeuren. Hou ze, of kies een andere dag."),
        rows=_to_hold,
        place="municipality",
        ref=Coalesce(
            "action__code",
            "agreement__code",
            "goal__sub_theme__code",
            "domain__plan__code",
            "plan__code",
        ),
        title="title",
        level=_level(),
        url_name="evaluations:detail",
        person="responsible",
        deputy="deputy",
        right=Right.PLAN_READ,
        moments=Moments(before=(30, 7), after=(1, 14), every=30,
                        escalation=((Rung.DEPUTY, 7), (Rung.COORDINATOR, 14), (Rung.CORE_GROUP, 60))),
    ),
    _asked_rule(
        "evaluatie-mening",
        _("Evaluaties die je mening vragen"),
        rows=_asked_people,
        level=_level("evaluation__"),
        url_name="evaluations:answer",
        person="person",
        right=Right.PLAN_READ,
    ),
    _asked_rule(
        "evaluatie-partner",
        _("Jullie mening bij een evaluatie"),
        rows=_asked_partners,
        url_name="evaluation-space:answer",
        partner="partner",
        door=in_space,
        right=Right.SPACE_USE,
    ),
)  # fmt: skip
