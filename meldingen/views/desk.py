"""The desk: taking in, and the page of one melding."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from meldingen import permissions
from meldingen.forms.intake import IntakeForm
from meldingen.models import Melding
from meldingen.operations.intake import take_in
from meldingen.views.common import get_melding, status_badge
from meldingen.workflow import steps_from


@require_http_methods(["GET", "HEAD", "POST"])
def melding_create(request: AuthedRequest) -> HttpResponse:
    permissions.may_take_in(request.user).or_403()
    form, made = try_save(
        lambda: IntakeForm(sent(request), by=request.user),
        lambda form: form.once(_taken_in, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("Genoteerd als %s.") % made)
        return redirect(made)
    back = reverse("meldingen:list")
    page = FormPage(_("Nieuwe melding"), _("Bewaren"), back, crumbs=((_("Meldingen"), back),))
    return show_form(request, form, page)


def _taken_in(form: IntakeForm, *, by: object) -> Melding:
    return take_in(form.save(commit=False), form.reporter(), by=by)  # type: ignore[arg-type]


@require_safe
def melding_page(request: AuthedRequest, pk: int) -> HttpResponse:
    melding = get_melding(request, pk)
    may = permissions.may_handle(request.user, melding)
    context = {
        "melding": melding,
        "badge": status_badge(melding),
        "steps": steps_from(melding.status) if may else [],
    }
    return render(request, "meldingen/melding.html", context)
