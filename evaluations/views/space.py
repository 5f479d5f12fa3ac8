"""What a partner is asked, in its space: the title, the questions and its own answer. No more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.form_page import try_save
from core.forms import form_status
from core.http import AuthedRequest, sent
from core.templatetags.house import badge
from evaluations import permissions
from evaluations.forms.participants import AnswerForm
from evaluations.models import Participant
from evaluations.operations import participants
from evaluations.views.common import GET_OR_POST
from evaluations.workflow import WRITABLE
from partners.models import Agreement, space_partners
from partners.permissions import may_use_space
from plans.models import Share

if TYPE_CHECKING:
    from accounts.models import User

PER_PAGE = 50


@require_safe
def overview(request: AuthedRequest) -> HttpResponse:
    may_use_space(request.user).or_403()
    found = Participant.objects.in_space_of(request.user).select_related("evaluation", "partner")
    rows = found.order_by("-evaluation__planned_on", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    several = len(space_partners(request.user)) > 1
    context = {"page": page, "rows": [_row(row, several=several) for row in page]}
    return render(request, "evaluations/space_list.html", context)


def _row(row: Participant, *, several: bool) -> dict[str, Any]:
    if row.answered_at:
        answer = badge(_("Beantwoord"), "ok")
    elif row.evaluation.status in WRITABLE:
        answer = badge(_("Wacht op jullie antwoord"), "warn")
    else:
        answer = badge(_("Niet beantwoord"), "mute")
    return {
        "url": reverse("evaluation-space:answer", args=[row.pk]),
        "title": row.evaluation.title,
        "partner": row.partner.name if several and row.partner else "",
        "answer": answer,
    }


@GET_OR_POST
def answer(request: AuthedRequest, pk: int) -> HttpResponse:
    row = _get(request, pk)
    may_answer = permissions.may_answer(request.user, row)
    if request.method == "POST":
        may_answer.or_403()
    form, answered = try_save(
        lambda: AnswerForm(sent(request), instance=_get(request, pk)),
        lambda form: participants.answer(form, by=request.user),
    )
    if answered:
        messages.success(request, _("Dank je. De gemeente krijgt jullie antwoord."))
        return redirect("evaluation-space:home")
    context = {
        "title": row.evaluation.title,
        "about": _shared_name(request.user, row),
        "row": row,
        "form": form if may_answer else None,
    }
    return render(request, "evaluations/space_answer.html", context, status=form_status(form))


def _get(request: AuthedRequest, pk: int) -> Participant:
    rows = Participant.objects.in_space_of(request.user)
    return get_object_or_404(rows.select_related("evaluation", "partner", "answered_by"), pk=pk)


def _shared_name(user: User, row: Participant) -> str:
    """What it is about, where the partner knows that already: its agreement, or a shared action."""
    evaluation = row.evaluation
    if evaluation.agreement_id:
        found = Agreement.objects.in_space_of(user).filter(pk=evaluation.agreement_id).first()
        return found.title if found else ""
    shares = Share.objects.in_space_of(user, at=timezone.now()).filter(partner=row.partner_id)
    share = shares.filter(action=evaluation.action_id).select_related("action").first()
    return share.action.title if share else ""
