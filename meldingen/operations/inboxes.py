"""The mailboxes that we read: set up, changed, switched on and off."""

from __future__ import annotations

import logging
import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core import history, outbox
from core.forms import save_edit
from core.sealing import LostKeyError, renewed, seal
from meldingen import permissions
from meldingen.models import InboundMailbox

if TYPE_CHECKING:
    from accounts.models import User
    from meldingen.forms.inboxes import InboxEditForm, InboxForm

logger = logging.getLogger(__name__)


@transaction.atomic
def make(form: InboxForm, *, by: User) -> InboundMailbox:
    box = form.save(commit=False)
    permissions.may_edit_inboxes(by, box.municipality_id).or_403()
    box.password = seal(form.cleaned_data["secret"])
    box.save()
    history.record("inbox.made", box, by=by)
    ask_test(box, by=by)
    return box


@transaction.atomic
def edit(form: InboxEditForm, *, by: User) -> InboundMailbox:
    """What is wrong may be mended by it: look again at once. The history never holds a password."""
    permissions.may_edit_inboxes(by, form.instance.municipality_id).or_403()
    box = save_edit(form, by=by)
    values: dict[str, object] = {"failures": 0, "next_at": None, "token": "", "token_until": None}
    if secret := form.cleaned_data["secret"]:
        values["password"] = seal(secret)
        history.record("inbox.password", box, by=by)
    InboundMailbox.objects.filter(pk=box.pk).update(**values)
    ask_test(box, by=by)
    return box


@transaction.atomic
def switch(box: InboundMailbox, *, on: bool, by: User) -> None:
    permissions.may_edit_inboxes(by, box.municipality_id).or_403()
    rows = InboundMailbox.objects.filter(pk=box.pk, is_active=not on)
    now = timezone.now()
    if rows.update(is_active=on, switched_at=now, next_at=None, failures=0, read_at=None):
        history.record("inbox.on" if on else "inbox.off", box, by=by)


@transaction.atomic
def ask_test(box: InboundMailbox, *, by: User) -> None:
    """A worker looks, not the page: a server that hangs keeps nobody waiting."""
    permissions.may_edit_inboxes(by, box.municipality_id).or_403()
    InboundMailbox.objects.filter(pk=box.pk).update(asked_at=timezone.now())
    outbox.promise("inbox_test", key=f"inbox-test:{uuid.uuid4()}", by=by, mailbox=box.pk)


def seal_anew() -> int:
    """Every password under the key of today, so that an old key may be thrown away."""
    keys = InboundMailbox.objects.values_list("pk", flat=True)
    return sum(_seal_one(pk) for pk in list(keys))


@transaction.atomic
def _seal_one(pk: int) -> bool:
    box = InboundMailbox.objects.select_for_update().get(pk=pk)
    try:
        box.password = renewed(box.password)
    except LostKeyError:
        logger.warning("The password of mailbox %s was sealed under a key that is gone.", pk)
        return False
    box.save(update_fields=["password"])
    return True
