"""Referrals as words ready to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.templatetags.house import badge
from partners.workflow import ReferralStatus

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.safestring import SafeString

    from partners.models import Referral

REFERRAL_TONES = {
    ReferralStatus.SENT: "info",
    ReferralStatus.ACCEPTED: "plum",
    ReferralStatus.NO_CAPACITY: "warn",
    ReferralStatus.DECLINED: "danger",
    ReferralStatus.DONE: "ok",
    ReferralStatus.WITHDRAWN: "mute",
}


def referral_badge(referral: Referral, *, on: dt.date) -> SafeString:
    """How a referral stands; late is what matters first."""
    if referral.is_late(on=on):
        return badge(_("Antwoord te laat"), "danger", "clock")
    status = ReferralStatus(referral.status)
    return badge(status.label, REFERRAL_TONES[status])
