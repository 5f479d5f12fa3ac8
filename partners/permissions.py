"""What a person may do with the register of partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.permissions import ALLOWED, Verdict, denied
from partners.models import space_partners

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models import Partner

NOT_YOUR_ROLE = _("Je rol laat dit niet toe.")


def may_read_register(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.PARTNER_READ) else denied(NOT_YOUR_ROLE)


def may_look_up(user: User) -> Verdict:
    """Look up who is competent for what."""
    return ALLOWED if user.has_right(Right.COMPETENCE_READ) else denied(NOT_YOUR_ROLE)


def may_use_space(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.SPACE_USE) else denied(NOT_YOUR_ROLE)


def may_read_sharing(user: User) -> Verdict:
    """The log of what was shared with whom."""
    return ALLOWED if user.has_right(Right.SHARING_READ) else denied(NOT_YOUR_ROLE)


def may_invite_colleague(user: User, partner: Partner) -> Verdict:
    """Invite somebody of the same partner into its space: the contact officers of that partner."""
    rows = partner.memberships.active(on=timezone.localdate()).filter(user=user, may_invite=True)
    if partner in space_partners(user) and rows.exists():
        return ALLOWED
    return denied(_("Vraag de uitnodiging aan je contactpersoon of aan de gemeente."))


def may_invite_for(user: User, partner: Partner) -> Verdict:
    """Invite somebody for a partner, from the municipality."""
    allowed = user.has_right(Right.SHARE_MAKE, partner.municipality_id)
    return ALLOWED if allowed and not partner.archived_at else denied(NOT_YOUR_ROLE)


def may_make(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.PARTNER_EDIT) else denied(NOT_YOUR_ROLE)


def may_edit(user: User, partner: Partner) -> Verdict:
    allowed = user.has_right(Right.PARTNER_EDIT, partner.municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_place_people(user: User, partner: Partner) -> Verdict:
    """Say who works for a partner: it decides what those people see and may update."""
    place = partner.municipality_id
    managed = user.municipality_ids_with(Right.PEOPLE_MANAGE)
    if place in managed or user.has_right(Right.PARTNER_EDIT, place):
        return ALLOWED
    return denied(NOT_YOUR_ROLE)


def may_place(user: User, partner: Partner, person: User) -> Verdict:
    if user == person:
        return denied(
            _(
                "Je kunt jezelf niet aan een organisatie toevoegen of eruit halen. Vraag een collega."
            )
        )
    return may_place_people(user, partner)
