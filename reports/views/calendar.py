"""The calendar of reports."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from reports import permissions
from reports.forms.rhythms import RhythmEditForm, RhythmForm
from reports.models import ReportRhythm
from reports.operations import rhythms
from reports.views.common import FORM_METHODS, get_variant, offered

LOADED = ("plan", "municipality", "partner", "neighbourhood")


@require_safe
def calendar(request: AuthedRequest) -> HttpResponse:
    permissions.may_make(request.user).or_403()
    rows = ReportRhythm.objects.visible_to(request.user).select_related(*LOADED)
    return render(request, "reports/calendar.html", {"rows": rows})


def get_rhythm(request: AuthedRequest, pk: int) -> ReportRhythm:
    rows = ReportRhythm.objects.visible_to(request.user).select_related(*LOADED)
    return get_object_or_404(rows, pk=pk)


@require_safe
def rhythm_choose(request: AuthedRequest) -> HttpResponse:
    """First the kind of report that comes back."""
    permissions.may_make(request.user).or_403()
    context = {"rows": offered("reports:rhythm-begin"), "in_calendar": True}
    return render(request, "reports/report_choose.html", context)


@FORM_METHODS
def rhythm_begin(request: AuthedRequest, kind: str) -> HttpResponse:
    variant = get_variant(kind)
    permissions.may_make(request.user).or_403()
    form, made = try_save(
        lambda: RhythmForm(sent(request), by=request.user, variant=variant),
        lambda form: form.once(rhythms.begin, by=request.user),
        by=request.user,
    )
    if made:
        day = f"{made.draft_day:%d/%m/%Y}"
        messages.success(request, _("Het ontwerp verschijnt vanzelf op %s.") % day)
        return redirect(made)
    title = _("In de kalender: %s") % variant.label
    return show_form(request, form, _page(title, _("Bewaren")))


@FORM_METHODS
def rhythm_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    rhythm = get_rhythm(request, pk)
    form, saved = try_save(
        lambda: RhythmEditForm(sent(request), instance=get_rhythm(request, pk)),
        lambda form: rhythms.edit(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De kalender is bewaard."))
        return redirect(saved)
    return show_form(request, form, _page(str(rhythm), _("Bewaren")))


@require_POST
def rhythm_end(request: AuthedRequest, pk: int) -> HttpResponse:
    rhythms.end(get_rhythm(request, pk), by=request.user)
    messages.success(request, _("Er komen geen ontwerpen meer vanzelf. Wat er al is, blijft."))
    return redirect("reports:calendar")


def _page(title: str, submit: str) -> FormPage:
    back = reverse("reports:calendar")
    crumbs = ((_("Rapporten"), reverse("reports:list")), (_("Kalender"), back))
    return FormPage(title, submit, back, crumbs=crumbs)
