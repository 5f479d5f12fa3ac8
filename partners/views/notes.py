"""Confidential notes. Who is not named gets the answer that a note which does not exist gives."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Municipality
from accounts.views.fresh import ask_to_sign_in_again, fresh_sign_in, is_fresh
from core import receipts
from core.forms import ClashError, form_status
from core.http import AuthedRequest, sent
from core.sealing import LostKeyError
from partners import permissions
from partners.forms.notes import DestroyForm, NoteEditForm, NoteForm, NoteReaderForm, RescueForm
from partners.models import ConfidentialNote, NoteReader, Outcome, Partner
from partners.models.notes import ConfidentialNoteQuerySet
from partners.operations import notes
from partners.views.common import get_partner

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 50
LATEST = 5  # readings on the page of a note


def find_note(request: AuthedRequest, pk: uuid.UUID) -> ConfidentialNote:
    """A note for who is named on it; the refusal of anybody else is logged."""
    visible = ConfidentialNote.objects.visible_to(request.user)
    note = visible.select_related("partner", "made_by").filter(pk=pk).first()
    if note is None:
        notes.log_refusal(pk, by=request.user)
        raise Http404
    return note


def find_fresh(request: AuthedRequest, pk: uuid.UUID) -> ConfidentialNote:
    """The same, for who gave the password or the code recently."""
    note = find_note(request, pk)
    if not is_fresh(request):
        notes.log(note, Outcome.STALE, by=request.user)
        ask_to_sign_in_again()
    return note


@require_safe
def note_list(request: AuthedRequest) -> HttpResponse:
    rows = ConfidentialNote.objects.visible_to(request.user).for_cards()
    lost_ones = _to_rescue(request).for_cards()[:PER_PAGE]
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "unread": lost_ones,
    }
    return render(request, "partners/note_list.html", context)


def _to_rescue(request: AuthedRequest) -> ConfidentialNoteQuerySet:
    return ConfidentialNote.objects.to_rescue(request.user, on=timezone.localdate())


@GET_OR_POST
def note_rescue(request: AuthedRequest, pk: uuid.UUID) -> HttpResponse:
    """Name a reader of a note that nobody can read any more. It is not opened for that."""
    note = _to_rescue(request).for_cards().filter(pk=pk).first()
    if note is None:
        notes.log_refusal(pk, by=request.user)
        raise Http404
    return _rescue(request, note)


@fresh_sign_in
def _rescue(request: AuthedRequest, note: ConfidentialNote) -> HttpResponse:
    form = RescueForm(sent(request), note=note, by=request.user)
    if form.is_valid():
        data = form.cleaned_data
        notes.rescue(note, data["person"], data["reason"], data["until"], by=request.user)
        messages.success(request, _("%s kan de nota nu lezen.") % data["person"])
        return redirect("partners:notes")
    context = {"form": form, "note": note}
    status = 422 if form.is_bound else 200
    return render(request, "partners/note_rescue.html", context, status=status)


@require_safe
def note_open(request: AuthedRequest, pk: uuid.UUID) -> HttpResponse:
    note = find_fresh(request, pk)
    try:
        text = notes.read(note, by=request.user)
    except LostKeyError:
        return lost(request, note)
    context = {
        "note": note,
        "text": text,
        "readers": note.readers.standing().select_related("person", "named_by"),
        "readings": note.readings.all()[:LATEST],
        "today": timezone.localdate(),
        "may_keep": permissions.may_keep_note(request.user, note),
    }
    return render(request, "partners/note_detail.html", context)


def lost(request: AuthedRequest, note: ConfidentialNote) -> HttpResponse:
    return render(request, "partners/note_lost.html", {"note": note}, status=503)


@require_safe
def note_readings(request: AuthedRequest, pk: uuid.UUID) -> HttpResponse:
    note = find_note(request, pk)
    page = Paginator(note.readings.all(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "partners/note_readings.html", {"note": note, "page": page})


@GET_OR_POST
@sensitive_post_parameters("body")
def note_create(request: AuthedRequest, pk: int) -> HttpResponse:
    partner = get_partner(request, pk)

    def make(text: str) -> ConfidentialNote:
        place = partner.municipality
        return notes.make_note(text, by=request.user, municipality=place, partner=partner)

    return write_note(request, partner.municipality, partner, make)


def write_note(
    request: AuthedRequest,
    place: Municipality,
    subject: Partner | Any,
    make: Callable[[str], ConfidentialNote],
) -> HttpResponse:
    """The page on which a note about anything is written."""
    permissions.may_write_note(request.user, place.pk).or_403()
    if note := receipts.found(request.POST, ConfidentialNote, by=request.user):
        return redirect(note)
    form = NoteForm(sent(request))
    if form.is_valid():
        body, token = form.cleaned_data["body"], form.cleaned_data["form_token"]
        note = receipts.once(token, ConfidentialNote, lambda: make(body), by=request.user)
        messages.success(request, _("De nota is bewaard. Alleen jij kunt ze lezen."))
        return redirect(note)
    context = {"form": form, "subject": subject}
    return render(request, "partners/note_form.html", context, status=form_status(form))


@GET_OR_POST
@sensitive_post_parameters("body")
def note_edit(request: AuthedRequest, pk: uuid.UUID) -> HttpResponse:
    note = find_note(request, pk)
    permissions.may_keep_note(request.user, note).or_403()
    if request.method == "POST" and not is_fresh(request):
        return _keep_typing(request, note)
    note = find_fresh(request, pk)
    try:
        form = _edit_form(request, note)
    except LostKeyError:
        return lost(request, note)
    if form.is_valid():
        if _rewritten(form, request):
            messages.success(request, _("De nota is bewaard."))
            return redirect(note)
        form = _edit_form(request, find_note(request, pk))  # with the other's text beside it
        form.is_valid()
    return render(
        request, "partners/note_form.html", {"form": form, "note": note}, status=form_status(form)
    )


def _edit_form(request: AuthedRequest, note: ConfidentialNote) -> NoteEditForm:
    return NoteEditForm(sent(request), instance=note, text=notes.read(note, by=request.user))


def _rewritten(form: NoteEditForm, request: AuthedRequest) -> bool:
    data = form.cleaned_data
    if "body" not in form.changed_data:
        return True
    try:
        notes.rewrite(form.instance, data["body"], version=data["version"], by=request.user)
    except ClashError:
        return False
    return True


def _keep_typing(request: AuthedRequest, note: ConfidentialNote) -> HttpResponse:
    """The sign-in grew old while somebody wrote: their own text again, and nothing of what is
    stored. The usual way, which keeps a sent form in the session, would write it down there."""
    notes.log(note, Outcome.STALE, by=request.user)
    form = NoteEditForm(instance=note, text=request.POST.get("body", ""))
    form.initial["version"] = request.POST.get("version", "")
    context = {"form": form, "note": note, "stale": True}
    return render(request, "partners/note_form.html", context, status=422)


@GET_OR_POST
def note_name(request: AuthedRequest, pk: uuid.UUID) -> HttpResponse:
    note = find_note(request, pk)
    permissions.may_keep_note(request.user, note).or_403()
    return _name(request, note)


@fresh_sign_in
def _name(request: AuthedRequest, note: ConfidentialNote) -> HttpResponse:
    form = NoteReaderForm(sent(request), note=note)
    if form.is_valid():
        data = form.cleaned_data
        notes.name_reader(note, data["person"], data["reason"], data["until"], by=request.user)
        messages.success(request, _("%s kan de nota nu lezen.") % data["person"])
        return redirect(note)
    context = {"form": form, "note": note}
    return render(request, "partners/note_reader_form.html", context, status=form_status(form))


@require_POST
def note_reader_end(request: AuthedRequest, pk: int) -> HttpResponse:
    named = ConfidentialNote.objects.visible_to(request.user)
    rows = NoteReader.objects.filter(note__in=named).select_related("note", "person")
    reader = get_object_or_404(rows, pk=pk)
    notes.end_reader(reader, by=request.user)
    messages.success(request, _("%s leest de nota niet meer.") % reader.person)
    if reader.person_id == request.user.pk:
        return redirect("partners:notes")
    return redirect(reader.note)


@GET_OR_POST
def note_destroy(request: AuthedRequest, pk: uuid.UUID) -> HttpResponse:
    note = find_note(request, pk)
    permissions.may_keep_note(request.user, note).or_403()
    return _destroy(request, note)


@fresh_sign_in
def _destroy(request: AuthedRequest, note: ConfidentialNote) -> HttpResponse:
    form = DestroyForm(sent(request))
    if form.is_valid():
        notes.destroy(note, form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("De nota is vernietigd. Niemand kan ze nog lezen."))
        return redirect("partners:notes")
    context = {"form": form, "note": note}
    return render(request, "partners/note_destroy.html", context, status=form_status(form))
