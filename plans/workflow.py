"""The life of a plan and of an action, as tables. Nothing in here touches the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class PlanStatus(models.TextChoices):
    CONCEPT = "concept", _("Concept")
    DRAFT = "ontwerp", _("Ontwerp")
    DISCUSSION = "in bespreking", _("In bespreking")
    EDITING = "eindredactie", _("Eindredactie")
    ADOPTED = "goedgekeurd", _("Goedgekeurd")
    RUNNING = "lopend", _("Lopend")
    CLOSED = "afgesloten", _("Afgesloten")
    ARCHIVED = "gearchiveerd", _("Gearchiveerd")


class ActionStatus(models.TextChoices):
    IDEA = "idee", _("Idee")
    PROPOSED = "voorgesteld", _("Voorgesteld")
    APPROVED = "goedgekeurd", _("Goedgekeurd")
    PLANNED = "gepland", _("Gepland")
    RUNNING = "lopend", _("Lopend")
    ON_HOLD = "opgeschort", _("Opgeschort")
    DONE = "gerealiseerd", _("Gerealiseerd")
    PARTLY_DONE = "gedeeltelijk gerealiseerd", _("Gedeeltelijk gerealiseerd")
    STOPPED = "stopgezet", _("Stopgezet")
    POSTPONED = "verdaagd", _("Verdaagd naar volgende editie")


class Light(models.TextChoices):
    """How an action goes, apart from its status. Empty means: does not apply."""

    GREEN = "groen", _("Op schema")
    AMBER = "oranje", _("Aandacht")
    RED = "rood", _("Vertraagd")


class LeadAnswer(models.TextChoices):
    """What the asked lead said. Empty means: nobody was asked yet."""

    ASKED = "gevraagd", _("Nog niet aanvaard")
    ACCEPTED = "aanvaard", _("Aanvaard")
    DECLINED = "geweigerd", _("Geweigerd")


class Who(models.TextChoices):
    """Who takes a step: the coordinator, or also the lead of the action."""

    COORDINATOR = "coordinator", _("de coördinator")
    LEAD = "lead", _("de trekker of de coördinator")


@dataclass(frozen=True, slots=True)
class Step:
    """One way from a status to the next."""

    name: str
    source: str
    target: str
    label: str | _StrPromise
    who: Who = Who.COORDINATOR
    needs_reason: bool = False
    # The step records who decided, when and under which number.
    needs_decision: bool = False
    # "goedgekeurd" asks a measure and a timing; without them a reason is needed, and logged.
    needs_quality: bool = False


P = PlanStatus
PLAN_STEPS = (
    Step("ontwerpen", P.CONCEPT, P.DRAFT, _("Ontwerp maken")),
    Step("bespreken", P.DRAFT, P.DISCUSSION, _("Ter bespreking leggen")),
    Step("terug-naar-concept", P.DRAFT, P.CONCEPT, _("Terug naar concept"), needs_reason=True),
    Step("redigeren", P.DISCUSSION, P.EDITING, _("Eindredactie starten")),
    Step("terug-naar-ontwerp", P.DISCUSSION, P.DRAFT, _("Terug naar ontwerp"), needs_reason=True),
    Step("goedkeuren", P.EDITING, P.ADOPTED, _("Goedkeuring vastleggen"), needs_decision=True),
    Step("terug-naar-bespreking", P.EDITING, P.DISCUSSION, _("Terug naar bespreking"),
         needs_reason=True),
    Step("starten", P.ADOPTED, P.RUNNING, _("Uitvoering starten")),
    Step("afsluiten", P.RUNNING, P.CLOSED, _("Plan afsluiten"), needs_decision=True),
    Step("heropenen", P.CLOSED, P.RUNNING, _("Plan heropenen"), needs_reason=True),
    Step("archiveren", P.CLOSED, P.ARCHIVED, _("Archiveren")),
)  # fmt: skip

A = ActionStatus
LEAD = Who.LEAD
ACTION_STEPS = (
    Step("voorstellen", A.IDEA, A.PROPOSED, _("Voorstellen")),
    Step("terug-naar-idee", A.PROPOSED, A.IDEA, _("Terug naar idee"), needs_reason=True),
    Step("goedkeuren", A.PROPOSED, A.APPROVED, _("Goedkeuren"), needs_quality=True),
    Step("inplannen", A.APPROVED, A.PLANNED, _("Inplannen")),
    Step("starten", A.APPROVED, A.RUNNING, _("Starten"), LEAD),
    Step("starten", A.PLANNED, A.RUNNING, _("Starten"), LEAD),
    Step("opschorten", A.PLANNED, A.ON_HOLD, _("Opschorten"), needs_reason=True),
    Step("opschorten", A.RUNNING, A.ON_HOLD, _("Opschorten"), needs_reason=True),
    Step("hervatten", A.ON_HOLD, A.RUNNING, _("Hervatten"), LEAD),
    Step("realiseren", A.RUNNING, A.DONE, _("Gerealiseerd"), LEAD),
    Step("deels-realiseren", A.RUNNING, A.PARTLY_DONE, _("Gedeeltelijk gerealiseerd"), LEAD,
         needs_reason=True),
    Step("stopzetten", A.PROPOSED, A.STOPPED, _("Stopzetten"), needs_reason=True),
    Step("stopzetten", A.APPROVED, A.STOPPED, _("Stopzetten"), needs_reason=True),
    Step("stopzetten", A.PLANNED, A.STOPPED, _("Stopzetten"), needs_reason=True),
    Step("stopzetten", A.RUNNING, A.STOPPED, _("Stopzetten"), needs_reason=True),
    Step("stopzetten", A.ON_HOLD, A.STOPPED, _("Stopzetten"), needs_reason=True),
    Step("verdagen", A.PLANNED, A.POSTPONED, _("Verdagen naar volgende editie"),
         needs_reason=True),
    Step("verdagen", A.RUNNING, A.POSTPONED, _("Verdagen naar volgende editie"),
         needs_reason=True),
    Step("verdagen", A.ON_HOLD, A.POSTPONED, _("Verdagen naar volgende editie"),
         needs_reason=True),
    Step("heropenen", A.DONE, A.RUNNING, _("Heropenen"), needs_reason=True),
    Step("heropenen", A.PARTLY_DONE, A.RUNNING, _("Heropenen"), needs_reason=True),
    Step("heropenen", A.STOPPED, A.RUNNING, _("Heropenen"), needs_reason=True),
    Step("heropenen", A.POSTPONED, A.PLANNED, _("Heropenen"), needs_reason=True),
)  # fmt: skip

# Before adoption the text is free; after it, it changes through a bijsturing only.
PLAN_IN_THE_MAKING = frozenset({P.CONCEPT, P.DRAFT, P.DISCUSSION, P.EDITING})
PLAN_IN_FORCE = frozenset({P.ADOPTED, P.RUNNING})
PLAN_OVER = frozenset({P.CLOSED, P.ARCHIVED})

# Actions somebody works on or will; only these can be late or without news.
ACTION_UNDERWAY = frozenset({A.RUNNING})
ACTION_OPEN = frozenset({A.APPROVED, A.PLANNED, A.RUNNING, A.ON_HOLD})
ACTION_REALISED = frozenset({A.DONE, A.PARTLY_DONE})
# What was decided upon: ideas and proposals do not count in progress.
ACTION_DECIDED = frozenset(A) - {A.IDEA, A.PROPOSED}
# A lead is needed from here on.
ACTION_NEEDS_LEAD = ACTION_OPEN | ACTION_REALISED

NEEDS_EXPLANATION = frozenset({Light.AMBER, Light.RED})


def plan_steps_from(status: str) -> list[Step]:
    return [step for step in PLAN_STEPS if step.source == status]


def action_steps_from(status: str) -> list[Step]:
    return [step for step in ACTION_STEPS if step.source == status]


def find(steps: list[Step], name: str) -> Step | None:
    return next((step for step in steps if step.name == name), None)
