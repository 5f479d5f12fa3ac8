"""What the public pages share: no account, no cookie, and the language that the address asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.utils import translation
from django.views.decorators.cache import never_cache

from accounts.models import Municipality
from meldingen.links import FRENCH, in_language
from meldingen.models import Source
from meldingen.rush import SOURCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

LABELS = (("nl", "Nederlands"), (FRENCH, "Français"))


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """This page in a language; the one that is on leads nowhere."""

    code: str
    label: str
    address: str
    is_on: bool


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for everybody. The language that it speaks is not left to who comes after."""

    @login_not_required
    @never_cache
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(translation.get_language()):
            return view(request, *args, **kwargs)

    return shown


def speak(request: HttpRequest, place: Municipality | None) -> list[LanguageLink]:
    """Begin to speak what the address asks, and offer the other language where there is one.

    Without a place (a code is asked, a municipality chosen) French is there when it is somewhere.
    """
    request.municipality = place  # type: ignore[attr-defined]  # the frame shows its name and colour
    offers = place.has_facilities if place else places().filter(has_facilities=True).exists()
    if not offers:
        return []
    asked = FRENCH if request.GET.get("taal") == FRENCH else "nl"
    if asked == FRENCH:
        translation.activate(FRENCH)
    return [
        LanguageLink(code, label, in_language(request.path, code), code == asked)
        for code, label in LABELS
    ]


def in_this_language(address: str) -> str:
    """Where one goes next, in the language one reads."""
    return in_language(address, translation.get_language() or "")


def places() -> Any:
    """The municipalities that take meldingen from the web: those keep a source for it."""
    rows = Source.objects.filter(code=SOURCE, archived_at=None)
    return Municipality.objects.filter(pk__in=rows.values("municipality"))


def too_often(request: HttpRequest, action: str) -> bool:
    return ratelimit.consume(request, action=action) is False
