"""Which partners count in which domain of a plan."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.form_page import show_form, try_save
from core.http import AuthedRequest, sent
from core.models import AskedPdf
from plans import partner_paper, permissions
from plans.forms.practices import DomainContactsForm, DomainPartnersForm
from plans.operations.practices import name_contacts, name_partners
from plans.partner_map import partner_map
from plans.views.common import get_plan, plan_page


@require_safe
def plan_partners(request: AuthedRequest, code: str) -> HttpResponse:
    plan = get_plan(request, code)
    permissions.may_read_partners(request.user, plan).or_403()
    context = {
        "plan": plan,
        "map": partner_map(plan, request.user),
        "may_edit": permissions.may_name_partners(request.user, plan),
        "paper": AskedPdf.objects.visible_to(request.user).of(partner_paper.NAME, plan).first(),
    }
    return render(request, "plans/plan_partners.html", context)


@require_POST
def plan_partners_pdf(request: AuthedRequest, code: str) -> HttpResponse:
    return redirect(partner_paper.ask(get_plan(request, code), by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def domain_partners(request: AuthedRequest, code: str, number: int) -> HttpResponse:
    plan = get_plan(request, code)
    domain = get_object_or_404(plan.domains.filter(archived_at=None), number=number)
    permissions.may_name_partners(request.user, plan).or_403()
    form = DomainPartnersForm(sent(request), domain=domain)
    back = reverse("plans:partners", args=[plan.code])
    if form.is_valid():
        name_partners(domain, form.chosen(), by=request.user)
        messages.success(request, _("De partners van dit domein zijn bewaard."))
        return redirect(back)
    lead = _("Wie telt mee in dit domein, ook zonder actie? Dit is geen tekst van het plan.")
    return show_form(
        request, form, plan_page(_("Partners: %s") % domain, plan, back, _("Bewaren"), lead)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def domain_contacts(request: AuthedRequest, code: str, number: int) -> HttpResponse:
    plan = get_plan(request, code)
    domain = get_object_or_404(plan.domains.filter(archived_at=None), number=number)
    permissions.may_name_partners(request.user, plan).or_403()
    form, done = try_save(
        lambda: DomainContactsForm(sent(request), domain=domain),
        lambda form: name_contacts(domain, form.chosen(), by=request.user),
    )
    if done:
        messages.success(request, _("De aanspreekpunten van dit domein zijn bewaard."))
        return redirect("plans:domain", plan.code, number)
    lead = _("Bij wie klop je aan voor dit domein? Aanspreekpunten beheer je bij de partner.")
    if not form.rows:
        lead = _("In dit domein telt nog geen partner mee. Zeg eerst wie meetelt.")
    back = reverse("plans:domain", args=[plan.code, number])
    title = _("Aanspreekpunten: %s") % domain
    return show_form(request, form, plan_page(title, plan, back, _("Bewaren"), lead))
