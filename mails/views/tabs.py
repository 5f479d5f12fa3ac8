"""The pages of mails that a person may open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mails import permissions

if TYPE_CHECKING:
    from accounts.models import User

TABS = (
    (_("Aankomst"), "mails:list", permissions.may_follow),
    (_("Teksten"), "mails:texts", permissions.may_write),
)


def tabs(user: User, here: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": reverse(name), "current": name == here}
        for label, name, rule in TABS
        if rule(user)
    ]
