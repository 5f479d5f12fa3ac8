"""What the frame of each page needs to know; nothing here asks the database for a stranger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from ivcentrum import navigation

THEMES = frozenset({"light", "dark"})


@dataclass(frozen=True, slots=True)
class House:
    """The frame: who is looking, for which municipality, and where one can go."""

    demo: bool
    theme: str
    navigation: tuple[navigation.Link, ...] = ()
    municipality: Any = None
    user_name: str = ""
    person: int | None = None
    roles: str = ""


def house(request: HttpRequest) -> dict[str, House]:
    theme = request.COOKIES.get("theme", "")
    frame = {"demo": settings.DEMO, "theme": theme if theme in THEMES else ""}
    user = getattr(request, "user", None)  # an error page may come before the user is known
    if user is None or not user.is_authenticated:
        shown = getattr(request, "municipality", None)  # a public page says whose it is
        return {"house": House(**frame, municipality=shown)}
    memberships = user.memberships_now
    return {
        "house": House(
            **frame,
            navigation=navigation.for_user(user, request.path),
            municipality=memberships[0].municipality if memberships else None,
            user_name=str(user),
            person=user.pk,
            roles=", ".join(dict.fromkeys(m.get_role_display() for m in memberships)),
        )
    }
