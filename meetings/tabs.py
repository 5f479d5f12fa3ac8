"""The pages of the part "Rapporten" of the house: reports, meetings and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings import permissions

if TYPE_CHECKING:
    from accounts.models import User

TABS = (
    (_("Rapporten"), "reports:list", permissions.may_read_meetings),
    (_("Overleg"), "meetings:list", permissions.may_read_meetings),
    (_("Beslissingen"), "meetings:resolutions", permissions.may_read_resolutions),
)


def tabs(user: User, here: str) -> list[dict[str, Any]]:
    """Those that this person may open, the one he is at marked."""
    return [
        {"label": label, "url": reverse(name), "current": name == here}
        for label, name, rule in TABS
        if rule(user)
    ]
