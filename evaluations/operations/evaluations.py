"""One evaluation: planned, changed, written, brought a step further."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import history
from core.days import add_months
from core.forms import OvertakenError, save_edit
from evaluations import permissions
from evaluations.figures import figures_of
from evaluations.models import Evaluation, Question
from evaluations.operations.rhythms import plan_next
from evaluations.workflow import EvaluationStatus
from partners.operations import agreements
from partners.permissions import may_evaluate

if TYPE_CHECKING:
    from accounts.models import User
    from evaluations.forms.evaluations import EditForm, NewForm, WriteForm
    from evaluations.workflow import Step


class MovedError(OvertakenError):
    """Someone else took a step first."""

    message = _("Iemand anders was je voor: de status is intussen gewijzigd.")


@transaction.atomic
def make(form: NewForm, *, by: User) -> Evaluation:
    """Plan an evaluation, with the questions of its own."""
    permissions.may_make(by, form.subject).or_403()
    evaluation = form.save()
    Question.objects.bulk_create(
        Question(evaluation=evaluation, position=number, text=text)
        for number, text in enumerate(form.cleaned_data["questions"])
    )
    history.record("evaluation.made", evaluation, by=by)
    return evaluation


def edit(form: EditForm, *, by: User) -> Evaluation:
    permissions.may_edit(by, form.instance).or_403()
    return save_edit(form, by=by)


@transaction.atomic
def write(form: WriteForm, *, by: User) -> Evaluation:
    """Keep what was found. Nobody writes in what was established meanwhile."""
    evaluation = form.instance
    fresh = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if fresh.status != form.initial_status:
        raise MovedError
    permissions.may_write(by, evaluation).or_403()
    if not form.has_changed():
        return evaluation
    changes = form.changes() + form.question_changes()
    saved = form.save()
    for row, answer in form.answers():
        Question.objects.filter(pk=row.pk).update(answer=answer)
    history.record("evaluation.written", saved, by=by, changes=changes)
    return saved


@transaction.atomic
def take_step(evaluation: Evaluation, step: Step, *, by: User, reason: str = "") -> None:
    """One step of the table; of two at once, one does."""
    fresh = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    evaluation.judgement = fresh.judgement
    permissions.may_take_step(by, evaluation, step).or_403()
    today = timezone.localdate()
    values: dict[str, Any] = {"status": step.target, **_on_the_way(evaluation, step, today)}
    rows = Evaluation.objects.filter(pk=evaluation.pk, status=step.source)
    if not rows.update(**values, version=F("version") + 1):
        raise MovedError
    evaluation.refresh_from_db(fields=[*values, "version", "judgement_reason"])
    changes = [history.change(evaluation, "status", step.source, step.target)]
    history.record("evaluation.step", evaluation, by=by, changes=changes, reason=reason)
    if step.target == EvaluationStatus.ESTABLISHED:
        _follow_up(evaluation, by, today)


def _on_the_way(evaluation: Evaluation, step: Step, today: dt.date) -> dict[str, Any]:
    """What the step keeps besides: the figures of the day."""
    if step.source == EvaluationStatus.PLANNED and step.target == EvaluationStatus.BUSY:
        return {"figures_begun": figures_of(evaluation, on=today)}
    if step.target == EvaluationStatus.ESTABLISHED:
        figures = figures_of(evaluation, on=today)
        return {"figures_established": figures, "established_on": today}
    if step.source == EvaluationStatus.ESTABLISHED:
        return {"figures_established": None, "established_on": None}
    return {}


def _follow_up(evaluation: Evaluation, by: User, today: dt.date) -> None:
    """Plan the next; an agreement hears what was found and when the next is."""
    if evaluation.rhythm:
        plan_next(evaluation.rhythm, on=today)
    agreement = evaluation.agreement
    if agreement and may_evaluate(by, agreement):
        months = agreement.evaluation_months
        following = add_months(evaluation.term or today, months) if months else None
        if following and following <= today and months:
            following = add_months(today, months)
        said = f"{evaluation.get_judgement_display()}. {evaluation.judgement_reason}"
        agreements.evaluate(agreement, on=today, conclusion=said[:2000], following=following, by=by)
