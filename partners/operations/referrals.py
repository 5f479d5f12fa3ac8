"""Referrals: sent, answered, closed. The history names the steps, never the text about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import history
from core.permissions import denied
from partners import permissions
from partners.models import Consent, Direction, LegalGround, Referral
from partners.operations.sharing import record_sharing
from partners.workflow import (
    REFERRAL_ANSWERED,
    REFERRAL_CLOSED,
    ReferralActor,
    ReferralStatus,
    referral_steps_from,
)

if TYPE_CHECKING:
    from accounts.models import User
    from partners.workflow import ReferralStep


class AlreadyAnsweredError(Exception):
    """Somebody else noted another answer first."""

    message = _("Iemand anders was je voor: de status is intussen gewijzigd.")


@transaction.atomic
def refer(referral: Referral, *, by: User) -> Referral:
    """Send a referral on its way; personal data go only where a protocol lets them."""
    permissions.may_refer(by, referral.municipality_id).or_403()
    if referral.personal_fields:
        day = timezone.localdate()
        permissions.may_receive_personal_data(referral.partner, on=day).or_403()
    referral.made_by = by
    referral.save(force_insert=True)
    history.record("referral.sent", referral, by=by)
    what = [_("Doorverwijzing"), *referral.personal_labels]
    record_sharing(
        referral.partner, referral, ", ".join(str(word) for word in what), by=by,
        ground=_ground(referral),
    )  # fmt: skip
    return referral


def _ground(referral: Referral) -> LegalGround:
    """On what ground the text went out."""
    if not referral.personal_fields:
        return LegalGround.NO_PERSONAL_DATA
    given = referral.consent == Consent.GIVEN
    return LegalGround.CONSENT if given else LegalGround.PUBLIC_TASK


def answer_referral(referral: Referral, status: str, text: str, *, by: User) -> None:
    """What the partner says: accepted, no capacity, declined, or done. On whatever page it is said."""
    steps = referral_steps_from(referral.status)
    answers = (step for step in steps if step.who == ReferralActor.ANSWERER)
    step = next((step for step in answers if step.target == status), None)
    if step is None:
        raise AlreadyAnsweredError
    take_step(referral, step, text, by=by)


@transaction.atomic
def take_step(referral: Referral, step: ReferralStep, text: str, *, by: User) -> None:
    permissions.may_take_referral_step(by, referral, step).or_403()
    if step.needs_text and not text:
        denied(_("Zeg erbij waarom.")).or_403()
    rows = Referral.objects.filter(pk=referral.pk, status=step.source)
    if not rows.update(**_values(step, text), status=step.target, version=F("version") + 1):
        raise AlreadyAnsweredError
    told = history.change(referral, "status", step.source, step.target)
    referral.refresh_from_db()
    # What was said stands on the referral; a reason of ours is kept with the step.
    reason = text if step.who == ReferralActor.SENDER else ""
    history.record("referral.step", referral, by=by, changes=[told], reason=reason)
    if step.who == ReferralActor.ANSWERER:
        what = str(referral.get_status_display())
        record_sharing(referral.partner, referral, what, by=by, direction=Direction.IN)


def _values(step: ReferralStep, text: str) -> dict[str, Any]:
    """What a step writes besides the status."""
    today = timezone.localdate()
    if step.target in REFERRAL_CLOSED:
        return {"outcome": text, "closed_on": today}
    if step.target == ReferralStatus.SENT:
        return {"answer": "", "answered_on": None}
    if step.source == ReferralStatus.DONE:
        return {"outcome": "", "closed_on": None}
    if step.target in REFERRAL_ANSWERED:
        return {"answer": text, "answered_on": today}
    return {}
