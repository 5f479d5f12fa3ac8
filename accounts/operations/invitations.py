"""The link with which a person signs in for the first time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import permissions
from accounts.models import Invitation
from core import history, outbox

if TYPE_CHECKING:
    from accounts.models import User


class GoneError(Exception):
    """The invitation was accepted, withdrawn or expired in the meantime."""


@transaction.atomic
def send(person: User, *, by: User) -> Invitation:
    """Invite a person, or invite again: an earlier link no longer works."""
    permissions.may_change(by, person).or_403()
    return renew(person, by=by)


def renew(person: User, *, by: User) -> Invitation:
    """Make the link and promise its mail; the caller asked whether this person may."""
    invitation = make(person, by=by)
    key = f"invitation:{invitation.pk}"
    outbox.promise("account_mail", key=key, by=by, mail="invitation", invitation=invitation.pk)
    return invitation


def make(person: User, *, by: User) -> Invitation:
    """Make the link, without a mail."""
    withdraw_open(person)
    expires = timezone.now() + dt.timedelta(days=settings.INVITATION_DAYS)
    invitation = Invitation(user=person, invited_by=by, expires_at=expires)
    invitation.token_hash = Invitation.hash_of(invitation.secret)
    invitation.save()
    history.record("invitation.sent", person, by=by)
    return invitation


@transaction.atomic
def withdraw(person: User, *, by: User) -> None:
    permissions.may_change(by, person).or_403()
    if withdraw_open(person):
        history.record("invitation.withdrawn", person, by=by)


def withdraw_open(person: User) -> int:
    now = timezone.now()
    return Invitation.objects.open(now=now).filter(user=person).update(withdrawn_at=now)


def find(secret: str) -> Invitation | None:
    """The open invitation behind a link; its person must still be welcome."""
    found = Invitation.objects.open(now=timezone.now()).select_related("user")
    return found.filter(token_hash=Invitation.hash_of(secret), user__is_active=True).first()


@transaction.atomic
def accept(invitation: Invitation, *, password: str) -> User:
    """Set the password; of two who send the same link at once, one succeeds."""
    now = timezone.now()
    if not Invitation.objects.open(now=now).filter(pk=invitation.pk).update(accepted_at=now):
        raise GoneError
    person = invitation.user
    person.set_password(password)
    person.save(update_fields=["password"])
    history.record("invitation.accepted", person, by=person)
    return person
