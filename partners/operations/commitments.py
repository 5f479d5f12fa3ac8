"""What parties promise each other: noted, changed, judged, taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core import history
from core.forms import save_edit
from partners import permissions
from partners.models import Commitment
from partners.operations.commitment_reports import settle

if TYPE_CHECKING:
    from accounts.models import User
    from partners.forms.commitments import CommitmentEditForm, CommitmentForm, JudgeForm


@transaction.atomic
def promise(form: CommitmentForm, *, by: User) -> Commitment:
    permissions.may_edit_agreement(by, form.cleaned_data["party"].agreement).or_403()
    row = form.save()
    history.record("commitment.made", row, by=by, context=row.agreement)
    return row


@transaction.atomic
def edit(form: CommitmentEditForm, *, by: User) -> Commitment:
    permissions.may_edit_agreement(by, form.instance.agreement).or_403()
    return save_edit(form, by=by, context=form.instance.agreement)


@transaction.atomic
def judge(form: JudgeForm, *, by: User) -> Commitment:
    """Say whether a promise is kept. It is news about the agreement, also when that is over.

    What the partner reported, and was in view while judging, waits no longer.
    """
    row = form.instance
    permissions.may_judge(by, row).or_403()
    changes = form.changes()
    settled = settle(row, form.cleaned_data["seen"], by=by)  # it holds the new status already
    if not changes and not settled:
        return row
    saved = form.save() if changes else row
    history.record("commitment.judged", saved, by=by, context=row.agreement, changes=changes,
                   happened_on=saved.judged_on)  # fmt: skip
    return saved


@transaction.atomic
def take_off(commitment: Commitment, *, by: User) -> None:
    """Out of sight; the history keeps it."""
    permissions.may_edit_agreement(by, commitment.agreement).or_403()
    rows = Commitment.objects.filter(pk=commitment.pk, archived_at=None)
    if rows.update(archived_at=timezone.now()):
        history.record("commitment.archived", commitment, by=by, context=commitment.agreement)
