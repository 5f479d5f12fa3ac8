"""A second look at who sits there, before what could take over somebody's account."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse

View = TypeVar("View", bound=Callable[..., HttpResponse])


def fresh_sign_in(view: View) -> View:
    """Ask for the password or the code again when the last time is too long ago.

    How long is `ACCOUNT_REAUTHENTICATION_TIMEOUT`. A form that was sent goes on afterwards, so
    nothing has to be filled in twice.
    """
    return cast("View", reauthentication_required(app="accounts")(view))


def is_fresh(request: HttpRequest) -> bool:
    """Whether the password or the code was given recently enough for what is most delicate."""
    return not is_reauthentication_required(request, app="accounts")


def ask_to_sign_in_again() -> NoReturn:
    """Stop here and ask for the password or the code; the address that was asked comes after it."""
    raise ReauthenticationRequired
