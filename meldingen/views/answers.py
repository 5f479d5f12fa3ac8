"""Who reported, and what they are still to be told."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.forms import OvertakenError, form_status
from core.http import AuthedRequest, sent
from meldingen import permissions
from meldingen.forms.desk import SettleForm
from meldingen.models import Answer, AnswerState, Channel, Melding, Reporter, ReporterQuestion
from meldingen.operations import answers
from meldingen.views.common import GET_OR_POST, get_melding

PER_PAGE = 50
WHERE_PAGE, WHERE_ANSWER = "pagina", "antwoord"


@require_POST
def reporter(request: AuthedRequest, pk: int) -> HttpResponse:
    """Who reported it: asked by a button, because looking is noted."""
    melding = get_melding(request, pk)
    people = answers.note_reading(melding, WHERE_PAGE, by=request.user)
    mails = melding.inbound_mails.exclude(text="").order_by("at")
    context = {"melding": melding, "people": people, "mails": mails}
    template = "meldingen/reporter.html"
    response = render(request, f"{template}#people" if request.htmx else template, context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def answer_list(request: AuthedRequest) -> HttpResponse:
    """Everybody who still has to hear: the tasks, and the proof that nobody was forgotten."""
    permissions.may_answer_any(request.user).or_403()
    seen = Answer.objects.visible_to(request.user).to_do().for_list()
    channel = request.GET.get("via", "")
    if channel in Channel.values:
        seen = seen.filter(channel=channel)
    page = Paginator(seen, PER_PAGE).get_page(request.GET.get("page"))
    asked = ReporterQuestion.objects.visible_to(request.user)
    context = {
        "page": page,
        "replies": asked.unread().count(),
        "channels": [row for row in Channel.choices if row[0] != Channel.NONE],
        "channel": channel,
        "forgotten": _forgotten(request.user),
    }
    return render(request, "meldingen/answer_list.html", context)


def _forgotten(user: User) -> list[Melding]:
    """What is over while somebody who told it has no answer at all: it should be nothing."""
    rows = Reporter.objects.visible_to(user).left_without_answer()
    return list(Melding.objects.filter(pk__in=rows.values("melding")).order_by("closed_at"))


@GET_OR_POST
def answer(request: AuthedRequest, pk: int) -> HttpResponse:
    """What to say, to whom and how to reach them (looking is noted), and how it went."""
    rows = Answer.objects.visible_to(request.user).select_related("melding__category", "reporter")
    found = get_object_or_404(rows.select_related("melding__municipality"), pk=pk)
    permissions.may_answer(request.user, found.melding).or_403()
    form = SettleForm(sent(request))
    if form.is_valid() and _settled(request, found, form):
        return redirect("meldingen:answers")
    answers.note_reading(found.melding, WHERE_ANSWER, by=request.user)
    context = {"answer": found, "form": form, "is_open": found.state == AnswerState.TO_DO}
    status = 409 if form.is_bound and form.non_field_errors() else form_status(form)
    response = render(request, "meldingen/answer.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _settled(request: AuthedRequest, found: Answer, form: SettleForm) -> bool:
    try:
        answers.settle(found, **form.cleaned_data, by=request.user)
    except OvertakenError as error:
        form.add_error(None, str(error.message))
        return False
    messages.success(request, _("Genoteerd."))
    return True
