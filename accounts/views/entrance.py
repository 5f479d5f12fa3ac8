"""allauth's pages, those that we use and no others, answering as ours do."""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from accounts import permissions
from accounts.operations import people

if TYPE_CHECKING:
    from core.http import AuthedRequest

READ_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])


def _ours(view: Any) -> Any:
    """Answer 422 to a form with mistakes, and 405 to methods that no page of ours knows."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 200:  # noqa: PLR2004
            response.status_code = 422
        return response

    return READ_AND_SEND(page)


def _second_step(request: HttpRequest) -> Any:
    """allauth's page, which also must know who cannot switch the second step off."""
    response = mfa.index(request)
    response.context_data["must_have_it"] = permissions.needs_second_factor(
        cast("AuthedRequest", request).user
    )
    return response


def _sessions(request: HttpRequest) -> HttpResponse:
    """allauth's page; whoever ends all other sessions also ends what else is open in that name."""
    response: HttpResponse = sessions.list_usersessions(request)
    if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
        people.end_what_else_is_open(cast("AuthedRequest", request).user)
    return response


login = _ours(account.login)
logout = _ours(account.logout)
reauthenticate = _ours(account.reauthenticate)
password_change = _ours(account.password_change)
password_reset = _ours(account.password_reset)
password_reset_done = require_safe(account.password_reset_done)
password_reset_from_key = _ours(account.password_reset_from_key)
password_reset_from_key_done = require_safe(account.password_reset_from_key_done)

mfa_authenticate = _ours(mfa.authenticate)
mfa_reauthenticate = _ours(mfa.reauthenticate)
mfa_index = require_safe(_second_step)
totp_activate = _ours(totp.activate_totp)
totp_deactivate = _ours(totp.deactivate_totp)
recovery_codes = require_safe(recovery.view_recovery_codes)
recovery_codes_generate = _ours(recovery.generate_recovery_codes)
recovery_codes_download = require_safe(recovery.download_recovery_codes)

sessions_list = _ours(_sessions)
