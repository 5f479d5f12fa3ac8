"""The people of a partner's space, and what they say about their contact data."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from accounts.operations.people import admit, write_in
from accounts.roles import Role
from core import history, receipts
from partners import permissions
from partners.models import ContactCorrection, Direction, Partner, PartnerMember
from partners.operations.sharing import record_sharing

if TYPE_CHECKING:
    from partners.forms.space import CorrectionForm


@transaction.atomic
def invite(partner: Partner, name: str, email: str, *, token: uuid.UUID, by: User) -> PartnerMember:
    """Invite somebody into the space of a partner: from the municipality, or from the partner."""
    if not permissions.may_invite_for(by, partner):
        permissions.may_invite_colleague(by, partner).or_403()
    return receipts.once(token, PartnerMember, lambda: _invite(partner, name, email, by), by=by)


def _invite(partner: Partner, name: str, email: str, by: User) -> PartnerMember:
    today, place = timezone.localdate(), partner.municipality
    person = User.objects.filter(email=email).first()
    held = Membership.objects.active(on=today).filter(municipality=place, role=Role.PARTNER)
    if person is None or not held.filter(user=person).exists():
        person = admit(name=name, email=email, municipality=place, role=Role.PARTNER, by=by)
        write_in(by.language, to=person)
    member, is_new = PartnerMember.objects.get_or_create(
        partner=partner, user=person, defaults={"starts": today}
    )
    if not is_new and member.ends is not None:
        member.ends = None
        member.save(update_fields=["ends"])
    history.record("partnermember.added", partner, by=by, context=person)
    return member


@transaction.atomic
def propose(form: CorrectionForm, *, by: User) -> ContactCorrection:
    """Put other contact data to the municipality; an earlier proposal that still waits gives way."""
    correction: ContactCorrection = form.instance
    correction.by = by
    now = timezone.now()
    waiting = ContactCorrection.objects.open().filter(partner=correction.partner)
    waiting.update(decided_at=now, confirmed=False)
    form.save()
    history.record("partner.contact_proposed", correction.partner, by=by)
    partner, what = correction.partner, str(_("Contactgegevens"))
    record_sharing(partner, partner, what, by=by, direction=Direction.IN)
    return correction


@transaction.atomic
def decide(correction: ContactCorrection, *, confirm: bool, by: User) -> None:
    """Take the contact data over, or leave them; of two who decide at once, one does."""
    permissions.may_edit(by, correction.partner).or_403()
    rows = ContactCorrection.objects.open().filter(pk=correction.pk)
    if not rows.update(decided_at=timezone.now(), decided_by=by, confirmed=confirm):
        return
    partner = Partner.objects.select_for_update().get(pk=correction.partner_id)
    verb, changes = "partner.contact_refused", []
    if confirm:
        verb = "partner.contact_confirmed"
        for name in ContactCorrection.FIELDS:
            old, new = getattr(partner, name), getattr(correction, name)
            if old != new:
                changes.append(history.change(partner, name, old, new))
                setattr(partner, name, new)
        partner.version += 1
        partner.save(update_fields=[*ContactCorrection.FIELDS, "version"])
    history.record(verb, partner, by=by, changes=changes)


@transaction.atomic
def let_invite(member: PartnerMember, *, may: bool, by: User) -> None:
    """Say whether this person of a partner invites colleagues into its space."""
    permissions.may_invite_for(by, member.partner).or_403()
    rows = PartnerMember.objects.filter(pk=member.pk).exclude(may_invite=may)
    if rows.update(may_invite=may):
        verb = "partnermember.may_invite" if may else "partnermember.may_not_invite"
        history.record(verb, member.partner, by=by, context=member.user)
