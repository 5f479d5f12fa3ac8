"""Sending a melding on to a partner: what the partner reads is written for it, nothing goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import history
from meldingen import permissions
from meldingen.models import ClosureReason, MeldingReferral
from meldingen.operations import steps
from meldingen.workflow import MeldingStatus
from partners.operations import referrals

if TYPE_CHECKING:
    from accounts.models import User
    from meldingen.models import Melding
    from partners.models import Referral

PASSED_ON = "doorgegeven"  # the code of the reason that every municipality has


@transaction.atomic
def refer(melding: Melding, referral: Referral, *, by: User) -> Referral:
    """The referral goes out and the melding is over here; whoever reported it hears who has it."""
    permissions.may_refer(by, melding).or_403()
    made = referrals.refer(referral, by=by)
    MeldingReferral.objects.create(melding=melding, referral=made)
    reason, is_new = ClosureReason.objects.get_or_create(
        municipality=melding.municipality,
        code=PASSED_ON,
        defaults={"name": str(_("Doorgegeven aan bevoegde dienst"))},
    )
    if is_new:
        history.record("closurereason.made", reason, by=by)
    service = made.partner.name
    steps.close(
        melding, reason, by=by, text=service, target=MeldingStatus.REFERRED, service=service
    )
    return made
