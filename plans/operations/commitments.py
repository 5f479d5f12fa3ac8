"""Linking an action to the promises it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core import history
from plans import permissions
from plans.models import Action, ActionCommitment

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models import Commitment


@transaction.atomic
def link(action: Action, commitment: Commitment, *, by: User) -> ActionCommitment:
    """The action rests on this promise; of two at once, one says so."""
    permissions.may_edit(by, action.plan).or_403()
    Action.objects.select_for_update().get(pk=action.pk)
    row, is_new = ActionCommitment.objects.get_or_create(action=action, commitment=commitment)
    if is_new:
        history.record("action.commitment_linked", action, by=by, context=action.plan)
    return row


@transaction.atomic
def unlink(row: ActionCommitment, *, by: User) -> None:
    permissions.may_edit(by, row.action.plan).or_403()
    if ActionCommitment.objects.filter(pk=row.pk).delete()[0]:
        history.record("action.commitment_unlinked", row.action, by=by, context=row.action.plan)
