"""What an evaluation leads to: the change itself by the app it belongs to, and the link here."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core import history
from evaluations import permissions
from evaluations.models import Evaluation, Outcome
from partners.operations import agreements, commitments
from plans.models import Action, PlanRevision
from plans.operations.actions import take_action_step
from plans.operations.plan import save_text

if TYPE_CHECKING:
    from accounts.models import User
    from partners.forms.commitments import CommitmentEditForm
    from partners.models import Agreement, Commitment
    from partners.workflow import Step as AgreementStep
    from plans.forms.actions import ActionForm
    from plans.workflow import Step as ActionStep


@transaction.atomic
def adjust_action(evaluation: Evaluation, form: ActionForm, *, by: User) -> Action:
    """Change the text of the action; in an adopted plan that is a bijsturing."""
    permissions.may_adjust(by, evaluation).or_403()
    plan = form.instance.plan
    action: Action = save_text(form, plan, by=by)
    data = form.revision_data()
    if data and form.changes():
        same = PlanRevision.objects.filter(
            plan=plan, reason=data.reason, decision=data.decision, decided_on=data.decided_on
        )
        if revision := same.order_by("-pk").first():
            note(evaluation, by=by, revision=revision)
    return action


@transaction.atomic
def adjust_promise(evaluation: Evaluation, form: CommitmentEditForm, *, by: User) -> Commitment:
    permissions.may_adjust(by, evaluation).or_403()
    row = commitments.edit(form, by=by)
    if form.has_changed():
        note(evaluation, by=by, commitment=row)
    return row


@transaction.atomic
def link_revision(evaluation: Evaluation, revision: PlanRevision, *, by: User) -> None:
    """A bijsturing that was recorded elsewhere follows from this evaluation."""
    permissions.may_adjust(by, evaluation).or_403()
    note(evaluation, by=by, revision=revision)


@transaction.atomic
def stop_action(evaluation: Evaluation, step: ActionStep, *, by: User, reason: str) -> None:
    permissions.may_stop(by, evaluation).or_403()
    take_action_step(evaluation.subject, step, by=by, reason=reason)
    note(evaluation, by=by, stopped=True)


@transaction.atomic
def stop_agreement(
    evaluation: Evaluation, step: AgreementStep, *, by: User, reason: str,
    last_day: dt.date | None, agreed: bool,
) -> None:  # fmt: skip
    permissions.may_stop(by, evaluation).or_403()
    agreement: Agreement = evaluation.subject
    agreements.take_step(agreement, step, by=by, reason=reason, last_day=last_day, agreed=agreed)
    note(evaluation, by=by, stopped=True)


def note(evaluation: Evaluation, *, by: User, **led_to: Any) -> Outcome:
    """The link, once, and its line in the history."""
    row, is_new = Outcome.objects.get_or_create(
        evaluation=evaluation, **led_to, defaults={"made_by": by}
    )
    if is_new:
        history.record("evaluation.led_to", evaluation, by=by, reason=str(row))
    return row
