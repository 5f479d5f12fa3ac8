"""What meldingen and rounds ask, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from meldingen.models import Melding, Route
from reminders.rules import Moments, Rule, Rung

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet


def _beyond_norm(on: dt.date, _ahead: int) -> QuerySet[Melding]:
    return Melding.objects.beyond_norm(on=on).annotate(due_on=F("due"))


def _waiting(on: dt.date, _ahead: int) -> QuerySet[Melding]:
    return Melding.objects.waiting_too_long(on=on)


def _missed(on: dt.date, _ahead: int) -> QuerySet[Route]:
    return Route.objects.current().missed_lately(on=on)


RULES = (
    Rule(
        code="melding-norm",
        name=_("Meldingen voorbij de norm"),
        when=_("norm %(day)s"),
        coming=_("Behandel de melding, of zeg waarom het langer duurt."),
        late=_("De norm is voorbij. Behandel de melding, of zeg waarom het langer duurt."),
        rows=_beyond_norm,
        place="municipality",
        ref="number",
        title="category__name",
        level="confidentiality",
        url_name="meldingen:melding",
        person="assignee",
        partner="handler",
        right=Right.MELDING_HANDLE,
        moments=Moments(after=(1, 5), every=7,
                        escalation=((Rung.DEPUTY, 5), (Rung.COORDINATOR, 10))),
    ),
    Rule(
        code="melding-wacht",
        name=_("Meldingen die te lang op een ander wachten"),
        when=_("na te vragen sinds %(day)s"),
        coming=_("Vraag hoe het ervoor staat, of neem de melding weer op."),
        late=_("Vraag hoe het ervoor staat, of neem de melding weer op."),
        rows=_waiting,
        place="municipality",
        ref="number",
        title="category__name",
        level="confidentiality",
        url_name="meldingen:melding",
        person="assignee",
        partner="handler",
        right=Right.MELDING_HANDLE,
        moments=Moments(after=(0, 7), every=14,
                        escalation=((Rung.DEPUTY, 14), (Rung.COORDINATOR, 28))),
    ),
    Rule(
        code="ronde-gemist",
        name=_("Rondes die niemand deed"),
        when=_("op %(day)s"),
        coming=_("Zeg waarom, of doe de ronde vandaag."),
        late=_("Zeg waarom, of doe de ronde vandaag."),
        rows=_missed,
        place="municipality",
        ref="name",
        title=Value(""),
        url_name="meldingen:round-explain",
        target=Concat(Cast("pk", CharField()), Value("/"), Cast("due_on", CharField())),
        right=Right.ROUND_WALK,
        moments=Moments(after=(1,), escalation=((Rung.COORDINATOR, 3),)),
    ),
)  # fmt: skip
