"""What every answer tells the browser and the logs, and how large a question may be."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core import logs, views

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), "
        "encrypted-media=(), geolocation=(self), gyroscope=(), magnetometer=(), microphone=(), "
        "midi=(), payment=(), usb=()"
    ),
}


def security_headers(get_response: Handler) -> Handler:
    """Refuse bodies that are too large, and keep what a session saw out of every cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = views.too_large(request) if _is_too_large(request) else get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if _belongs_to_a_session(request, response):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def _is_too_large(request: HttpRequest) -> bool:
    """One file and the form around it is the most that anybody sends."""
    limit: int = settings.UPLOAD_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > limit
    except ValueError:
        return False


def _belongs_to_a_session(request: HttpRequest, response: HttpResponse) -> bool:
    # The cookie tells it without a query: asking `request.user` would read the session.
    name = settings.SESSION_COOKIE_NAME
    return name in request.COOKIES or name in response.cookies


def number_requests(get_response: Handler) -> Handler:
    """Give each request a number that people can name, and write one line about it.

    The address stays out of the log: it may hold a secret or somebody's search. Its route does not.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        number, began = secrets.token_hex(4), time.monotonic()
        token = logs.doing.set({"request": number})
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = number
            _tell(request, response, began)
        finally:
            logs.doing.reset(token)
        return response

    return middleware


def _tell(request: HttpRequest, response: HttpResponse, began: float) -> None:
    match = request.resolver_match
    user = request.__dict__.get("_cached_user")  # asking `request.user` would read the session
    told = {
        "method": request.method,
        "route": match.route if match else "",
        "status": response.status_code,
        "ms": round((time.monotonic() - began) * 1000),
        "user": user.pk if user else None,
    }
    logger.info("request", extra=told)
