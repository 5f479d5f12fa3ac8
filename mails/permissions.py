"""Who writes the texts of mails, and who sees to it that mails arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.permissions import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from accounts.models import User


def may_write(user: User, municipality_id: int | None = None) -> Verdict:
    """The words of the mails of a municipality."""
    if user.has_right(Right.MAIL_TEXTS, municipality_id):
        return ALLOWED
    return denied(_("Teksten van mails schrijft de coördinator of de functioneel beheerder."))


def may_follow(user: User, municipality_id: int | None = None) -> Verdict:
    """Which mails did not arrive, and what to do about them."""
    if user.has_right(Right.MAIL_FOLLOW, municipality_id):
        return ALLOWED
    return denied(_("Of mails aankomen, volgt de coördinator op."))
