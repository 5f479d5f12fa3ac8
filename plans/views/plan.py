"""The plan itself: the list, one plan as a document, its facts, its steps, its helpers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.form_page import show_form
from core.forms import form_status
from core.http import AuthedRequest, sent
from plans import marks, permissions, reading, workflow
from plans.forms.plan import (
    DecisionForm,
    EditionForm,
    HelperForm,
    LevelForm,
    NewPlanForm,
    PlanForm,
    StepForm,
)
from plans.models import Decision, Plan
from plans.operations import edition
from plans.operations import plan as operations
from plans.partner_map import named_in
from plans.views.common import get_plan, plan_page, try_save

FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def plan_list(request: AuthedRequest) -> HttpResponse:
    context = {
        "cards": reading.plan_cards(request.user),
        "may_make": permissions.may_make_plan(request.user),
    }
    return render(request, "plans/plan_list.html", context)


@FORM_METHODS
def plan_create(request: AuthedRequest) -> HttpResponse:
    permissions.may_make_plan(request.user).or_403()
    form: Any = NewPlanForm(sent(request), instance=Plan(), by=request.user)
    if form.is_valid():
        plan = operations.make_plan(form, by=request.user)
        messages.success(request, _("Het plan is gemaakt. Bouw het nu op."))
        return redirect("plans:structure", plan.code)
    page = plan_page(_("Nieuw plan"), None, reverse("plans:list"), _("Plan maken"))
    return show_form(request, form, page)


@require_safe
def plan_detail(request: AuthedRequest, code: str) -> HttpResponse:
    plan = get_plan(request, code)
    context = {
        "document": reading.read_plan(plan, request.user),
        "plan": plan,
        "badge": marks.plan_badge(plan.status),
        "level": marks.level_badge(plan.confidentiality),
        "tools": reading.plan_tools(plan, request.user),
        "may_edit": permissions.may_edit(request.user, plan),
        "inside": permissions.may_read_story(request.user, plan),
    }
    return render(request, "plans/plan_detail.html", context)


@require_safe
def domain_detail(request: AuthedRequest, code: str, number: int) -> HttpResponse:
    plan = get_plan(request, code)
    document = reading.read_plan(plan, request.user, number=number)
    if not document.domains:
        raise Http404
    context = {
        "plan": plan,
        "domain": document.domains[0],
        "may_edit": permissions.may_edit(request.user, plan),
        "inside": permissions.may_read_story(request.user, plan),
        "named": named_in(plan, number, request.user)
        if permissions.may_read_partners(request.user, plan)
        else None,
        "may_name": permissions.may_name_partners(request.user, plan),
    }
    return render(request, "plans/domain_detail.html", context)


@FORM_METHODS
def plan_edit(request: AuthedRequest, code: str) -> HttpResponse:
    plan = get_plan(request, code)
    permissions.may_revise(request.user, plan).or_403()

    def make() -> PlanForm:
        row = Plan.objects.get(pk=plan.pk)
        return PlanForm(sent(request), instance=row, plan=row, by=request.user)

    form, saved = try_save(
        make, lambda form: operations.save_text(form, plan, by=request.user), plan
    )
    if saved:
        messages.success(request, _("De gegevens van het plan zijn bewaard."))
        return redirect(plan)
    page = plan_page(_("Plan wijzigen"), plan, plan.get_absolute_url(), _("Bewaren"))
    return show_form(request, form, page)


@FORM_METHODS
def plan_level(request: AuthedRequest, code: str) -> HttpResponse:
    plan = get_plan(request, code)
    permissions.may_decide(request.user, plan).or_403()

    def make() -> LevelForm:
        return LevelForm(sent(request), instance=Plan.objects.get(pk=plan.pk))

    form, saved = try_save(make, lambda form: operations.set_level(form, by=request.user), plan)
    if saved:
        messages.success(request, _("De vertrouwelijkheid is aangepast."))
        return redirect(plan)
    page = plan_page(_("Wie leest dit plan?"), plan, plan.get_absolute_url(), _("Bewaren"))
    return show_form(request, form, page)


@FORM_METHODS
def plan_edition(request: AuthedRequest, code: str) -> HttpResponse:
    plan = get_plan(request, code)
    permissions.may_make_edition(request.user, plan).or_403()
    form: Any = EditionForm(sent(request), initial=reading.next_edition(plan))
    if form.is_valid():
        token = form.cleaned_data["form_token"]
        new = edition.make_edition(plan, form.choices(), token=token, by=request.user)
        messages.success(request, _("De nieuwe editie staat klaar als concept."))
        return redirect(new)
    lead = _("De nieuwe editie begint als concept en verwijst naar dit plan.")
    page = plan_page(_("Nieuwe editie"), plan, plan.get_absolute_url(), _("Editie maken"), lead)
    return show_form(request, form, page)


@FORM_METHODS
def plan_step(request: AuthedRequest, code: str, name: str) -> HttpResponse:
    plan = get_plan(request, code)
    step = workflow.find(workflow.plan_steps_from(plan.status), name)
    if step is None:
        raise Http404
    permissions.may_take_plan_step(request.user, plan, step).or_403()
    form = StepForm(sent(request), plan=plan, step=step)
    if form.is_valid():
        return _take(request, plan, step, form)
    page = plan_page(step.label, plan, plan.get_absolute_url(), step.label, reading.effect_of(step))
    return show_form(request, form, page)


def _take(request: AuthedRequest, plan: Plan, step: workflow.Step, form: StepForm) -> HttpResponse:
    reason = form.cleaned_data.get("reason", "")
    try:
        operations.take_plan_step(
            plan, step, by=request.user, reason=reason, decision=form.decision()
        )
    except operations.MovedError as moved:
        messages.warning(request, str(moved.message))
    else:
        messages.success(request, _("Het plan is nu: %s.") % plan.get_status_display().lower())
    return redirect(plan)


@FORM_METHODS
def decision_create(request: AuthedRequest, code: str) -> HttpResponse:
    plan = get_plan(request, code)
    permissions.may_decide(request.user, plan).or_403()
    form, saved = try_save(
        lambda: DecisionForm(sent(request), instance=Decision(plan=plan)),
        lambda form: operations.record_decision(form, plan, by=request.user),
        plan,
        by=request.user,
    )
    if saved:
        messages.success(request, _("Het besluit is vastgelegd."))
        return redirect(f"{plan.get_absolute_url()}#besluiten")
    page = plan_page(_("Besluit vastleggen"), plan, plan.get_absolute_url(), _("Vastleggen"))
    return show_form(request, form, page)


@FORM_METHODS
def helpers(request: AuthedRequest, code: str) -> HttpResponse:
    plan = get_plan(request, code)
    permissions.may_grant_help(request.user, plan).or_403()
    form: Any = HelperForm(sent(request), plan=plan)
    if form.is_valid():
        person = form.cleaned_data["email"]
        operations.set_helper(plan, person, helps=True, by=request.user)
        messages.success(request, _("%s helpt nu mee aan dit plan.") % person)
        return redirect("plans:helpers", plan.code)
    context = {"plan": plan, "form": form, "people": plan_helpers(plan)}
    return render(request, "plans/plan_helpers.html", context, status=form_status(form))


@require_POST
def helper_withdraw(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    plan = get_plan(request, code)
    permissions.may_grant_help(request.user, plan).or_403()
    person = get_object_or_404(plan_helpers(plan), pk=pk)
    operations.set_helper(plan, person, helps=False, by=request.user)
    messages.success(request, _("%s helpt niet meer mee aan dit plan.") % person)
    return redirect("plans:helpers", plan.code)


def plan_helpers(plan: Plan) -> Any:
    return (
        User.objects.filter(planuserpermission__content_object=plan)
        .order_by("name", "pk")
        .distinct()
    )
