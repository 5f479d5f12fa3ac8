"""Sessions that end in time, and a second factor for the roles that need one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, resolve_url

from accounts import permissions
from accounts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from core.http import AuthedRequest

    GetResponse = Callable[[HttpRequest], HttpResponse]

WRITE_SECONDS = 60  # the moment of the last page is kept this precisely, to spare the database
BEGAN, SEEN = "began_at", "seen_at"
# Who stands in the street all day, phone in hand, keeps a session longer.
STREET_ROLES = frozenset({Role.WARDEN, Role.FINDER})
# Where one may go before there is a second step: setting it up.
SETTING_UP = frozenset(
    {"account_reauthenticate", "mfa_activate_totp", "mfa_reauthenticate", "mfa_view_recovery_codes"}
)
# Where an outside partner may go: how the names of some addresses begin, and others by name.
SPACES = ("space:", "evaluation-space:", "account_", "mfa_", "usersessions_")
IN_SPACE = frozenset(
    {
        "home",
        "accounts:account",
        "accounts:language",
        "accounts:session-end",
        "partners:referrals",
        "partners:referral",
        "partners:referral-step",
        "reminders:mine",
        "reminders:choices",
        "answers:mine",
        "answers:revoke",
        "answers:revoke-all",
    }
)


def session_clock(get_response: GetResponse) -> GetResponse:
    """End a session that lay still too long, or that has lasted its day."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        return _told_to_htmx(request, response)

    middleware.process_view = _keep_time  # type: ignore[attr-defined]  # Django looks for it there
    return middleware


def require_second_factor(get_response: GetResponse) -> GetResponse:
    """Lead whoever must have a second step, and has none, to the page that makes it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    middleware.process_view = _ask_second_factor  # type: ignore[attr-defined]
    return middleware


def keep_in_space(get_response: GetResponse) -> GetResponse:
    """For whoever is only an outside partner, nothing exists but the space and the own account.

    Closed by default: a new address is not theirs until it stands in `IN_SPACE`.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    middleware.process_view = _only_space  # type: ignore[attr-defined]
    return middleware


def _only_space(request: HttpRequest, view: Any, *_args: Any) -> None:
    if _is_open(request, view):
        return
    match = request.resolver_match
    name = match.view_name if match else ""
    user = cast("AuthedRequest", request).user
    opens = name in IN_SPACE or name.startswith(SPACES)
    if user.works_in_space_only and not opens:
        raise Http404


def _is_open(request: HttpRequest, view: Any) -> bool:
    """Public pages and strangers need no clock and no second step."""
    return not getattr(view, "login_required", True) or not request.user.is_authenticated


def _keep_time(request: HttpRequest, view: Any, *_args: Any) -> HttpResponse | None:
    if _is_open(request, view):
        return None
    now, session = int(time.time()), request.session
    began, seen = session.setdefault(BEGAN, now), session.setdefault(SEEN, now)
    if now - began > settings.SESSION_COOKIE_AGE or now - seen > _idle_seconds(request, now - seen):
        logout(request)
        query = urlencode({"next": request.get_full_path(), "verlopen": 1})
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")
    if now - seen >= WRITE_SECONDS:
        session[SEEN] = now
    return None


def _idle_seconds(request: HttpRequest, idle: int) -> int:
    short: int = settings.SESSION_IDLE_SECONDS
    if idle <= short:
        return short
    roles = cast("AuthedRequest", request).user.roles
    return int(settings.SESSION_IDLE_PHONE_SECONDS) if roles and roles <= STREET_ROLES else short


def _told_to_htmx(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A part of a page has no room for the sign-in form: say 401, the script then tells why."""
    entrance = resolve_url(settings.LOGIN_URL)
    to_entrance = response.headers.get("Location", "").startswith(entrance)
    if to_entrance and request.headers.get("HX-Request") and not request.user.is_authenticated:
        return HttpResponse(status=401)
    return response


def _ask_second_factor(request: HttpRequest, view: Any, *_args: Any) -> HttpResponse | None:
    if not settings.MFA_REQUIRED_ROLES or _is_open(request, view):
        return None
    match = request.resolver_match
    if match and match.view_name in SETTING_UP:
        return None
    user = cast("AuthedRequest", request).user
    if permissions.needs_second_factor(user) and not is_mfa_enabled(user, ["totp"]):
        return redirect("mfa_activate_totp")
    return None
