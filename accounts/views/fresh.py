"""A second look at who sits there, before what could take over somebody's account."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse

View = TypeVar("View", bound=Callable[..., HttpResponse])


def fresh_sign_in(view: View) -> View:
    """Ask for the password or the code again when the last time is too long ago.

    How long is `ACCOUNT_REAUTHENTICATION_TIMEOUT`. A form that was sent goes on afterwards, so
    nothing has to be filled in twice.
    """
    return cast("View", reauthentication_required(app="accounts")(view))
