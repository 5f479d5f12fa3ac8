"""The pages of reminders that a person may open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.permissions import ALLOWED, Verdict
from mails import permissions as mail_rules
from reminders import permissions

if TYPE_CHECKING:
    from accounts.models import User


def _anybody(_user: User) -> Verdict:
    return ALLOWED


TABS = (
    (_("Voor mij"), "reminders:mine", _anybody),
    (_("Kerngroep"), "reminders:core-group", permissions.may_follow),
    (_("Wie krijgt wat"), "reminders:forecast", permissions.may_follow),
    (_("Antwoorden via link"), "answers:list", permissions.may_follow),
    (_("Instellen"), "reminders:settings", permissions.may_edit),
    (_("Mails"), "mails:list", mail_rules.may_follow),
)


def tabs(user: User, here: str) -> list[dict[str, Any]]:
    """One page needs no tabs."""
    found = [
        {"label": label, "url": reverse(name), "current": name == here}
        for label, name, rule in TABS
        if rule(user)
    ]
    return found if len(found) > 1 else []
