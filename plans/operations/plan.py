"""The plan as a whole: its steps, its bijsturingen, its versions."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import history, receipts
from core.forms import CreateForm, OvertakenError, VersionedModelForm, save_edit
from plans import permissions
from plans.models import Decision, Plan, PlanRevision, PlanUserPermission, PlanVersion
from plans.snapshot import plan_as_json, same_text
from plans.workflow import PlanStatus

if TYPE_CHECKING:
    from accounts.models import User
    from plans.workflow import Step


class MovedError(OvertakenError):
    """Someone else took a step first."""

    message = _("Iemand anders was je voor: de status is intussen gewijzigd.")


@dataclass(frozen=True, slots=True)
class DecisionData:
    """What a body decided, as a form hands it over."""

    body: str
    on: dt.date
    number: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class RevisionData:
    """Why the text of an adopted plan changes, and who decided that."""

    reason: str
    decision: str
    decided_on: dt.date
    text: str = ""


def free_code(plan: Plan, kind: str, edition: int) -> str:
    """A short name for addresses, such as IVP-ZAN-2; with a letter added where it is taken."""
    stem = f"{kind}-{plan.owner.code}-{edition}".upper()[:28]
    taken = set(Plan.objects.filter(code__istartswith=stem).values_list("code", flat=True))
    names = [stem, *(f"{stem}{letter}" for letter in "BCDEFGHIJKLMNOPQRSTUVWXYZ")]
    return next(name for name in names if name not in taken)


@transaction.atomic
def make_plan(form: CreateForm[Plan], *, by: User) -> Plan:
    """Make a plan from its first facts, once per form token."""
    permissions.may_make_edition(by, form.instance).or_403()

    def make() -> Plan:
        plan = form.save()
        history.record("plan.made", plan, by=by)
        return plan

    return receipts.once(form.cleaned_data["form_token"], Plan, make, by=by)


def set_level(form: VersionedModelForm[Plan], *, by: User) -> Plan:
    """Change who reads the plan: a logged change, no bijsturing."""
    permissions.may_decide(by, form.instance).or_403()
    return save_edit(form, by=by)


@transaction.atomic
def record_decision(form: CreateForm[Decision], plan: Plan, *, by: User) -> Decision:
    """Note what a body decided, without a step of the plan."""
    permissions.may_decide(by, plan).or_403()

    def make() -> Decision:
        decision = form.save()
        history.record("decision.made", decision, by=by, context=plan, happened_on=decision.on)
        return decision

    return receipts.once(form.cleaned_data["form_token"], Decision, make, by=by)


@transaction.atomic
def set_helper(plan: Plan, person: User, *, helps: bool, by: User) -> None:
    """Let a person help edit this one plan, or no longer."""
    permissions.may_grant_help(by, plan).or_403()
    already = PlanUserPermission.objects.filter(user=person, content_object=plan).exists()
    if already == helps:
        return
    (PlanUserPermission.grant if helps else PlanUserPermission.withdraw)(person, plan)
    verb = "plan.helper_granted" if helps else "plan.helper_withdrawn"
    history.record(verb, plan, by=by, reason=person.name)


@transaction.atomic
def take_plan_step(
    plan: Plan, step: Step, *, by: User, reason: str = "", decision: DecisionData | None = None
) -> None:
    permissions.may_take_plan_step(by, plan, step).or_403()
    # The WHERE on the old status claims the step: of two people at once, one wins.
    values: dict[str, object] = {"status": step.target}
    if step.target == PlanStatus.ADOPTED and decision:
        values |= {"adopted_on": decision.on, "version_label": "1.0"}
    if not Plan.objects.filter(pk=plan.pk, status=step.source).update(**values):
        raise MovedError
    plan.refresh_from_db()
    if decision:
        Decision.objects.create(
            plan=plan,
            body=decision.body,
            on=decision.on,
            number=decision.number,
            outcome=decision.outcome or str(step.label),
        )
    history.record(
        "plan.step",
        plan,
        by=by,
        changes=[history.change(plan, "status", step.source, step.target)],
        reason=reason,
        happened_on=decision.on if decision else None,
    )
    if step.target == PlanStatus.ADOPTED:
        keep_version(plan, by=by, note=str(_("Goedgekeurde tekst")))


def next_label(label: str) -> str:
    """1.0 → 1.1 → … → 1.10: the second number counts bijsturingen."""
    major, _dot, minor = label.partition(".")
    return f"{major}.{int(minor or 0) + 1}"


@transaction.atomic
def revise(plan: Plan, data: RevisionData, *, by: User) -> PlanRevision:
    """Record a bijsturing; the caller changes the text in the same transaction.

    Changes under the same decision share one bijsturing and one version number.
    """
    permissions.may_revise(by, plan).or_403()
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    same = PlanRevision.objects.filter(
        plan=plan, reason=data.reason, decision=data.decision, decided_on=data.decided_on
    ).first()
    if same:
        return same
    keep_version(plan, by=by, note=str(_("Tekst voor de bijsturing")))
    label = next_label(locked.version_label)
    Plan.objects.filter(pk=plan.pk).update(version_label=label)
    plan.version_label = label
    revision = PlanRevision.objects.create(
        plan=plan,
        version_label=label,
        reason=data.reason,
        decision=data.decision,
        decided_on=data.decided_on,
        text=data.text,
        made_by=by,
    )
    history.record("plan.revised", plan, by=by, reason=str(revision), happened_on=data.decided_on)
    return revision


@transaction.atomic
def keep_version(plan: Plan, *, by: User | None, note: str = "") -> PlanVersion:
    """Keep the whole text as it is now; the same text under the same label is kept once.

    A plan in the making then counts on: 0.3 is kept, what is written next will be 0.4.
    """
    now = Plan.objects.select_for_update().get(pk=plan.pk)
    plan.version_label = now.version_label
    text = plan_as_json(now)
    kept = plan.versions.filter(label__startswith=now.version_label)
    same = next((version for version in kept if same_text(version.snapshot, text)), None)
    if same:
        return same
    label = _free_label(now.version_label, {version.label for version in kept})
    version = PlanVersion.objects.create(
        plan=plan, label=label, snapshot=text, note=note, made_by=by
    )
    history.record("plan.version_kept", plan, by=by, reason=f"{label} {note}".strip())
    if not now.is_adopted:
        plan.version_label = next_label(now.version_label)
        Plan.objects.filter(pk=plan.pk).update(version_label=plan.version_label)
    return version


def keep_version_by_hand(plan: Plan, note: str, *, by: User) -> PlanVersion:
    """Keep the text as it is now because somebody asks for it."""
    permissions.may_edit(by, plan).or_403()
    return keep_version(plan, by=by, note=note)


def _free_label(label: str, taken: set[str]) -> str:
    """A text kept twice under one number gets a letter: 1.1, 1.1b, 1.1c."""
    names = [label, *(f"{label}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")]
    return next((name for name in names if name not in taken), f"{label}z{len(taken)}"[:10])


class TextForm(Protocol):
    """A valid form on plan text, with what it says about the bijsturing."""

    instance: Any
    cleaned_data: dict[str, Any]

    def save(self, commit: bool = True) -> Any: ...  # noqa: FBT001, FBT002 - Django's signature

    def revision_data(self) -> RevisionData | None: ...


def under_revision(plan: Plan, data: RevisionData | None, *, by: User) -> PlanRevision | None:
    """The bijsturing that a change of the text falls under; none before adoption.

    Call it inside the transaction of the change.
    """
    permissions.may_revise(by, plan).or_403()
    now = Plan.objects.select_for_update().get(pk=plan.pk)
    if not now.is_adopted:
        return None
    if data is None:  # adopted while this person was writing
        plan.status = now.status
        raise MovedError
    return revise(plan, data, by=by)


@transaction.atomic
def save_text(form: TextForm, plan: Plan, *, by: User) -> Any:
    """Save a form on the text of a plan, its history line and, once adopted, its bijsturing.

    A new row is made once per form token and marked as new since adoption; a form that changes
    nothing writes nothing.
    """
    if form.instance.pk is None:
        token: uuid.UUID = form.cleaned_data["form_token"]
        return receipts.once(
            token, type(form.instance), lambda: _save_new(form, plan, by=by), by=by
        )
    assert isinstance(form, VersionedModelForm)  # noqa: S101 - an edit always carries a version
    if not form.changes():
        permissions.may_revise(by, plan).or_403()
        return form.instance
    revision = under_revision(plan, form.revision_data(), by=by)
    return save_edit(form, by=by, context=plan, reason=str(revision or ""))


def _save_new(form: TextForm, plan: Plan, *, by: User) -> Any:
    revision = under_revision(plan, form.revision_data(), by=by)
    if hasattr(form.instance, "revision_id"):
        form.instance.revision = revision
    row = form.save()
    verb = f"{row._meta.model_name}.made"
    history.record(verb, row, by=by, context=plan, reason=str(revision or ""))
    return row
