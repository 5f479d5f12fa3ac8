"""Who is asked for an opinion, and the answer of a person of the municipality."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.form_page import show_form, try_save
from core.http import AuthedRequest, sent
from evaluations import permissions
from evaluations.forms.participants import AnswerForm, ParticipantForm
from evaluations.models import Participant
from evaluations.operations import participants
from evaluations.views.common import GET_OR_POST, about, get_evaluation

ANCHOR = "#deelnemers"


@GET_OR_POST
def participant_add(request: AuthedRequest, pk: int) -> HttpResponse:
    evaluation = get_evaluation(request, pk)
    permissions.may_invite(request.user, evaluation).or_403()
    form, added = try_save(
        lambda: ParticipantForm(sent(request), evaluation=evaluation),
        lambda form: participants.invite(form, by=request.user),
    )
    if added:
        messages.success(request, _("%s is gevraagd.") % added)
        return redirect(f"{evaluation.get_absolute_url()}{ANCHOR}")
    page = about(
        evaluation, _("Een deelnemer vragen"), _("Vragen"), anchor=ANCHOR,
        lead=_("Kies een persoon of een partner."),
    )  # fmt: skip
    return show_form(request, form, page)


def _get_participant(request: AuthedRequest, pk: int) -> Participant:
    """One that is asked, in an evaluation that this person reads: its own door is that one's."""
    row = get_object_or_404(Participant.objects.select_related("person", "partner"), pk=pk)
    row.evaluation = get_evaluation(request, row.evaluation_id)
    return row


@require_POST
def participant_drop(request: AuthedRequest, pk: int) -> HttpResponse:
    row = _get_participant(request, pk)
    participants.drop(row, by=request.user)
    messages.success(request, _("Deze deelnemer wordt niet meer gevraagd."))
    return redirect(f"{row.evaluation.get_absolute_url()}{ANCHOR}")


@GET_OR_POST
def participant_answer(request: AuthedRequest, pk: int) -> HttpResponse:
    row = _get_participant(request, pk)
    permissions.may_answer(request.user, row).or_403()
    form, answered = try_save(
        lambda: AnswerForm(sent(request), instance=_get_participant(request, pk)),
        lambda form: participants.answer(form, by=request.user),
    )
    if answered:
        messages.success(request, _("Dank je. Je antwoord staat bij de evaluatie."))
        return redirect(row.evaluation)
    page = about(row.evaluation, _("Wat vind jij?"), _("Antwoorden"), anchor=ANCHOR)
    return show_form(request, form, page)
