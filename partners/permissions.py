"""What a person may do with the register of partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.permissions import ALLOWED, Verdict, denied
from partners.workflow import AGREEMENT_IN_FORCE, AGREEMENT_OVER, AGREEMENT_RENEWABLE

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User
    from partners.models import Agreement, AgreementParty, AgreementType, Commitment, Partner
    from partners.workflow import Step

NOT_YOUR_ROLE = _("Je rol laat dit niet toe.")
AGREEMENT_IS_OVER = _("Deze afspraak is afgelopen. Zet ze eerst weer in werking.")
FEWEST_PARTIES = 2


def may_read_register(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.PARTNER_READ) else denied(NOT_YOUR_ROLE)


def may_look_up(user: User) -> Verdict:
    """Look up who is competent for what."""
    return ALLOWED if user.has_right(Right.COMPETENCE_READ) else denied(NOT_YOUR_ROLE)


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


# --- Agreements ---


def may_read_agreements(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.AGREEMENT_READ) else denied(NOT_YOUR_ROLE)


def may_make_agreement(user: User) -> Verdict:
    """Make agreements, and keep the list of their kinds."""
    return ALLOWED if user.has_right(Right.AGREEMENT_EDIT) else denied(NOT_YOUR_ROLE)


def may_edit_type(user: User, kind: AgreementType) -> Verdict:
    allowed = user.has_right(Right.AGREEMENT_EDIT, kind.municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_follow_agreement(user: User, agreement: Agreement) -> Verdict:
    """Take steps and renew, also when it is over."""
    allowed = user.has_right(Right.AGREEMENT_EDIT, agreement.municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_edit_agreement(user: User, agreement: Agreement) -> Verdict:
    """Change the agreement and all that belongs to it."""
    may = may_follow_agreement(user, agreement)
    if may and agreement.status in AGREEMENT_OVER:
        return denied(AGREEMENT_IS_OVER)
    return may


def may_take_agreement_step(
    user: User, agreement: Agreement, step: Step, parties: list[AgreementParty], *, on: dt.date
) -> Verdict:
    if not (may := may_follow_agreement(user, agreement)):
        return may
    if step.needs_parties and len(parties) < FEWEST_PARTIES:
        return denied(_("Voeg eerst minstens twee partijen toe."))
    if step.needs_signatures and any(party.signed_on is None for party in parties):
        return denied(_("Nog niet alle partijen hebben ondertekend."))
    if step.needs_end_passed and (agreement.ends is None or agreement.ends >= on):
        return denied(_("De afspraak loopt nog. Zeg ze op om ze eerder te beëindigen."))
    return ALLOWED


def may_evaluate(user: User, agreement: Agreement) -> Verdict:
    if agreement.status not in AGREEMENT_IN_FORCE:
        return denied(_("Alleen een afspraak die loopt, wordt geëvalueerd."))
    return may_follow_agreement(user, agreement)


def may_renew(user: User, agreement: Agreement, successor: Agreement | None) -> Verdict:
    if successor is not None:
        return denied(_("Deze afspraak heeft al een opvolger."))
    if agreement.status not in AGREEMENT_RENEWABLE:
        return denied(_("Alleen een afspraak die in werking was, wordt hernieuwd."))
    return may_follow_agreement(user, agreement)


def may_drop_party(user: User, party: AgreementParty, promises: int) -> Verdict:
    """A party with promises stays: what it promised would hang in the air."""
    if promises:
        return denied(_("Haal eerst de engagementen van deze partij weg."))
    return may_edit_agreement(user, party.agreement)


def may_judge(user: User, commitment: Commitment) -> Verdict:
    return may_follow_agreement(user, commitment.agreement)
