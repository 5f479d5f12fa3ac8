"""Who sets how people are reminded, and who follows what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.permissions import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from accounts.models import User


def may_edit(user: User, municipality_id: int | None = None) -> Verdict:
    """The moments, the ladder and the quiet hours of a municipality."""
    if user.has_right(Right.REMINDER_EDIT, municipality_id):
        return ALLOWED
    return denied(_("Herinneringen stelt de coördinator of de functioneel beheerder in."))


def may_follow(user: User, municipality_id: int | None = None) -> Verdict:
    """Who would get what, and the items for the core group."""
    if user.has_right(Right.REMINDER_FOLLOW, municipality_id):
        return ALLOWED
    return denied(_("Dit volgt de coördinator op."))
