"""The secret address of somebody's agenda: given, renewed, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core import history
from evaluations.models import CalendarFeed

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def renew(*, by: User) -> str:
    """A new secret for oneself; the one before stops working at once."""
    secret = CalendarFeed.new_secret()
    values = {"token_hash": CalendarFeed.hash_of(secret), "made_at": timezone.now()}
    CalendarFeed.objects.update_or_create(user=by, defaults=values)
    history.record("user.feed_made", by, by=by)
    return secret


@transaction.atomic
def revoke(*, by: User) -> None:
    gone, _per_model = CalendarFeed.objects.filter(user=by).delete()
    if gone:
        history.record("user.feed_revoked", by, by=by)


def owner_of(secret: str) -> User | None:
    """Whose address this is, as long as that person may come in."""
    rows = CalendarFeed.objects.filter(token_hash=CalendarFeed.hash_of(secret))
    feed = rows.filter(user__is_active=True).select_related("user").first()
    return feed.user if feed else None
