"""The page behind a link in a mail: one question, for one person, without signing in.

Reading it changes nothing: scanners of mail follow each link, and keep what they see. So a button
comes first, and only what a person presses opens the form and is written down.
"""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from answers import operations
from answers.permissions import look
from core.views import too_many

if TYPE_CHECKING:
    from collections.abc import Callable

    from answers.models import AnswerLink
    from answers.operations import Answered

HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
FIRST_STEP = "open"


def _alone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Nobody is signed in on this page, whoever looks at it; and nothing of it is kept or told."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.user = AnonymousUser()
        response = view(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return page


@csrf_exempt  # the link is what opens it: whoever could forge the form has the link already
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables("token")
@_alone
def answer(request: HttpRequest, token: str) -> HttpResponse:
    if _guesses_too_often(request):
        return too_many(request)
    link = operations.find(token)
    if link is None:
        _consume(request, "antwoord")
        return _gone(request)
    if request.method != "POST":
        return _start(request, link, token)
    if not _consume(request, "antwoord_versturen"):
        return too_many(request)
    if request.POST.get("stap") == FIRST_STEP:
        return _form(request, link, operations.open_form(link, token))
    done = operations.answer(link, token, request.POST)
    return _saved(request, link, done) if done.row else _form(request, link, done)


def _consume(request: HttpRequest, action: str, *, dry_run: bool = False) -> bool:
    found = ratelimit.consume(
        request, app="allauth.account", action=action, limit_get=True, dry_run=dry_run
    )
    return found is not None


def _guesses_too_often(request: HttpRequest) -> bool:
    """Then the right address is refused too, as with a password: else guessing just goes on."""
    return not _consume(request, "antwoord", dry_run=True)


def _gone(request: HttpRequest) -> HttpResponse:
    """One page for whatever is not there: which of the reasons it is, is nobody's business."""
    context = {"messages": ()}
    return render(request, "answers/gone.html", context, status=HTTPStatus.NOT_FOUND)


def _frame(request: HttpRequest, link: AnswerLink, subject: Any) -> dict[str, Any]:
    request.municipality = link.municipality  # type: ignore[attr-defined]  # shown by the frame
    code, title = link.kind.named(subject)
    return {
        "code": code,
        "title": title,
        "who": masked(link.person.name),
        "page": link.kind.page(subject),
        "messages": (),
    }


def _start(request: HttpRequest, link: AnswerLink, token: str) -> HttpResponse:
    subject, refusal = look(link, token, at=timezone.now())
    if refusal:
        return _gone(request)
    context = {**_frame(request, link, subject), "lead": link.kind.lead, "until": link.expires_at}
    return render(request, "answers/start.html", context)


def _form(request: HttpRequest, link: AnswerLink, done: Answered) -> HttpResponse:
    if done.subject is None:
        return _gone(request)
    context = {**_frame(request, link, done.subject), "form": done.form, "fields": link.kind.fields}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if done.form.is_bound else HTTPStatus.OK
    return render(request, "answers/form.html", context, status=status)


def _saved(request: HttpRequest, link: AnswerLink, done: Answered) -> HttpResponse:
    request.municipality = link.municipality  # type: ignore[attr-defined]
    subject = done.subject or getattr(link, link.column)
    context = {**_frame(request, link, subject), "said": link.kind.said(done.row)}
    return render(request, "answers/saved.html", context)


def masked(name: str) -> str:
    """Enough for who it is to know it, such as "A… P…"."""
    words = [word for word in name.split() if word[0].isalpha()]
    return " ".join(f"{word[0]}…" for word in words[:3]) or _("de ontvanger van de mail")
