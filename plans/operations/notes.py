"""Confidential notes about an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from partners.operations import notes
from plans import permissions
from plans.models import ActionNote

if TYPE_CHECKING:
    from accounts.models import Municipality, User
    from partners.models import ConfidentialNote
    from plans.models import Action


@transaction.atomic
def make_note(
    action: Action, text: str, *, municipality: Municipality, by: User
) -> ConfidentialNote:
    """Write a note about an action. The action's own story says nothing of it."""
    permissions.may_write_note(by, action).or_403()
    note = notes.make_note(text, by=by, municipality=municipality)
    ActionNote.objects.create(action=action, note=note)
    return note
