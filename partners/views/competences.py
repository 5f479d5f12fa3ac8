"""Who is competent: looked up, given and taken away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.form_page import show_form, try_save
from core.http import AuthedRequest, sent
from partners import permissions
from partners.forms.competences import HeldEditForm, HeldForm, WhoForm
from partners.models import Competence, Partner, PartnerCompetence
from partners.operations import competences
from partners.views.common import about_partner, get_partner, show_partner


@require_safe
def who(request: AuthedRequest) -> HttpResponse:
    """Who is competent? A word from the street, and whom to call."""
    permissions.may_look_up(request.user).or_403()
    form = WhoForm(request.GET)
    words = form.cleaned_data.get("q", "") if form.is_valid() else ""
    known = (
        Competence.objects.visible_to(request.user).current().with_holders(on=timezone.localdate())
    )
    rows = list(known.search(words) if words else known)
    context = {
        "form": form,
        "words": words,
        "rows": rows,
        "may_refer": permissions.may_refer(request.user),
    }
    template = "partners/who.html"
    return render(request, f"{template}#results" if request.htmx else template, context)


@require_POST
def competence_give(request: AuthedRequest, pk: int) -> HttpResponse:
    partner = get_partner(request, pk)
    permissions.may_edit(request.user, partner).or_403()
    form = HeldForm(request.POST, partner=partner)
    if not form.is_valid():
        return show_partner(request, partner, held_form=form, status=422)
    competences.give_competence(form, by=request.user)
    messages.success(request, _("De bevoegdheid staat erbij."))
    return redirect(partner)


def get_held(request: AuthedRequest, pk: int) -> PartnerCompetence:
    visible = Partner.objects.visible_to(request.user)
    rows = PartnerCompetence.objects.filter(partner__in=visible)
    return get_object_or_404(rows.select_related("partner", "competence"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def held_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    held = get_held(request, pk)
    permissions.may_edit(request.user, held.partner).or_403()
    form, saved = try_save(
        lambda: HeldEditForm(sent(request), instance=get_held(request, pk)),
        lambda form: competences.edit_held(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De bevoegdheid is bewaard."))
        return redirect(held.partner)
    title, lead = _("Bevoegdheid van deze partner"), held.competence.question
    return show_form(request, form, about_partner(held.partner, title, _("Bewaren"), lead))


@require_POST
def competence_take(request: AuthedRequest, pk: int) -> HttpResponse:
    held = get_held(request, pk)
    competences.take_competence(held, by=request.user)
    messages.success(request, _("De bevoegdheid staat niet meer bij deze partner."))
    return redirect(held.partner)
