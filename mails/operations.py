"""What people decide about mail: its words, and what becomes of a mail that did not arrive."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core import history, outbox
from core.forms import save_edit
from mails import permissions
from mails.models import WORDS, MailText, followed_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from accounts.models import Municipality, User
    from core.models import OutboxEntry
    from mails.forms import MailTextForm
    from mails.kinds import MailKind


@transaction.atomic
def edit_text(form: MailTextForm, *, by: User) -> MailText:
    """What says no more than the mail says by itself is not kept."""
    place = form.instance.municipality
    permissions.may_write(by, place.pk).or_403()
    row = save_edit(form, by=by, context=place)
    if row.pk and row.is_usual:
        row.delete()
    return row


@transaction.atomic
def reset_text(row: MailText, *, by: User) -> None:
    """Back to what the mail says by itself; the own words stay in the history."""
    permissions.may_write(by, row.municipality_id).or_403()
    changes = [
        history.change(row, name, getattr(row, name), "") for name in WORDS if getattr(row, name)
    ]
    history.record("mailtext.reset", row, by=by, context=row.municipality, changes=changes)
    row.delete()


@transaction.atomic
def send_example(kind: MailKind, place: Municipality, *, by: User) -> None:
    """Mail this kind to who asks, filled in with examples."""
    permissions.may_write(by, place.pk).or_403()
    key = f"example:{uuid.uuid4()}"
    outbox.promise("mail_example", key=key, by=by, place=place, mail=kind.code, user=by.pk)


# --- Mail that did not arrive --------------------------------------------------------------------

DOING = {
    "opnieuw": ("outbox.again", outbox.again),
    "aangekomen": ("outbox.arrived", outbox.arrived),
    "annuleren": ("outbox.cancelled", outbox.cancel),
}
CHOICES = {
    "opnieuw": _("Opnieuw sturen"),
    "aangekomen": _("Het is aangekomen"),
    "annuleren": _("Niet meer sturen"),
}


def follow_up(keys: Iterable[int], doing: str, *, by: User) -> int:
    """Send these again, call them arrived or give them up; how many it still held for.

    Whoever comes second finds nothing left to do: each is changed only while it stands still.
    """
    permissions.may_follow(by).or_403()
    rows = followed_by(by).filter(pk__in=list(keys)).order_by("pk").select_related("municipality")
    return sum(settle(entry, doing, by=by) for entry in rows)


@transaction.atomic
def settle(entry: OutboxEntry, doing: str, *, by: User) -> bool:
    """Do one of these with one piece of work; False when a colleague was first."""
    verb, do = DOING[doing]
    if not do(entry):
        return False
    history.record(verb, entry, by=by, context=entry.municipality)
    if doing == "aangekomen" and (path := settings.OUTBOX_HANDLERS[entry.kind].get("arrived")):
        arrived: Callable[[OutboxEntry], None] = import_string(path)
        arrived(entry)
    return True
