"""The steps of an evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.form_page import show_form
from core.http import AuthedRequest, sent
from core.permissions import Verdict
from evaluations import permissions, workflow
from evaluations.forms.evaluations import ReasonForm
from evaluations.operations.evaluations import MovedError, take_step
from evaluations.views.common import GET_OR_POST, about, get_evaluation
from evaluations.workflow import EvaluationStatus

if TYPE_CHECKING:
    from accounts.models import User
    from evaluations.models import Evaluation
    from evaluations.workflow import Step


@dataclass(frozen=True, slots=True)
class StepButton:
    """A step from here: a button, or a link to the page that asks more first."""

    step: Step
    verdict: Verdict
    url: str
    asks: bool


def step_buttons(user: User, evaluation: Evaluation) -> list[StepButton]:
    """The steps from here; none for who does not bring it to an end."""
    if not permissions.may_follow(user, evaluation):
        return []
    return [
        StepButton(
            step,
            permissions.may_take_step(user, evaluation, step),
            reverse("evaluations:step", args=[evaluation.pk, step.name]),
            asks=step.needs_reason,
        )
        for step in workflow.steps_from(evaluation.status)
    ]


@GET_OR_POST
def evaluation_step(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    evaluation = get_evaluation(request, pk)
    step = workflow.find(workflow.steps_from(evaluation.status), name)
    if step is None:
        return _stepped_already(request, evaluation, name)
    permissions.may_take_step(request.user, evaluation, step).or_403()
    form = ReasonForm(sent(request))
    if request.method == "POST" and (not step.needs_reason or form.is_valid()):
        return _take(request, evaluation, step, form)
    if not step.needs_reason:
        form.fields.clear()
    danger = step.target == EvaluationStatus.DROPPED
    becomes = _("De evaluatie wordt: %s.") % EvaluationStatus(step.target).label.lower()
    lead = f"{evaluation.subject}. {becomes}"
    page = about(evaluation, str(step.label), str(step.label), danger=danger, lead=lead)
    return show_form(request, form, page)


def _stepped_already(request: AuthedRequest, evaluation: Evaluation, name: str) -> HttpResponse:
    """A name that exists but does not start here: somebody took a step meanwhile."""
    if request.method != "POST" or name not in {step.name for step in workflow.STEPS}:
        raise Http404
    permissions.may_follow(request.user, evaluation).or_403()
    messages.warning(request, str(MovedError.message))
    return redirect(evaluation)


def _take(
    request: AuthedRequest, evaluation: Evaluation, step: Step, form: ReasonForm
) -> HttpResponse:
    reason = form.cleaned_data["reason"] if step.needs_reason else ""
    try:
        take_step(evaluation, step, by=request.user, reason=reason)
    except MovedError as moved:
        messages.warning(request, str(moved.message))
    else:
        status = evaluation.get_status_display()
        messages.success(request, _("De status is nu: %s.") % status)
    return redirect(evaluation)
