"""Referrals that come out of an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from partners.operations import referrals
from plans import permissions
from plans.models import ActionReferral

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models import Referral
    from plans.models import Action


@transaction.atomic
def refer(action: Action, referral: Referral, *, by: User) -> Referral:
    permissions.may_refer(by, action).or_403()
    made = referrals.refer(referral, by=by)
    ActionReferral.objects.create(action=action, referral=made)
    return made
