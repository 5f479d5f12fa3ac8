"""After the report: how it goes, a question of ours, and whether it is solved."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.forms import form_status
from core.http import sent
from core.views import too_many
from meldingen.forms.citizen import AnswerForm, FollowForm, ResponseForm
from meldingen.models import Melding
from meldingen.operations import citizen as operations
from meldingen.operations import questions
from meldingen.said import TO_REPORTER
from meldingen.views.public import in_this_language, public, speak, too_often
from meldingen.workflow import MeldingStatus

FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt  # it only looks something up
@FORM_METHODS
@public
def follow_form(request: HttpRequest) -> HttpResponse:
    """Type the code from the thanks, the mail or the letter."""
    languages = speak(request, None)
    if request.method == "POST" and too_often(request, "volgen"):
        return too_many(request)
    form = FollowForm(sent(request))
    if form.is_valid():
        address = reverse("meldingen:follow", args=[form.cleaned_data["code"]])
        return redirect(in_this_language(address))
    context = {"form": form, "languages": languages}
    status = form_status(form)
    return render(request, "meldingen/public/follow_form.html", context, status=status)


@require_safe
@public
def follow(request: HttpRequest, follow: str) -> HttpResponse:
    """How it goes, in words that tell nothing about a person."""
    rows = Melding.objects.select_related("category", "municipality", "joined_to")
    melding = get_object_or_404(rows, follow_code=follow.upper())
    handled = melding.joined_to or melding
    context = {
        "languages": speak(request, melding.municipality),
        "melding": melding,
        "category": melding.category.name_in(get_language()),
        "handled": handled,
        "said": TO_REPORTER[MeldingStatus(handled.status)],
    }
    return render(request, "meldingen/public/follow.html", context)


@csrf_exempt  # the signed link is what opens it, and what it does can be done once
@FORM_METHODS
@public
def solved(request: HttpRequest, token: str) -> HttpResponse:
    """ "Is het opgelost?": reading it answers nothing, since mail programs follow links."""
    reporter = operations.reporter_of(token)
    if reporter is None:
        raise Http404
    languages = speak(request, reporter.melding.municipality)
    given = operations.response_of(reporter)
    form = ResponseForm(sent(request))
    if not given and form.is_valid():
        given = operations.respond(
            reporter, solved=form.cleaned_data["solved"], words=form.cleaned_data["words"]
        )
    melding = reporter.melding
    context = {
        "languages": languages,
        "melding": melding,
        "category": melding.category.name_in(get_language()),
        "given": given,
        "form": form,
    }
    status = 200 if given else form_status(form)
    return render(request, "meldingen/public/solved.html", context, status=status)


@csrf_exempt  # the signed link is what opens it, and it is answered once
@FORM_METHODS
@public
def question(request: HttpRequest, token: str) -> HttpResponse:
    """What we asked; only sending the answer answers."""
    found = questions.question_of(token)
    if found is None:
        raise Http404
    languages = speak(request, found.melding.municipality)
    form = AnswerForm(sent(request))
    if not found.answered_at and form.is_valid():
        found = questions.answer(found, form.cleaned_data["answer"])
    context = {"languages": languages, "question": found, "form": form}
    status = 200 if found.answered_at else form_status(form)
    return render(request, "meldingen/public/question.html", context, status=status)
