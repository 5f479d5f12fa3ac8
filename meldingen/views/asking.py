"""A question to whoever reported, and the answers that came back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core import receipts
from core.form_page import show_form, try_save
from core.http import AuthedRequest, sent
from meldingen import permissions
from meldingen.forms.desk import AskForm
from meldingen.models import Melding, ReporterQuestion
from meldingen.operations import questions
from meldingen.views.common import GET_OR_POST, get_melding, melding_form_page

PER_PAGE = 50


@GET_OR_POST
def ask(request: AuthedRequest, pk: int) -> HttpResponse:
    melding = get_melding(request, pk)
    permissions.may_ask(request.user, melding).or_403()
    if request.method != "POST" and not questions.askable(melding):
        return render(request, "meldingen/nobody_to_ask.html", {"melding": melding})
    form, made = try_save(
        lambda: AskForm(sent(request)), lambda form: _ask_once(request, melding, form)
    )
    if made:
        messages.success(request, _("De vraag wordt gemaild."))
        return redirect(melding)
    page = melding_form_page(melding, _("Vraag aan de melder"), _("Vraag mailen"), _lead(melding))
    return show_form(request, form, page)


def _ask_once(request: AuthedRequest, melding: Melding, form: AskForm) -> ReporterQuestion:
    """However often the form is sent."""
    data = form.cleaned_data
    return receipts.once(
        data["form_token"],
        ReporterQuestion,
        lambda: questions.ask(melding, data["text"], by=request.user),
        by=request.user,
    )


def _lead(melding: Melding) -> str:
    """To how many it goes; never to whom."""
    count = len(questions.askable(melding))
    said = ngettext("Eén melder krijgt een mail en antwoordt via een link, binnen vijf werkdagen.",
                    "%s melders krijgen een mail en antwoorden via een link, binnen vijf werkdagen.",
                    count)  # fmt: skip
    return said % count if count > 1 else said


@require_safe
def question_list(request: AuthedRequest) -> HttpResponse:
    """What was asked: new answers first, then what still waits."""
    permissions.may_answer_any(request.user).or_403()
    today = timezone.localdate()
    seen = ReporterQuestion.objects.visible_to(request.user)
    chosen = request.GET.get("toon", "nieuw")
    kinds = {"nieuw": seen.unread(), "wacht": seen.unanswered(on=today), "alles": seen}
    rows = kinds.get(chosen, seen).select_related("melding__category")
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "chosen": chosen if chosen in kinds else "alles",
        "today": today,
    }
    return render(request, "meldingen/question_list.html", context)


@require_POST
def question_read(request: AuthedRequest, pk: int) -> HttpResponse:
    """Somebody looked at the answer; it leaves the list of new ones."""
    seen = ReporterQuestion.objects.visible_to(request.user).select_related("melding")
    found = get_object_or_404(seen, pk=pk)
    questions.note_read(found, by=request.user)
    return redirect(found.melding)
