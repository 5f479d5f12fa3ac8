"""What a person may do with other people's access. Nobody changes his own: two persons, always."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.roles import Right
from core.permissions import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from accounts.models import Membership, User

NOT_YOUR_ROLE = _("Je rol laat dit niet toe.")
NOT_YOURSELF = _("Je kunt je eigen toegang niet wijzigen. Vraag het aan een andere beheerder.")
ELSEWHERE = _(
    "Deze persoon heeft ook een rol in een andere gemeente. Beëindig zijn rollen hier, of vraag "
    "het aan de beheerder daar."
)
BREAK_GLASS = _("Een noodaccount wijzig je alleen met een ander noodaccount.")


def needs_second_factor(user: User) -> bool:
    """Whether this person must sign in with a second step."""
    required = set(settings.MFA_REQUIRED_ROLES)
    return bool(required) and (user.is_superuser or bool(required & user.roles))


def managed_ids(user: User) -> frozenset[int]:
    """The municipalities whose people this person manages."""
    if user.is_superuser:
        return frozenset(Municipality.objects.values_list("pk", flat=True))
    return user.municipality_ids_with(Right.PEOPLE_MANAGE)


def may_manage_people(user: User) -> Verdict:
    if user.is_superuser or user.has_right(Right.PEOPLE_MANAGE):
        return ALLOWED
    return denied(NOT_YOUR_ROLE)


def may_invite(user: User, municipality: Municipality) -> Verdict:
    """Invite somebody for a role there."""
    return ALLOWED if municipality.pk in managed_ids(user) else denied(NOT_YOUR_ROLE)


def may_change(user: User, person: User) -> Verdict:
    """Change anything at all about another person's access."""
    if user == person:
        return denied(NOT_YOURSELF)
    if person.is_superuser and not user.is_superuser:
        return denied(BREAK_GLASS)
    return may_manage_people(user)


def may_give_role(user: User, person: User, municipality: Municipality) -> Verdict:
    if municipality.pk not in managed_ids(user):
        return denied(NOT_YOUR_ROLE)
    return may_change(user, person)


def may_end_role(user: User, membership: Membership) -> Verdict:
    return may_give_role(user, membership.user, membership.municipality)


def may_decide_account(user: User, person: User) -> Verdict:
    """Stop, rename or reset the whole account: only where all its roles are this person's to manage."""
    if not (verdict := may_change(user, person)):
        return verdict
    held = person.memberships.unfinished(on=timezone.localdate())
    places = set(held.values_list("municipality_id", flat=True))
    return ALLOWED if places <= managed_ids(user) else denied(ELSEWHERE)


def may_read_health(user: User) -> Verdict:
    allowed = user.is_superuser or user.has_right(Right.HEALTH_READ)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_style(user: User, municipality: Municipality) -> Verdict:
    """Change the colour, the logo and the words of a municipality."""
    allowed = municipality.pk in user.municipality_ids_with(Right.PEOPLE_MANAGE)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)
