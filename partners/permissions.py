"""What a person may do with the register of partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.permissions import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models import Competence, GoodPractice, KeyFigure, Partner

IS_MERGED = _("Deze partner is samengevoegd met een andere en komt niet terug.")
NO_CONSENT = _("De toestemming is voorbij en de gegevens zijn gewist.")
NOT_YOUR_ROLE = _("Je rol laat dit niet toe.")


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


def may_restore(user: User, partner: Partner) -> Verdict:
    return denied(IS_MERGED) if partner.merged_into_id else may_edit(user, partner)


def may_merge(user: User, partner: Partner) -> Verdict:
    """Let a partner go up in another one."""
    return denied(IS_MERGED) if partner.merged_into_id else may_edit(user, partner)


def may_read_history(user: User, partner: Partner) -> Verdict:
    """Who changed what: for who consults the register, not for who only has a place in it."""
    allowed = user.has_right(Right.PARTNER_READ, partner.municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_note(user: User, partner: Partner) -> Verdict:
    """Read and make the internal notes on a partner."""
    allowed = user.has_right(Right.PARTNER_NOTE, partner.municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_read_catalogue(user: User) -> Verdict:
    return may_look_up(user)


def may_edit_competence(user: User, competence: Competence) -> Verdict:
    allowed = user.has_right(Right.PARTNER_EDIT, competence.municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_read_key_figures(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.KEY_FIGURE_READ) else denied(NOT_YOUR_ROLE)


def may_make_key_figures(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.KEY_FIGURE_EDIT) else denied(NOT_YOUR_ROLE)


def may_edit_key_figure(user: User, figure: KeyFigure) -> Verdict:
    if not user.has_right(Right.KEY_FIGURE_EDIT, figure.municipality_id):
        return denied(NOT_YOUR_ROLE)
    return denied(NO_CONSENT) if figure.erased_at else ALLOWED


def may_log_contact(user: User, figure: KeyFigure) -> Verdict:
    """Whoever may speak with a key figure notes that it was done."""
    if not user.has_right(Right.KEY_FIGURE_READ, figure.municipality_id):
        return denied(NOT_YOUR_ROLE)
    return denied(NO_CONSENT) if figure.erased_at else ALLOWED


def may_read_practices(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.PLAN_READ) else denied(NOT_YOUR_ROLE)


def may_make_practices(user: User) -> Verdict:
    return ALLOWED if user.has_right(Right.PRACTICE_EDIT) else denied(NOT_YOUR_ROLE)


def may_edit_practice(user: User, practice: GoodPractice) -> Verdict:
    allowed = user.has_right(Right.PRACTICE_EDIT, practice.municipality_id)
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
