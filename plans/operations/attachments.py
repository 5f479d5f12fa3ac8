"""Files of an action: stored under a name of their own, read through their level."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core import files, history, receipts
from plans import permissions
from plans.models import Attachment

if TYPE_CHECKING:
    from accounts.models import User
    from core.uploads import CleanFile
    from plans.models import Action, Share


@transaction.atomic
def attach(
    action: Action, clean: CleanFile, level: str, *, token: uuid.UUID, by: User
) -> Attachment:
    """File something with an action, once per form."""
    permissions.may_attach(by, action).or_403()
    return receipts.once(token, Attachment, lambda: store(action, clean, level, by=by), by=by)


def store(
    action: Action, clean: CleanFile, level: str, *, by: User, share: Share | None = None
) -> Attachment:
    """Keep the file, and its line in the history; the caller asked whether this person may."""
    row = Attachment(
        action=action, confidentiality=level, uploaded_by=by, share=share, **files.about(clean)
    )
    with files.stored(row, clean):
        history.record("attachment.added", row, by=by, context=action)
    return row


@transaction.atomic
def archive_attachment(attachment: Attachment, *, by: User) -> None:
    """Take a file out of sight; it stays stored."""
    permissions.may_attach(by, attachment.action).or_403()
    rows = Attachment.objects.filter(pk=attachment.pk, archived_at=None)
    if rows.update(archived_at=timezone.now()):
        history.record("attachment.archived", attachment, by=by, context=attachment.action)
