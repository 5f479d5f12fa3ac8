"""Files of an action: stored under a name of their own, read through their level."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from core import history, receipts
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
    return receipts.once(token, Attachment, lambda: store(action, clean, level, by=by))


def store(
    action: Action, clean: CleanFile, level: str, *, by: User, share: Share | None = None
) -> Attachment:
    """Keep the file, and its line in the history; the caller asked whether this person may."""
    row = Attachment(
        action=action,
        name=clean.name,
        content_type=clean.content_type,
        size=len(clean.content),
        sha256=clean.sha256,
        confidentiality=level,
        uploaded_by=by,
        share=share,
    )
    # The name on disk says nothing and cannot be guessed.
    row.file.save(f"{uuid.uuid4().hex}{clean.suffix}", ContentFile(clean.content), save=False)
    try:
        row.save()
        history.record("attachment.added", row, by=by, context=action)
    except Exception:
        row.file.delete(save=False)
        raise
    return row


@transaction.atomic
def archive_attachment(attachment: Attachment, *, by: User) -> None:
    """Take a file out of sight; it stays stored."""
    permissions.may_attach(by, attachment.action).or_403()
    rows = Attachment.objects.filter(pk=attachment.pk, archived_at=None)
    if rows.update(archived_at=timezone.now()):
        history.record("attachment.archived", attachment, by=by, context=attachment.action)
