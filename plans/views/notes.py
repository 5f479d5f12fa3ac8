"""Confidential notes about an action: written from its page, and back to it from the note."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts.models import Municipality
from accounts.roles import Right
from core.http import AuthedRequest
from partners.models import ConfidentialNote
from partners.views.notes import write_note
from plans import permissions
from plans.models import Action
from plans.operations import notes
from plans.views.action_edit import GET_OR_POST
from plans.views.actions import get_action


@GET_OR_POST
@sensitive_post_parameters("body")
def note_create(request: AuthedRequest, pk: int) -> HttpResponse:
    action = get_action(request.user, pk)
    permissions.may_write_note(request.user, action).or_403()
    asked = permissions.place_for(request.user, action, Right.NOTE_WRITE)
    place = get_object_or_404(Municipality, pk=asked or 0)

    def make(text: str) -> ConfidentialNote:
        return notes.make_note(action, text, municipality=place, by=request.user)

    return write_note(request, place, action, make)


@require_safe
def of_note(request: AuthedRequest, pk: uuid.UUID) -> HttpResponse:
    """What a note is about, as a part of its page: the action, for who also reads that."""
    note = get_object_or_404(ConfidentialNote.objects.visible_to(request.user), pk=pk)
    actions = Action.objects.visible_to(request.user).filter(note_links__note=note)
    context = {"note": note, "action": actions.first()}
    template = "plans/of_note.html"
    return render(request, f"{template}#subject" if request.htmx else template, context)
