"""Evaluations that come, are due or are late: whoever has to hold them hears of it."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from evaluations.models import Evaluation
from reminders.rules import Moments, Rule, Rung


def _to_hold(on: dt.date, ahead: int) -> QuerySet[Evaluation]:
    until = on + dt.timedelta(days=ahead)
    return Evaluation.objects.open().filter(planned_on__lte=until).annotate(due_on=F("planned_on"))


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
        level=Coalesce(
            "action__confidentiality",
            "agreement__confidentiality",
            "goal__sub_theme__domain__plan__confidentiality",
            "domain__plan__confidentiality",
            "plan__confidentiality",
        ),
        url_name="evaluations:detail",
        person="responsible",
        right=Right.PLAN_READ,
        moments=Moments(before=(30, 7), after=(1, 14), every=30,
                        escalation=((Rung.COORDINATOR, 14), (Rung.CORE_GROUP, 60))),
    ),
)  # fmt: skip
