"""Roles and accounts: given, ended, stopped, started again."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.models import Membership, Municipality, User
from accounts.operations import invitations
from core import history, outbox
from core.permissions import denied

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import Neighbourhood
    from accounts.roles import Role


@transaction.atomic
def invite(
    *,
    name: str,
    email: str,
    municipality: Municipality,
    role: Role,
    neighbourhoods: Iterable[Neighbourhood] = (),
    starts: dt.date | None = None,
    ends: dt.date | None = None,
    by: User,
) -> User:
    """Invite someone for a role; whoever has an account already gets the role with a mail."""
    known = User.objects.filter(email=email.lower()).first()
    if known:
        permissions.may_give_role(by, known, municipality).or_403()
    permissions.may_invite(by, municipality).or_403()
    return admit(
        name=name, email=email, municipality=municipality, role=role,
        neighbourhoods=neighbourhoods, starts=starts, ends=ends, by=by,
    )  # fmt: skip


@transaction.atomic
def admit(
    *,
    name: str,
    email: str,
    municipality: Municipality,
    role: Role,
    neighbourhoods: Iterable[Neighbourhood] = (),
    starts: dt.date | None = None,
    ends: dt.date | None = None,
    by: User,
) -> User:
    """The same for a caller with a rule of its own, such as a partner that invites a colleague."""
    person, is_new = User.objects.get_or_create(
        email=email.lower(), defaults={"name": name, "password": _no_password()}
    )
    if is_new:
        history.record("user.made", person, by=by, context=municipality)
    period = {"starts": starts, "ends": ends}
    _give_role(person, municipality, role, neighbourhoods=neighbourhoods, **period, by=by)
    if person.is_active and not person.has_usable_password():
        invitations.renew(person, by=by)
    return person


def write_in(language: str, to: User) -> None:
    """In which language the invitation goes; who has an account chose for himself."""
    if not to.has_usable_password():
        User.objects.filter(pk=to.pk).update(language=language)


def _no_password() -> str:
    fresh = User()
    fresh.set_unusable_password()
    return fresh.password


@transaction.atomic
def give_role(
    person: User,
    municipality: Municipality,
    role: Role,
    *,
    neighbourhoods: Iterable[Neighbourhood] = (),
    starts: dt.date | None = None,
    ends: dt.date | None = None,
    by: User,
) -> Membership:
    permissions.may_give_role(by, person, municipality).or_403()
    period = {"starts": starts, "ends": ends}
    return _give_role(person, municipality, role, neighbourhoods=neighbourhoods, **period, by=by)


def _give_role(
    person: User,
    municipality: Municipality,
    role: Role,
    *,
    neighbourhoods: Iterable[Neighbourhood],
    starts: dt.date | None,
    ends: dt.date | None,
    by: User,
) -> Membership:
    membership = Membership.objects.create(
        user=person,
        municipality=municipality,
        role=role,
        starts=starts or timezone.localdate(),
        ends=ends,
    )
    membership.neighbourhoods.set(neighbourhoods)
    history.record("membership.given", membership, by=by, context=person)
    if person.has_usable_password():
        key = f"role-given:{membership.pk}"
        outbox.promise("account_mail", key=key, by=by, mail="role.given", membership=membership.pk)
    return membership


@transaction.atomic
def end_role(membership: Membership, *, ends: dt.date, by: User, reason: str = "") -> None:
    permissions.may_end_role(by, membership).or_403()
    _keep_an_administrator(membership, ends=ends)
    change = history.change(membership, "ends", membership.ends, ends)
    membership.ends = ends
    membership.save(update_fields=["ends"])
    history.record(
        "membership.ended", membership, by=by, context=membership.user, changes=[change],
        reason=reason,
    )  # fmt: skip


def _keep_an_administrator(*held: Membership, ends: dt.date) -> None:
    """Refuse what would leave a municipality with nobody to manage its people.

    The municipality's row is locked, so that two administrators cannot end each other at once.
    """
    for membership in held:
        place = Municipality.objects.select_for_update().get(pk=membership.municipality_id)
        after = max(ends, timezone.localdate()) + dt.timedelta(days=1)
        able = Membership.objects.administrators().active(on=after).filter(municipality=place)
        if (
            able.filter(user=membership.user).exists()
            and not able.exclude(user=membership.user).exclude(pk=membership.pk).exists()
        ):
            text = _("Dit is de laatste beheerder van %s. Nodig eerst een andere beheerder uit.")
            denied(text % place).or_403()


@transaction.atomic
def stop(person: User, *, by: User, reason: str = "") -> None:
    """Close an account: it works no more from the next request on, everywhere."""
    permissions.may_decide_account(by, person).or_403()
    today = timezone.localdate()
    held = person.memberships.unfinished(on=today).order_by("municipality_id")
    _keep_an_administrator(*held, ends=today)
    if User.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        invitations.withdraw_open(person)
        end_sessions(person)
        history.record("user.stopped", person, by=by, reason=reason)


@transaction.atomic
def restart(person: User, *, by: User) -> None:
    permissions.may_decide_account(by, person).or_403()
    if User.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        history.record("user.restarted", person, by=by)


@transaction.atomic
def change_email(person: User, email: str, *, by: User, reason: str) -> None:
    """Give an account another address: whoever is signed in must sign in again with that one.

    Both addresses are told. A link that went to the old one no longer works; who had not accepted
    the invitation yet gets a new one.
    """
    permissions.may_decide_account(by, person).or_403()
    before = User.objects.select_for_update().get(pk=person.pk).email
    if email == before:
        return
    person.email = email
    person.validate_unique()  # somebody else may have got it in the meantime
    person.save(update_fields=["email"])
    end_sessions(person)
    verb, change = "user.email_changed", history.change(person, "email", before, email)
    entry = history.record(verb, person, by=by, changes=[change], reason=reason)
    if not person.has_usable_password():
        if invitations.withdraw_open(person) and person.is_active:
            invitations.send(person, by=by)
        return
    for to in ("old", "new"):
        key = f"email-changed:{entry.pk}:{to}"
        outbox.promise("account_mail", key=key, by=by, mail=verb, entry=entry.pk, to=to)


@transaction.atomic
def reset_second_factor(person: User, *, by: User, reason: str) -> None:
    """Take away a lost second step; at the next sign-in the person sets up a new one."""
    permissions.may_decide_account(by, person).or_403()
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
    verb = "user.second_factor_reset"
    history.record(verb, person, by=by, reason=reason)
    outbox.promise("account_mail", key=f"notice:{uuid.uuid4()}", by=by, mail=verb, user=person.pk)


def end_sessions(person: User) -> None:
    """Nothing goes on in this person's name: no page that is open, and what later apps let in."""
    for session in UserSession.objects.filter(user=person):
        session.end()
    end_what_else_is_open(person)


def end_what_else_is_open(person: User) -> None:
    for path in settings.ENDS_WITH_SESSIONS:
        import_string(path)(person)
