"""The mail that somebody sends himself to see how it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Municipality, User
from core.mail import deliver
from mails.kinds import all_kinds
from mails.models import texts_of
from mails.wording import example

if TYPE_CHECKING:
    from core.models import OutboxEntry


def send_example(entry: OutboxEntry) -> None:
    """To who asked, as long as that person works here and the kind exists."""
    user = User.objects.active().filter(pk=entry.payload["user"]).first()
    kind = all_kinds().get(entry.payload["mail"])
    place = Municipality.objects.filter(pk=entry.municipality_id or 0).first()
    if user is None or kind is None or place is None:
        return
    [text] = texts_of(place, kind)
    deliver(entry, example(kind, text, place, user, "nl"))
