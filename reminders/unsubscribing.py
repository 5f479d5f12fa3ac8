"""The address by which one stops the mail of the day from within a mail program (RFC 8058)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from core.locks import wait_for
from reminders.models import DigestChoice, RuleSetting
from reminders.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Collection

SIGNER = Signer(salt="reminders.unsubscribe")


def link(user: User) -> str:
    """Always the same for a person: a mail that is years old can still be answered with it."""
    return (
        f"{settings.SITE_URL}{reverse('reminders:unsubscribe', args=[SIGNER.sign(str(user.pk))])}"
    )


def person_of(token: str) -> User | None:
    """Whose mail it stops, while that person has an account."""
    try:
        key = SIGNER.unsign(token)
    except BadSignature:
        return None
    return User.objects.active().filter(pk=key).first()


def fixed(user: User) -> set[str]:
    """What a municipality of this person wants to be mailed, whatever people choose."""
    always = {rule.code for rule in all_rules().values() if not rule.moments.may_mute}
    places = {held.municipality_id for held in user.memberships_now}
    rows = RuleSetting.objects.filter(municipality__in=places, may_mute=False)
    return always | set(rows.values_list("rule", flat=True))


@transaction.atomic
def mute(user: User, rules: Collection[str] | None = None) -> None:
    """Mail this person about none of these any more, or of nothing that one may leave out."""
    wait_for(f"reminders.choice {user.pk}")
    open_to_choice = set(all_rules()) - fixed(user)
    muted = sorted(open_to_choice if rules is None else open_to_choice & set(rules))
    row, made = DigestChoice.objects.get_or_create(person=user, defaults={"muted": muted})
    if not made and sorted(row.muted) != muted:
        DigestChoice.objects.filter(pk=row.pk).update(muted=muted, version=row.version + 1)
