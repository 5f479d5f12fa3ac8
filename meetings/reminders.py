"""What was decided and has to be done by a day: who does it hears of it in time."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from meetings.models import Resolution
from reminders.rules import Moments, Rule, Rung


def _to_carry_out(on: dt.date, ahead: int) -> QuerySet[Resolution]:
    until = on + dt.timedelta(days=ahead)
    return Resolution.objects.open().filter(due__lte=until).annotate(due_on=F("due"))


RULES = (
    Rule(
        code="beslissing-uitvoeren",
        name=_("Beslissingen om uit te voeren"),
        coming=_("Voer uit wat beslist is, en zeg daarna wat ervan kwam."),
        late=_("Wat beslist is, moest al klaar zijn. Zeg wat ervan kwam, of waarom het niet lukt."),
        rows=_to_carry_out,
        place="municipality",
        ref="number",
        title="text",
        level="confidentiality",
        url_name="meetings:resolution",
        partner="owner",
        right=Right.ACTION_UPDATE,
        moments=Moments(before=(14, 3), after=(1, 14), every=30,
                        escalation=((Rung.COORDINATOR, 14), (Rung.CORE_GROUP, 45))),
    ),
)  # fmt: skip
