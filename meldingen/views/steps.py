"""What is done with one melding: a step, a note, a correction, a handler, the end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.form_page import show_form, try_save
from core.forms import OvertakenError
from core.http import AuthedRequest, sent
from meldingen import permissions, workflow
from meldingen.forms.desk import AssignForm, CloseForm, EditForm, LinkForm, NoteForm, StepForm
from meldingen.models import Melding, Reporter
from meldingen.operations import edit, steps
from meldingen.views.common import GET_OR_POST, get_melding, melding_form_page

NAMES = frozenset(step.name for step in workflow.STEPS if not step.needs_reason)
CLASH = 409


@GET_OR_POST
def step(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    """Any step but closing. One that asks nothing is a button, without a page."""
    melding = get_melding(request, pk)
    if name not in NAMES:
        raise Http404
    permissions.may_handle(request.user, melding).or_403()
    found = workflow.find(name, melding.status)
    if found is None:
        messages.error(request, str(steps.MeldingMovedError.message))
        return redirect(melding)
    form = StepForm(sent(request), step=found)
    if form.is_valid():
        try:
            _take(request, melding, name, form)
        except OvertakenError as error:
            messages.error(request, str(error.message))
        return redirect(melding)
    page = melding_form_page(melding, str(found.label), str(found.label), found.becomes)
    return show_form(request, form, page)


def _take(request: AuthedRequest, melding: Melding, name: str, form: StepForm) -> None:
    data = form.cleaned_data
    moved = steps.take(
        melding, name, by=request.user, text=data.get("text", ""), day=data.get("day")
    )
    messages.success(request, _("Status: %s.") % moved.get_status_display().lower())


@GET_OR_POST
def close(request: AuthedRequest, pk: int) -> HttpResponse:
    """Reason, and the answer as each reporter gets it; who answers nobody closes at once."""
    melding = get_melding(request, pk)
    permissions.may_handle(request.user, melding).or_403()
    if not melding.is_open:
        messages.error(request, str(steps.MeldingMovedError.message))
        return redirect(melding)
    reporters = Reporter.objects.to_be_told_by(melding).select_related("melding")
    form = CloseForm(sent(request), melding=melding, reporters=list(reporters))
    if form.is_valid() and form.was_seen and _closed(request, melding, form):
        return redirect(melding)
    return _show_close(request, melding, form)


def _closed(request: AuthedRequest, melding: Melding, form: CloseForm) -> bool:
    data = form.cleaned_data
    try:
        steps.close(melding, data["reason"], by=request.user, text=data["text"], words=form.words)
    except OvertakenError as error:
        form.add_error(None, str(error.message))
        return False
    messages.success(request, _("Afgesloten."))
    return True


def _show_close(request: AuthedRequest, melding: Melding, form: CloseForm) -> HttpResponse:
    previewed = form.is_bound and not form.errors
    status = 200 if previewed or not form.is_bound else 422
    if form.is_bound and form.non_field_errors():
        status = CLASH
    context = {
        "melding": melding,
        "form": form,
        "previews": form.previews if previewed else [],
        "seen": form.print_of_preview if previewed else "",
        "waiting": len(form.reporters),
    }
    return render(request, "meldingen/close.html", context, status=status)


@require_POST
def note_create(request: AuthedRequest, pk: int) -> HttpResponse:
    melding = get_melding(request, pk)
    permissions.may_handle(request.user, melding).or_403()
    form = NoteForm(request.POST)
    if not form.is_valid():
        page = melding_form_page(melding, str(_("Notitie")), str(_("Bewaren")))
        return show_form(request, form, page)
    steps.note(melding, form.cleaned_data["text"], by=request.user)
    messages.success(request, _("De notitie is bewaard."))
    return redirect(f"{melding.get_absolute_url()}#verloop")


@GET_OR_POST
def melding_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    melding = get_melding(request, pk)
    permissions.may_edit(request.user, melding).or_403()
    form, saved = try_save(
        lambda: EditForm(sent(request), instance=get_melding(request, pk), by=request.user),
        lambda form: edit.edit(form, by=request.user),
    )
    if saved:
        messages.success(request, _("Bewaard."))
        return redirect(saved)
    page = melding_form_page(melding, str(_("Melding wijzigen")), str(_("Bewaren")))
    return show_form(request, form, page)


@GET_OR_POST
def assign(request: AuthedRequest, pk: int) -> HttpResponse:
    melding = get_melding(request, pk)
    permissions.may_triage(request.user, melding).or_403()
    form, saved = try_save(
        lambda: AssignForm(sent(request), melding=melding),
        lambda form: steps.assign(melding, **form.cleaned_data, by=request.user),
    )
    return _answered(request, melding, form, saved, _("Toewijzen"))


@require_POST
def take_on(request: AuthedRequest, pk: int) -> HttpResponse:
    """Aan mij."""
    melding = get_melding(request, pk)
    permissions.may_handle(request.user, melding).or_403()
    try:
        steps.take_on(melding, by=request.user)
    except OvertakenError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Deze melding ligt nu bij jou."))
    return redirect(melding)


@GET_OR_POST
def link(request: AuthedRequest, pk: int) -> HttpResponse:
    melding = get_melding(request, pk)
    permissions.may_handle(request.user, melding).or_403()

    def save(form: LinkForm) -> bool:
        edit.link(melding, form.cleaned_data["action"], by=request.user)
        return True

    form, saved = try_save(lambda: LinkForm(sent(request), melding=melding, by=request.user), save)
    return _answered(request, melding, form, saved, _("Koppelen aan een actie van het plan"))


def _answered(
    request: AuthedRequest, melding: Melding, form: Any, saved: Any, title: str
) -> HttpResponse:
    if saved:
        messages.success(request, _("Bewaard."))
        return redirect(melding)
    return show_form(request, form, melding_form_page(melding, title, str(_("Bewaren"))))
