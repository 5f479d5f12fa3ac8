"""What every answer tells the browser, and how large a question may be."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core import views

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
