"""Everything one action's page shows, loaded in a fixed number of questions to the database."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood
from core.charts import Chart, Reading, sparkline_to_target
from core.models import ref
from core.permissions import Verdict
from partners.agreement_rows import commitment_badge
from partners.models import GoodPractice
from plans import permissions
from plans.models import Action, ActionCommitment, Indicator, Principle, RelatedPlan
from plans.models.actions import ActionQuerySet
from plans.operations.actions import has_quality
from plans.rows import is_late, lead_note, light_badge, period, status_badge
from plans.timeline import timeline
from plans.workflow import ActionStatus, LeadAnswer, action_steps_from

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User
    from plans.models import Attachment, BudgetLine
    from plans.workflow import Step

LOADED = (
    "plan__municipality",
    "plan__zone",
    "sub_theme__domain",
    "goal",
    "year_theme",
    "lead_partner",
    "lead_person",
    "revision",
)


def load(user: User, pk: int) -> Action:
    """The action with the names of what it refers to, in one question."""
    actions: ActionQuerySet = Action.objects.visible_to(user).select_related(*LOADED)
    found = actions.filter(pk=pk).annotate(
        principle_names=_names(Principle, "title"),
        related_names=_names(RelatedPlan, "name"),
        place_names=_names(Neighbourhood, "name"),
        practice_rows=_practices(user),
    )
    action = found.first()
    if action is None:
        raise Http404
    return action


def _practices(user: User) -> ArraySubquery:
    """The good practices it is based on, that this person reads."""
    seen = GoodPractice.objects.visible_to(user).filter(actions=OuterRef("pk"))
    return ArraySubquery(seen.values(row=JSONObject(pk="pk", title="title")))


def _names(model: Any, field: str) -> ArraySubquery:
    return ArraySubquery(model.objects.filter(actions=OuterRef("pk")).values(field))


@dataclass(frozen=True, slots=True)
class StepButton:
    """A step from here: a button, or a link to the page that asks the reason first."""

    step: Step
    verdict: Verdict
    url: str
    asks: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator with its picture and what it reads now."""

    indicator: Indicator
    now: str
    target: str
    chart: Chart


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the five marks of a good action, and what would help."""

    label: str | _StrPromise
    met: bool
    hint: str | _StrPromise


@dataclass(frozen=True, slots=True)
class Budget:
    """The lines with their totals."""

    lines: list[BudgetLine]

    @property
    def planned(self) -> Decimal:
        return sum((line.planned for line in self.lines), Decimal(0))

    @property
    def committed(self) -> Decimal:
        return sum((line.committed for line in self.lines), Decimal(0))

    @property
    def spent(self) -> Decimal:
        return sum((line.spent for line in self.lines), Decimal(0))


def step_buttons(action: Action, user: User, quality: Verdict) -> list[StepButton]:
    """The steps from here, with why one cannot be taken now."""
    return [
        StepButton(
            step,
            permissions.may_take_action_step(user, action, step),
            reverse("plans:action-step", args=[action.pk, step.name]),
            asks=step.needs_reason or (step.needs_quality and not quality),
        )
        for step in action_steps_from(action.status)
    ]


def measures(action: Action) -> list[Measure]:
    rows = action.indicators.filter(archived_at=None).prefetch_related("values")
    return [_measure(indicator) for indicator in rows]


def _measure(indicator: Indicator) -> Measure:
    values = list(indicator.values.all())
    chart = sparkline_to_target(
        indicator.title,
        [Reading(value.on, value.value) for value in values],
        baseline=indicator.baseline,
        target=indicator.target,
    )
    last = values[-1].value if values else indicator.baseline
    return Measure(indicator, indicator.show(last), indicator.show(indicator.target), chart)


def criteria(action: Action, found: list[Measure], budget: Budget) -> list[Criterion]:
    """Realistisch, aanvaardbaar, op maat, meetbaar en met een timing."""
    targets = [measure for measure in found if measure.indicator.target is not None]
    return [
        Criterion(
            _("Realistisch"),
            bool(action.how and budget.lines),
            _("Zeg wat je doet en met welk budget."),
        ),
        Criterion(
            _("Aanvaardbaar"),
            action.lead_answer == LeadAnswer.ACCEPTED,
            _("Laat de trekker de actie aanvaarden."),
        ),
        Criterion(_("Op maat"), bool(action.why), _("Zeg waarom dit hier nodig is.")),
        Criterion(_("Meetbaar"), bool(targets), _("Voeg een indicator met een streefwaarde toe.")),
        Criterion(
            _("Met een timing"),
            bool(action.due or action.structural),
            _("Kies een einddatum of duid de actie als doorlopend aan."),
        ),
    ]


def readable_files(action: Action, user: User) -> list[Attachment]:
    files = action.attachments.filter(archived_at=None)
    return [row for row in files if permissions.may_read_attachment(user, row)]


def promises_of(action: Action, user: User) -> list[dict[str, Any]]:
    """What the action rests on, as far as this person reads those agreements."""
    rows = ActionCommitment.objects.visible_to(user).filter(action=action)
    loaded = rows.select_related("commitment__party__partner", "commitment__party__agreement")
    return [{"link": row, "badge": commitment_badge(row.commitment)} for row in loaded]


def action_page(action: Action, user: User, number: int = 1) -> dict[str, Any]:
    """The context of `plans/action_detail.html`."""
    inside = permissions.may_read_inside(user, action)
    found = measures(action)
    budget = Budget(list(action.budget_lines.all()) if inside else [])
    quality = has_quality(action, measured=bool(found))
    files = readable_files(action, user)
    may_edit = permissions.may_edit(user, action.plan)
    may_update = permissions.may_update(user, action)
    may_step = may_edit or may_update  # who only reads it has no use for them
    preparing = action.status in {ActionStatus.IDEA, ActionStatus.PROPOSED}
    return {
        "action": action,
        "inside": inside,
        "status": status_badge(action.status),
        "light": light_badge(action.light),
        "late": is_late(action, timezone.localdate()),
        "period": period(action),
        "lead_note": lead_note(action),
        "practices": action.practice_rows,  # type: ignore[attr-defined]  # annotated in load()
        "partner_roles": action.partner_roles.select_related("partner"),
        "measures": found,
        "budget": budget,
        "attachments": files,
        "promises": promises_of(action, user),
        "may_step": may_step,
        "steps": step_buttons(action, user, quality) if may_step else [],
        "criteria": criteria(action, found, budget) if may_edit and preparing else [],
        "may_edit": may_edit,
        "may_revise": permissions.may_revise(user, action.plan),
        "may_update": may_update,
        "may_attach": permissions.may_attach(user, action),
        "may_answer": permissions.may_answer_lead(user, action),
        "sees_plan": inside,
        "sees_sharing": permissions.may_read_sharing(user, action),
        "timeline": timeline(
            action, inside=bool(inside), readable=[ref(row) for row in files], number=number
        ),
    }
