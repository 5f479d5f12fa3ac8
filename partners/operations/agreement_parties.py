"""Who is a party of an agreement, and who signed for it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from core import history
from partners import permissions
from partners.models import Agreement, AgreementParty, Commitment, ContactOfficer
from partners.operations import contacts

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models import Partner


@transaction.atomic
def add_party(agreement: Agreement, partner: Partner, *, by: User) -> AgreementParty:
    """A partner becomes a party; of two at once, one does."""
    permissions.may_edit_agreement(by, agreement).or_403()
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    party, is_new = AgreementParty.objects.get_or_create(agreement=agreement, partner=partner)
    if is_new:
        history.record("agreementparty.added", party, by=by, context=agreement)
    return party


@transaction.atomic
def drop_party(party: AgreementParty, *, by: User) -> None:
    """A partner is no party any more. What it once promised and was taken off goes with it,
    and so does whom one turned to there about this agreement."""
    AgreementParty.objects.select_for_update().get(pk=party.pk)
    promised = Commitment.objects.filter(party=party)
    permissions.may_drop_party(by, party, promised.current().count()).or_403()
    history.record("agreementparty.dropped", party, by=by, context=party.agreement)
    promised.delete()
    for officer in ContactOfficer.objects.filter(agreement=party.agreement, partner=party.partner):
        contacts.take_off(officer, by=by)
    party.delete()


@transaction.atomic
def sign(
    party: AgreementParty, *, signatory: str, function: str, on: dt.date | None, by: User
) -> None:
    """Note who signed for a party and when; without a day the signature is taken back."""
    permissions.may_edit_agreement(by, party.agreement).or_403()
    before = AgreementParty.objects.select_for_update().get(pk=party.pk)
    after = {"signatory": signatory, "signatory_function": function, "signed_on": on}
    changes = [
        history.change(party, name, getattr(before, name), value)
        for name, value in after.items()
        if getattr(before, name) != value
    ]
    if not changes:
        return
    AgreementParty.objects.filter(pk=party.pk).update(**after)
    verb = "agreementparty.signed" if on else "agreementparty.unsigned"
    history.record(verb, party, by=by, context=party.agreement, changes=changes, happened_on=on)
