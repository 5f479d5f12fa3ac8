"""Whether a link opens something now: asked anew at each look at it, and again when it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from allauth.mfa.utils import is_mfa_enabled

from accounts.permissions import needs_second_factor
from answers.workflow import Refusal
from reminders.models import LinkRules

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User
    from answers.models import AnswerLink, Subject


class Look(NamedTuple):
    """What a link opens, or why it opens nothing."""

    subject: Subject | None
    refusal: Refusal | None

    @property
    def is_open(self) -> bool:
        return self.refusal is None


def may_have_links(user: User) -> bool:
    """Who works here and once chose a password: an invitation alone opens nothing."""
    return user.is_active and user.has_usable_password()


def has_second_step(user: User) -> bool:
    """Who must sign in with a second step, or chose to."""
    return needs_second_factor(user) or is_mfa_enabled(user, ["totp"])


def look(link: AnswerLink, token: str, *, at: dt.datetime) -> Look:
    refusal = _of_link(link, at=at) or _of_person(link, token)
    return Look(None, refusal) if refusal else _of_subject(link)


def _of_link(link: AnswerLink, *, at: dt.datetime) -> Refusal | None:
    if link.used_at:
        return Refusal.USED
    if link.revoked_at:
        return Refusal.REVOKED
    return Refusal.EXPIRED if link.expires_at <= at else None


def _of_person(link: AnswerLink, token: str) -> Refusal | None:
    known = may_have_links(link.person) and link.opens_with(token, link.person)
    return None if known else Refusal.PERSON


def _of_subject(link: AnswerLink) -> Look:
    """The door first: what the person may not have before him has no level to speak of."""
    purpose, person = link.kind, link.person
    row = purpose.rows(person).filter(pk=link.subject_pk).first()
    if row is None:
        return Look(None, Refusal.GONE)
    if purpose.level(row) not in purpose.levels:
        return Look(None, Refusal.LEVEL)
    if not purpose.may(person, row):
        return Look(None, Refusal.RIGHT)
    barred = _of_place(purpose.place(row), person)
    return Look(None, barred) if barred else Look(row, None)


def _of_place(place: int | None, person: User) -> Refusal | None:
    rules = LinkRules.objects.filter(municipality=place, is_on=True).first()
    if rules is None:
        return Refusal.OFF
    barred = not rules.with_second_step and has_second_step(person)
    return Refusal.SECOND_STEP if barred else None
