"""The log of what goes to partners and comes from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.models import ref
from partners.models import Direction, SharingEntry

if TYPE_CHECKING:
    import datetime as dt

    from django.db import models

    from accounts.models import User
    from partners.models import Partner


def record_sharing(
    partner: Partner,
    subject: models.Model,
    what: str,
    *,
    by: User | None,
    direction: Direction = Direction.OUT,
    purpose: str = "",
    ground: str = "",
    until: dt.datetime | None = None,
) -> SharingEntry:
    """Note that something went to a partner or came from it, in the transaction that did so."""
    return SharingEntry.objects.create(
        partner=partner,
        direction=direction,
        what=what,
        subject=ref(subject),
        subject_label=str(subject)[:300],
        purpose=purpose,
        ground=ground,
        until=until,
        by=by,
        by_name=str(by) if by else "IV-centrum",
    )
