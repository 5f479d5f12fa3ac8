"""The pages for when something is wrong, and the page that shows the house style."""

from __future__ import annotations

import sys

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from core import logs, storage, style_guide

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, TOO_LARGE):
        return too_large(request, exception)
    return render(request, "400.html", status=400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say why not, in the words of the rule that refused."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return render(request, "403.html", {"reason": reason}, status=403)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


@requires_csrf_token
def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "413.html", status=413)


@requires_csrf_token
def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without request, session or database: any of them may be what is broken."""
    is_full = storage.is_disk_full(sys.exc_info()[1])
    words = {"number": logs.doing.get().get("request", ""), "is_full": is_full}
    page = loader.render_to_string("500.html", words)
    return HttpResponseServerError(page, status=507 if is_full else 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from an old page. The text is still in the browser, one step back."""
    return render(request, "core/csrf_failure.html", {"back": _where_from(request)}, status=403)


def _where_from(request: HttpRequest) -> str:
    """The page the form stood on, when it was one of ours."""
    referer = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure())
    return referer if is_ours else "/"


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every component of the house, for whoever builds a page or judges one."""
    return render(request, "core/style.html", style_guide.context())
