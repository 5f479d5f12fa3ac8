"""Who carries an action: ask a lead, answer that question, and the partners who help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.form_page import show_form
from core.forms import form_status
from core.http import AuthedRequest, sent
from partners.models import Partner, PartnerMember
from plans import permissions
from plans.forms.actions import LeadForm, PartnerFormSet, ReasonForm, partners_for
from plans.operations.actions import answer_lead, ask_lead
from plans.operations.plan import MovedError
from plans.views.action_edit import GET_OR_POST, about
from plans.views.actions import get_action
from plans.views.rows import edit_rows

if TYPE_CHECKING:
    from plans.models import Action


@GET_OR_POST
def action_lead(request: AuthedRequest, pk: int) -> HttpResponse:
    """First the organisation, then who there; the address names the organisation in between."""
    action = get_action(request.user, pk)
    permissions.may_edit(request.user, action.plan).or_403()
    partner = _chosen(request, action)
    form = _lead_form(request, action, partner)
    if form.is_valid():
        person = form.cleaned_data["person"]
        ask_lead(action, form.cleaned_data["partner"], person, by=request.user)
        messages.success(request, _("De vraag is gesteld. Je ziet hier of de trekker aanvaardt."))
        return redirect(action)
    context = {"form": form, "action": action, "partner": partner}
    return render(request, "plans/action_lead.html", context, status=form_status(form))


def _chosen(request: AuthedRequest, action: Action) -> Partner | None:
    data = request.POST if request.method == "POST" else request.GET
    typed = data.get("partner", "")
    partners = partners_for(action.plan)
    if typed.isascii() and typed.isdecimal() and len(typed) < len(str(2**63)):
        return partners.filter(pk=int(typed)).first()  # type: ignore[no-any-return]
    found = partners.filter(name__iexact=typed).first() if typed and "\0" not in typed else None
    return found or (action.lead_partner if not typed else None)


def _lead_form(request: AuthedRequest, action: Action, partner: Partner | None) -> LeadForm:
    members = PartnerMember.objects.active(on=timezone.localdate()).filter(partner=partner)
    people = User.objects.active().filter(pk__in=members.values("user"))
    initial = {"partner": partner, "person": action.lead_person_id}
    data = sent(request)
    return LeadForm(data, plan=action.plan, people=people, initial=initial)


@GET_OR_POST
def action_answer(request: AuthedRequest, pk: int) -> HttpResponse:
    """One tap accepts; a refusal first says why."""
    action = get_action(request.user, pk)
    if not permissions.is_lead(request.user, action):
        permissions.may_answer_lead(request.user, action).or_403()
    verdict = permissions.may_answer_lead(request.user, action)
    if not verdict:
        messages.info(request, str(verdict.reason))
        return redirect(action)
    accept = request.POST.get("antwoord") == "ja"
    form = ReasonForm(request.POST if request.method == "POST" and not accept else None)
    if accept or form.is_valid():
        reason = "" if accept else form.cleaned_data["reason"]
        return _answered(request, action, accept=accept, reason=reason)
    return show_form(request, form, about(action, _("Ik weiger"), _("Weigeren")))


def _answered(request: AuthedRequest, action: Action, *, accept: bool, reason: str) -> HttpResponse:
    try:
        answer_lead(action, accept=accept, by=request.user, reason=reason)
    except MovedError:
        messages.info(request, _("Een collega heeft net geantwoord. Hier zie je wat."))
    else:
        said = (
            _("Dank je. Jij bent nu trekker.")
            if accept
            else _("De coördinator krijgt je antwoord.")
        )
        messages.success(request, said)
    return redirect("plans:mine") if request.POST.get("terug") == "mijn" else redirect(action)


@GET_OR_POST
def action_partners(request: AuthedRequest, pk: int) -> HttpResponse:
    return edit_rows(request, pk, PartnerFormSet, verb="action.partners", title=_("Partners"))
