"""Who is asked for an opinion, and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core import history
from evaluations import permissions
from evaluations.models import Evaluation, Participant
from evaluations.operations.evaluations import MovedError

if TYPE_CHECKING:
    from accounts.models import User
    from evaluations.forms.participants import AnswerForm, ParticipantForm


@transaction.atomic
def invite(form: ParticipantForm, *, by: User) -> Participant:
    evaluation = form.evaluation
    permissions.may_invite(by, evaluation).or_403()
    if form.cleaned_data["partner"]:
        permissions.may_ask_partners(evaluation).or_403()
    row = form.save()
    history.record("evaluation.participant_added", evaluation, by=by, reason=str(row))
    return row


@transaction.atomic
def drop(participant: Participant, *, by: User) -> None:
    permissions.may_drop_participant(by, participant).or_403()
    gone, _per_model = Participant.objects.filter(pk=participant.pk, answered_at=None).delete()
    if gone:
        evaluation, name = participant.evaluation, str(participant)
        history.record("evaluation.participant_dropped", evaluation, by=by, reason=name)


@transaction.atomic
def answer(form: AnswerForm, *, by: User) -> Participant:
    """One's own opinion; the text itself stays out of the history."""
    row = form.instance
    fresh = Evaluation.objects.select_for_update().get(pk=row.evaluation_id)
    if fresh.status != row.evaluation.status:
        raise MovedError
    permissions.may_answer(by, row).or_403()
    row.answered_by, row.answered_at = by, timezone.now()
    row.save(
        update_fields=["satisfaction", "went_well", "should_change", "answered_by", "answered_at"]
    )
    history.record("evaluation.answered", row.evaluation, by=by, reason=str(row))
    return row
