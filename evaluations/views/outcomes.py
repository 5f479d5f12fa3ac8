"""From what was judged to what is done about it, in one step, with the forms that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.form_page import show_form, try_save
from core.http import AuthedRequest, sent
from evaluations import permissions
from evaluations.forms.outcomes import RevisionLinkForm
from evaluations.models import Evaluation, What
from evaluations.operations import outcomes
from evaluations.views.common import GET_OR_POST, about, get_evaluation
from partners import permissions as of_partners
from partners import workflow as of_agreements
from partners.forms.agreements import StepForm
from partners.forms.commitments import CommitmentEditForm
from partners.models import Commitment
from partners.operations.agreements import AgreementMovedError
from plans import permissions as of_plans
from plans import workflow as of_actions
from plans.forms.actions import ActionForm, ReasonForm
from plans.models import Action, PlanRevision
from plans.operations.plan import MovedError

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models import Agreement

ANCHOR = "#gevolg"
TEXT_LENGTH = 2000  # of the explanation of a bijsturing


def ways_on(user: User, evaluation: Evaluation) -> list[dict[str, str]]:
    """What this person may do at once because of the judgement: a sentence and an address each."""
    if permissions.may_adjust(user, evaluation):
        return [*_changes(user, evaluation), *_links(user, evaluation)]
    return _ends(user, evaluation) if permissions.may_stop(user, evaluation) else []


def _way(label: str, name: str, evaluation: Evaluation, *more: Any) -> dict[str, str]:
    return {"label": label, "url": reverse(f"evaluations:{name}", args=[evaluation.pk, *more])}


def _changes(user: User, evaluation: Evaluation) -> list[dict[str, str]]:
    subject = evaluation.subject
    if evaluation.what == What.ACTION and of_plans.may_rewrite(user, subject):
        return [_way(_("De actie bijsturen"), "adjust", evaluation)]
    if evaluation.what == What.AGREEMENT and of_partners.may_edit_agreement(user, subject):
        rows = Commitment.objects.current().filter(party__agreement=subject).for_page()
        words = _("Engagement van %(who)s wijzigen: %(what)s")
        return [
            _way(words % {"who": row.party.partner.name, "what": row.gives[:80]},
                 "adjust-promise", evaluation, row.pk)
            for row in rows
        ]  # fmt: skip
    return []


def _links(user: User, evaluation: Evaluation) -> list[dict[str, str]]:
    plan = evaluation.in_plan
    if plan and of_plans.may_read_story(user, plan):
        return [_way(_("Een bijsturing aanduiden die hieruit volgt"), "led-to", evaluation)]
    return []


def _ends(user: User, evaluation: Evaluation) -> list[dict[str, str]]:
    subject = evaluation.subject
    if evaluation.what == What.ACTION:
        step = _action_step(subject)
        if step and of_plans.may_take_action_step(user, subject, step):
            return [_way(_("De actie stopzetten"), "stop", evaluation)]
    if evaluation.what == What.AGREEMENT:
        ends = _agreement_step(subject) is not None
        if ends and of_partners.may_follow_agreement(user, subject):
            return [_way(_("De afspraak opzeggen"), "stop", evaluation)]
    return []


def _action_step(action: Action) -> of_actions.Step | None:
    return of_actions.find(of_actions.action_steps_from(action.status), "stopzetten")


def _agreement_step(agreement: Agreement) -> of_agreements.Step | None:
    return of_agreements.find(of_agreements.agreement_steps_from(agreement.status), "opzeggen")


@GET_OR_POST
def adjust(request: AuthedRequest, pk: int) -> HttpResponse:
    """The form of the action itself, with the reason of the judgement as explanation."""
    user, evaluation = request.user, get_evaluation(request, pk)
    if evaluation.what != What.ACTION:
        raise Http404
    permissions.may_adjust(user, evaluation).or_403()
    of_plans.may_rewrite(user, evaluation.subject).or_403()
    initial = {"revision_text": evaluation.judgement_reason[:TEXT_LENGTH]}

    def make() -> ActionForm:
        action = get_evaluation(request, pk).subject
        return ActionForm(
            sent(request), instance=action, plan=action.plan, by=user, initial=initial
        )

    form, saved = try_save(make, lambda form: outcomes.adjust_action(evaluation, form, by=user))
    if saved:
        messages.success(request, _("De actie is bijgestuurd."))
        return redirect(f"{evaluation.get_absolute_url()}{ANCHOR}")
    page = about(evaluation, _("De actie bijsturen"), _("Bewaren"), anchor=ANCHOR)
    return show_form(request, form, page)


@GET_OR_POST
def adjust_promise(request: AuthedRequest, pk: int, commitment: int) -> HttpResponse:
    user, evaluation = request.user, get_evaluation(request, pk)
    rows = Commitment.objects.current().filter(party__agreement=evaluation.agreement_id)
    get_object_or_404(rows, pk=commitment)
    permissions.may_adjust(user, evaluation).or_403()
    of_partners.may_edit_agreement(user, evaluation.subject).or_403()
    form, saved = try_save(
        lambda: CommitmentEditForm(sent(request), instance=rows.for_page().get(pk=commitment)),
        lambda form: outcomes.adjust_promise(evaluation, form, by=user),
    )
    if saved:
        messages.success(request, _("Het engagement is gewijzigd."))
        return redirect(f"{evaluation.get_absolute_url()}{ANCHOR}")
    lead = _("Uit de evaluatie: %s") % evaluation.judgement_reason
    page = about(evaluation, _("Engagement wijzigen"), _("Bewaren"), lead=lead, anchor=ANCHOR)
    return show_form(request, form, page)


@GET_OR_POST
def led_to(request: AuthedRequest, pk: int) -> HttpResponse:
    """Say which bijsturing followed from it, where that was recorded on another page."""
    user, evaluation = request.user, get_evaluation(request, pk)
    plan = evaluation.in_plan
    if plan is None:
        raise Http404
    permissions.may_adjust(user, evaluation).or_403()
    of_plans.may_read_story(user, plan).or_403()
    known = PlanRevision.objects.filter(evaluation_outcomes__evaluation=evaluation)
    form = RevisionLinkForm(sent(request), rows=plan.revisions.exclude(pk__in=known.values("pk")))
    if form.is_valid():
        outcomes.link_revision(evaluation, form.cleaned_data["revision"], by=user)
        messages.success(request, _("De bijsturing staat bij de evaluatie."))
        return redirect(f"{evaluation.get_absolute_url()}{ANCHOR}")
    title = _("Welke bijsturing volgt hieruit?")
    return show_form(request, form, about(evaluation, title, _("Aanduiden"), anchor=ANCHOR))


@GET_OR_POST
def stop(request: AuthedRequest, pk: int) -> HttpResponse:
    """End what was evaluated, with the step that it has itself."""
    evaluation = get_evaluation(request, pk)
    permissions.may_stop(request.user, evaluation).or_403()
    if evaluation.what == What.ACTION:
        return _stop_action(request, evaluation)
    if evaluation.what == What.AGREEMENT:
        return _stop_agreement(request, evaluation)
    raise Http404


def _reason(evaluation: Evaluation, length: int) -> dict[str, str]:
    return {"reason": evaluation.judgement_reason[:length]}


def _stop_action(request: AuthedRequest, evaluation: Evaluation) -> HttpResponse:
    step = _action_step(evaluation.subject)
    if step is None:
        return _moved(request, evaluation, str(MovedError.message))
    of_plans.may_take_action_step(request.user, evaluation.subject, step).or_403()
    form = ReasonForm(sent(request), initial=_reason(evaluation, 1000))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            outcomes.stop_action(evaluation, step, by=request.user, reason=reason)
        except MovedError as moved:
            return _moved(request, evaluation, str(moved.message))
        messages.success(request, _("De actie is stopgezet."))
        return redirect(f"{evaluation.get_absolute_url()}{ANCHOR}")
    title = _("De actie stopzetten")
    return show_form(request, form, about(evaluation, title, title, danger=True, anchor=ANCHOR))


def _stop_agreement(request: AuthedRequest, evaluation: Evaluation) -> HttpResponse:
    agreement, step = evaluation.subject, _agreement_step(evaluation.subject)
    if step is None:
        return _moved(request, evaluation, str(AgreementMovedError.message))
    parties, today = list(agreement.parties.all()), timezone.localdate()
    of_partners.may_take_agreement_step(request.user, agreement, step, parties, on=today).or_403()
    initial = _reason(evaluation, 1000)
    form = StepForm(sent(request), step=step, agreement=agreement, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        try:
            outcomes.stop_agreement(
                evaluation, step, by=request.user, reason=data.get("reason", ""),
                last_day=data.get("last_day"), agreed=bool(data.get("agreed")),
            )  # fmt: skip
        except AgreementMovedError as moved:
            return _moved(request, evaluation, str(moved.message))
        messages.success(request, _("De afspraak is opgezegd."))
        return redirect(f"{evaluation.get_absolute_url()}{ANCHOR}")
    title = _("De afspraak opzeggen")
    return show_form(request, form, about(evaluation, title, title, danger=True, anchor=ANCHOR))


def _moved(request: AuthedRequest, evaluation: Evaluation, message: str) -> HttpResponse:
    """It was ended meanwhile, or never stood where it can be ended."""
    messages.warning(request, message)
    return redirect(evaluation)
