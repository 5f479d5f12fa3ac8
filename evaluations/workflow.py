"""The life of an evaluation, as a table. Nothing in here touches the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class EvaluationStatus(models.TextChoices):
    PLANNED = "gepland", _("Gepland")
    BUSY = "bezig", _("Bezig")
    REVIEW = "ter bespreking", _("Ter bespreking")
    ESTABLISHED = "vastgesteld", _("Vastgesteld")
    DROPPED = "vervallen", _("Vervallen")


class EvaluationKind(models.TextChoices):
    INTERIM = "tussentijds", _("Tussentijdse evaluatie")
    MID_TERM = "halfweg", _("Evaluatie halfweg")
    FINAL = "eind", _("Eindevaluatie")


class Judgement(models.TextChoices):
    CONTINUE = "verderzetten", _("Verderzetten")
    ADJUST = "bijsturen", _("Bijsturen")
    STOP = "stoppen", _("Stoppen")


@dataclass(frozen=True, slots=True)
class Step:
    """One way from a status to the next."""

    name: str
    source: str
    target: str
    label: str | _StrPromise
    needs_reason: bool = False
    needs_judgement: bool = False
    # Undoing what was established is for who keeps all evaluations.
    keepers_only: bool = False


S = EvaluationStatus
STEPS = (
    Step("beginnen", S.PLANNED, S.BUSY, _("Evaluatie beginnen")),
    Step("laten-vervallen", S.PLANNED, S.DROPPED, _("Laten vervallen"), needs_reason=True),
    Step("toch-plannen", S.DROPPED, S.PLANNED, _("Toch plannen"), needs_reason=True),
    Step("voorleggen", S.BUSY, S.REVIEW, _("Ter bespreking leggen")),
    Step("terug-naar-gepland", S.BUSY, S.PLANNED, _("Terug naar gepland"), needs_reason=True),
    Step("terug-naar-bezig", S.REVIEW, S.BUSY, _("Terug naar bezig"), needs_reason=True),
    Step("vaststellen", S.REVIEW, S.ESTABLISHED, _("Vaststellen"), needs_judgement=True),
    Step("heropenen", S.ESTABLISHED, S.REVIEW, _("Heropenen"), needs_reason=True,
         keepers_only=True),
)  # fmt: skip

# Somebody still has to do something.
OPEN = frozenset({S.PLANNED, S.BUSY, S.REVIEW})
# The text may change, and participants may answer.
WRITABLE = frozenset({S.BUSY, S.REVIEW})
# From here on participants know of it.
ASKED = WRITABLE | {S.ESTABLISHED}


def steps_from(status: str) -> list[Step]:
    return [step for step in STEPS if step.source == status]


def find(steps: list[Step], name: str) -> Step | None:
    return next((step for step in steps if step.name == name), None)
