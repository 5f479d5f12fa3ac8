"""The steps of an agreement, its evaluation and its renewal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import receipts
from core.days import add_months, in_figures, last_day_of_term
from core.form_page import show_form
from core.http import AuthedRequest, sent
from core.models import LogEntry
from core.permissions import Verdict
from partners import permissions, workflow
from partners.agreement_rows import status_words
from partners.forms.agreements import EvaluationForm, ProlongForm, RenewForm, StepForm
from partners.models import Agreement
from partners.operations import agreements
from partners.operations.agreements import AgreementMovedError
from partners.views.agreements.common import GET_OR_POST, about, get_agreement
from partners.workflow import AGREEMENT_OVER

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models import AgreementParty
    from partners.workflow import Step


@dataclass(frozen=True, slots=True)
class StepButton:
    """A step from here: a button, or a link to the page that asks more first."""

    step: Step
    verdict: Verdict
    url: str
    asks: bool


def step_buttons(
    user: User, agreement: Agreement, parties: list[AgreementParty]
) -> list[StepButton]:
    today = timezone.localdate()
    return [
        StepButton(
            step,
            permissions.may_take_agreement_step(user, agreement, step, parties, on=today),
            _address(agreement, step),
            asks=step.needs_reason or step.needs_evaluation,
        )
        for step in workflow.agreement_steps_from(agreement.status)
    ]


def _address(agreement: Agreement, step: Step) -> str:
    if step.needs_evaluation:
        return reverse("agreements:evaluate", args=[agreement.pk])
    return reverse("agreements:step", args=[agreement.pk, step.name])


@GET_OR_POST
def agreement_step(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    agreement = get_agreement(request, pk)
    step = workflow.find(workflow.agreement_steps_from(agreement.status), name)
    if step is None:
        return _stepped_already(request, agreement, name)
    if step.needs_evaluation:
        return redirect("agreements:evaluate", pk)
    parties = list(agreement.parties.all())
    today = timezone.localdate()
    permissions.may_take_agreement_step(request.user, agreement, step, parties, on=today).or_403()
    form = StepForm(sent(request), step=step, agreement=agreement)
    if form.is_valid():
        return _take(request, agreement, step, form.cleaned_data)
    danger = step.target in AGREEMENT_OVER
    page = about(agreement, str(step.label), str(step.label), danger=danger, anchor="#stappen",
                 lead=_step_lead(agreement, step, today))  # fmt: skip
    return show_form(request, form, page)


def _step_lead(agreement: Agreement, step: Step, today: dt.date) -> str:
    """Who gives notice reads how long that takes."""
    if not step.needs_last_day or not agreement.notice_months:
        return str(agreement)
    soonest = in_figures(permissions.first_last_day(agreement, on=today))
    said = _(
        "%(agreement)s. Wie vandaag opzegt, is na de opzegtermijn gebonden tot en met %(day)s."
    )
    return said % {"agreement": agreement, "day": soonest}


def _stepped_already(request: AuthedRequest, agreement: Agreement, name: str) -> HttpResponse:
    """A name that exists but does not start here: somebody took a step meanwhile."""
    known = {step.name for step in workflow.AGREEMENT_STEPS}
    if request.method != "POST" or name not in known:
        raise Http404
    permissions.may_follow_agreement(request.user, agreement).or_403()
    messages.warning(request, str(AgreementMovedError.message))
    return redirect(agreement)


def _take(
    request: AuthedRequest, agreement: Agreement, step: Step, data: dict[str, Any]
) -> HttpResponse:
    try:
        agreements.take_step(
            agreement, step, by=request.user, reason=data.get("reason", ""),
            last_day=data.get("last_day"), agreed=bool(data.get("agreed")),
        )  # fmt: skip
    except AgreementMovedError as moved:
        messages.warning(request, str(moved.message))
    else:
        messages.success(request, _("De status is nu: %s.") % status_words(agreement))
    return redirect(agreement)


@GET_OR_POST
def agreement_evaluate(request: AuthedRequest, pk: int) -> HttpResponse:
    agreement = get_agreement(request, pk)
    permissions.may_evaluate(request.user, agreement).or_403()
    today = timezone.localdate()
    months = agreement.evaluation_months
    initial = {"following": add_months(today, months) if months else None}
    form = EvaluationForm(sent(request), initial=initial)
    if form.is_valid():
        return _evaluated(request, agreement, form.cleaned_data)
    title = _("Evaluatie vastleggen")
    return show_form(request, form, about(agreement, title, title))


def _evaluated(request: AuthedRequest, agreement: Agreement, data: dict[str, Any]) -> HttpResponse:
    try:
        agreements.evaluate(agreement, by=request.user, **data)
    except AgreementMovedError as moved:
        messages.warning(request, str(moved.message))
    else:
        messages.success(request, _("De evaluatie staat in het verloop."))
    return redirect(agreement)


@GET_OR_POST
def agreement_renew(request: AuthedRequest, pk: int) -> HttpResponse:
    """Make the agreement that comes after this one: a draft with the same parties and promises."""
    agreement = get_agreement(request, pk)
    if made := receipts.found(request.POST, Agreement, by=request.user):
        return redirect(made)
    successor = Agreement.objects.filter(predecessor=agreement).first()
    permissions.may_renew(request.user, agreement, successor).or_403()
    form = RenewForm(sent(request), initial=_next_term(agreement))
    if form.is_valid():
        data = form.cleaned_data
        new = agreements.renew(
            agreement, starts=data["starts"], ends=data["ends"],
            token=data["form_token"], by=request.user,
        )  # fmt: skip
        messages.success(
            request, _("Het ontwerp staat klaar met dezelfde partijen en engagementen.")
        )
        return redirect(new)
    lead = _(
        "%s. Je krijgt een ontwerp met dezelfde partijen en engagementen. Wat nu loopt, loopt door."
    )
    page = about(agreement, _("Hernieuwen"), _("Maak het ontwerp"), lead=lead % agreement)
    return show_form(request, form, page)


@GET_OR_POST
def agreement_prolong(request: AuthedRequest, pk: int) -> HttpResponse:
    """Give the same agreement a later end."""
    agreement = get_agreement(request, pk)
    if receipts.found(request.POST, LogEntry, by=request.user):
        return redirect(agreement)
    successor = Agreement.objects.filter(predecessor=agreement).first()
    permissions.may_prolong(request.user, agreement, successor).or_403()
    initial = {"ends": _next_term(agreement)["ends"]}
    form = ProlongForm(sent(request), initial=initial, agreement=agreement)
    if form.is_valid():
        return _prolonged(request, agreement, form.cleaned_data)
    lead = _("%s. De afspraak blijft dezelfde en krijgt een latere einddatum.") % agreement
    page = about(agreement, _("Verlengen"), _("Verlengen"), lead=lead, anchor="#stappen")
    return show_form(request, form, page)


def _prolonged(request: AuthedRequest, agreement: Agreement, data: dict[str, Any]) -> HttpResponse:
    try:
        agreements.prolong(
            agreement, ends=data["ends"], reason=data["reason"], token=data["form_token"],
            by=request.user,
        )  # fmt: skip
    except AgreementMovedError as moved:
        messages.warning(request, str(moved.message))
    else:
        messages.success(request, _("Verlengd tot en met %s.") % in_figures(data["ends"]))
    return redirect(agreement)


def _next_term(agreement: Agreement) -> dict[str, Any]:
    """The day after the last, for the usual term of its kind."""
    last = agreement.ends or timezone.localdate()
    starts = last + dt.timedelta(days=1)
    months = agreement.renewal_months or agreement.type.default_term_months
    return {"starts": starts, "ends": last_day_of_term(starts, months)}
