"""Steps on the ladder: recorded, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core import history, receipts
from partners import permissions
from partners.models import EscalationStep

if TYPE_CHECKING:
    from accounts.models import User
    from partners.forms.engagement import EscalationForm
    from partners.models import Partner


@transaction.atomic
def escalate(form: EscalationForm, partner: Partner, *, by: User) -> EscalationStep:
    """Record a step towards a partner, once per form."""
    permissions.may_escalate(by, partner).or_403()
    token = form.cleaned_data["form_token"]
    return receipts.once(token, EscalationStep, lambda: _record(form, partner, by), by=by)


def _record(form: EscalationForm, partner: Partner, by: User) -> EscalationStep:
    step: EscalationStep = form.instance
    step.partner, step.by = partner, by
    form.save()
    # The history of the partner is read by more people: it says that there was a step, not why.
    history.record("partner.escalated", partner, by=by)
    return step
