"""Links made for a mail, used once, taken back."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from answers.models import SUBJECTS, AnswerLink, AnswerUse
from answers.permissions import has_second_step, look, may_have_links
from answers.workflow import Outcome, Refusal
from core import history
from core.forms import OvertakenError
from core.models import Channel
from reminders.models import LinkRules
from reminders.purposes import by_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accounts.models import User
    from answers.models import Subject
    from reminders.matters import Shown
    from reminders.purposes import Purpose

    Key = tuple[str, int, dt.date]

SENT_TWICE = dt.timedelta(hours=1)  # a form that was sent again is told again what was saved


# --- For the mail ---------------------------------------------------------------------------------


@transaction.atomic
def links_for(user: User, shown: Iterable[Shown], *, on: dt.date) -> dict[Key, str]:
    """The address of each thing in the mail of a day that this person may answer by a link.

    A mail that is drawn again holds the same ones.
    """
    wanted = [(by_rule()[one.rule], one) for one in shown if one.rule in by_rule()]
    if not wanted or not may_have_links(user):
        return {}
    allowed = _rules_for(user)
    if not allowed:
        return {}
    found: dict[Key, str] = {}
    for purpose in dict.fromkeys(purpose for purpose, _one in wanted):
        keys = {one.pk: one.key for kind, one in wanted if kind is purpose}
        for pk, token in _tokens(user, purpose, list(keys), allowed, on).items():
            found[keys[pk]] = reverse("answers:answer", args=[token])
    return found


def _rules_for(user: User) -> dict[int, LinkRules]:
    """The municipalities that let this person answer by a link."""
    rows = list(LinkRules.objects.filter(is_on=True))
    if rows and has_second_step(user):
        rows = [row for row in rows if row.with_second_step]
    return {row.municipality_id: row for row in rows}


def _tokens(
    user: User, purpose: Purpose, keys: list[int], allowed: dict[int, LinkRules], on: dt.date
) -> dict[int, str]:
    """Of each row that may be answered: what was made for this mail before, or made now."""
    rows = {
        row.pk: rules
        for row in purpose.open_to(user, keys)
        if (rules := allowed.get(purpose.place(row) or 0))
    }
    kept = _kept(user, purpose, rows, on)
    stale = [link.pk for link in kept.values() if not link.token(user)]
    AnswerLink.objects.filter(pk__in=stale).update(revoked_at=timezone.now())
    fresh = [
        _new(user, purpose, pk, rules, on)
        for pk, rules in rows.items()
        if pk not in kept or kept[pk].pk in stale
    ]
    if fresh:
        AnswerLink.objects.bulk_create(fresh, ignore_conflicts=True)
        kept = _kept(user, purpose, rows, on)
    at = timezone.now()
    return {
        pk: link.token(user)
        for pk, link in kept.items()
        if link.used_at is None and link.expires_at > at
    }


def _kept(user: User, purpose: Purpose, keys: Iterable[int], on: dt.date) -> dict[int, AnswerLink]:
    column = SUBJECTS[purpose.code]
    rows = AnswerLink.objects.filter(person=user, purpose=purpose.code, day=on, revoked_at=None)
    found = rows.filter(**{f"{column}__in": list(keys)})
    return {link.subject_pk: link for link in found if link.subject_pk}


def _new(user: User, purpose: Purpose, pk: int, rules: LinkRules, on: dt.date) -> AnswerLink:
    now = timezone.now()
    link = AnswerLink(
        person=user,
        purpose=purpose.code,
        municipality_id=rules.municipality_id,
        day=on,
        made_at=now,
        expires_at=now + dt.timedelta(days=rules.days),
        **{f"{SUBJECTS[purpose.code]}_id": pk},
    )
    link.seal(user)
    return link


# --- In the hands of the person -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a form that was sent: saved, to be filled in better, or refused."""

    subject: Subject | None = None
    form: Any = None
    row: Any = None


def find(token: str) -> AnswerLink | None:
    """The link of an address, with its person as that stands now."""
    return AnswerLink.objects.by_token(token).select_related("person", "municipality").first()


def note(link: AnswerLink, outcome: Outcome, reason: Refusal | None = None) -> None:
    AnswerUse.objects.create(link=link, outcome=outcome, reason=reason or "")


def open_form(link: AnswerLink, token: str) -> Answered:
    """The form, for whoever pressed the button."""
    subject, refusal = look(link, token, at=timezone.now())
    note(link, Outcome.REFUSED if refusal else Outcome.OPENED, refusal)
    if refusal:
        return Answered()
    return Answered(subject, link.kind.form(None, subject))


def answer(link: AnswerLink, token: str, data: Mapping[str, Any]) -> Answered:
    """Save what was sent, once, under all the rules of the signed-in page; of two at once one does."""
    try:
        return _answer(link.pk, token, data)
    except PermissionDenied:
        note(link, Outcome.REFUSED, Refusal.RIGHT)
        return Answered()
    except OvertakenError as error:
        return _shown_again(link, token, data, error)


@transaction.atomic
def _answer(pk: int, token: str, data: Mapping[str, Any]) -> Answered:
    link = AnswerLink.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
    if row := _sent_before(link, token, data):
        return Answered(row=row)
    subject, refusal = look(link, token, at=timezone.now())
    if refusal:
        note(link, Outcome.REFUSED, refusal)
        return Answered()
    form = link.kind.form(data, subject)
    if not form.is_valid():
        return Answered(subject, form)
    with history.through(Channel.LINK):
        row = link.kind.save(form, subject, link.person)
    _spend(link, form.cleaned_data["form_token"], row.pk)
    return Answered(subject, row=row)


def _spend(link: AnswerLink, form_token: uuid.UUID, made: int) -> None:
    """Used up; and with it what earlier mails held for the same question."""
    now = timezone.now()
    AnswerLink.objects.filter(pk=link.pk).update(used_at=now, used_with=form_token, made=made)
    AnswerLink.objects.like(link).unspent().update(revoked_at=now)
    note(link, Outcome.SAVED)


def _sent_before(link: AnswerLink, token: str, data: Mapping[str, Any]) -> Any:
    """What this very form made just now: a double tap is no mistake."""
    if link.used_at is None or str(link.used_with) != str(data.get("form_token")):
        return None
    late = link.used_at + SENT_TWICE <= timezone.now()
    if late or link.revoked_at or not may_have_links(link.person):
        return None
    if not link.opens_with(token, link.person):
        return None
    return link.kind.made._default_manager.filter(pk=link.made).first()


def _shown_again(
    link: AnswerLink, token: str, data: Mapping[str, Any], error: OvertakenError
) -> Answered:
    """Something changed while it was saved: the form says what, where it may still be answered."""
    subject, refusal = look(link, token, at=timezone.now())
    if refusal:
        note(link, Outcome.REFUSED, refusal)
        return Answered()
    form = link.kind.form(data, subject)
    form.add_error(error.field, str(error.message))
    return Answered(subject, form)


# --- Taken back -----------------------------------------------------------------------------------


@transaction.atomic
def revoke(link: AnswerLink, *, by: User) -> bool:
    """A person takes back a link of one's own; False when it was spent already."""
    rows = AnswerLink.objects.visible_to(by).unspent().filter(pk=link.pk)
    done = bool(rows.update(revoked_at=timezone.now()))
    if done:
        note(link, Outcome.REVOKED)
    return done


def revoke_all(person: User) -> None:
    """With the sessions of a person all links end."""
    with transaction.atomic():
        rows = AnswerLink.objects.filter(person=person).unspent().select_for_update()
        links = list(rows)
        AnswerLink.objects.filter(pk__in=[link.pk for link in links]).update(
            revoked_at=timezone.now()
        )
        AnswerUse.objects.bulk_create(
            AnswerUse(link=link, outcome=Outcome.REVOKED) for link in links
        )
