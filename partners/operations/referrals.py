"""Referrals: sent, answered, closed. The history names the steps, never the text about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import history, outbox
from core.permissions import denied
from partners import permissions
from partners.models import Consent, Direction, LegalGround, Referral, own_partner_ids
from partners.operations.sharing import record_sharing
from partners.workflow import (
    REFERRAL_ANSWERED,
    REFERRAL_CLOSED,
    ReferralActor,
    ReferralStatus,
    referral_steps_from,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User
    from partners.forms.referrals import ReferralEditForm
    from partners.workflow import ReferralStep


class AlreadyAnsweredError(Exception):
    """Somebody else noted another answer first."""

    message = _("Iemand anders was je voor: de status is intussen gewijzigd.")


@transaction.atomic
def refer(referral: Referral, *, by: User) -> Referral:
    """Send a referral on its way; personal data go only where a protocol lets them."""
    permissions.may_refer(by, referral.municipality_id).or_403()
    _may_go(referral)
    referral.made_by = by
    referral.save(force_insert=True)
    history.record("referral.sent", referral, by=by)
    _log(referral, _("Doorverwijzing"), by)
    _promise("sent", referral)
    return referral


def _may_go(referral: Referral) -> None:
    """Whatever page it comes from."""
    day = timezone.localdate()
    if referral.personal_fields:
        permissions.may_receive_personal_data(referral.partner, on=day).or_403()
    told = f"{referral.text_to_share} {referral.reason}"
    permissions.may_send_text(referral.partner, told, on=day, owned_up=True).or_403()


def _log(referral: Referral, what: str | _StrPromise, by: User) -> None:
    words = [what, *referral.personal_labels]
    record_sharing(
        referral.partner, referral, ", ".join(str(word) for word in words), by=by,
        ground=_ground(referral),
    )  # fmt: skip


def _promise(mail: str, referral: Referral) -> None:
    """Mail about this state of the referral, once; it says that there is news, never which."""
    key = f"referral-{mail}:{referral.pk}:{referral.version}"
    outbox.promise("referral_mail", key=key, place=referral.municipality_id, mail=mail,
                   referral=referral.pk)  # fmt: skip


@transaction.atomic
def edit(form: ReferralEditForm, *, by: User) -> Referral:
    """Change what was sent; the history says which fields, never what stood in them."""
    fresh = Referral.objects.select_for_update().get(pk=form.instance.pk)
    if fresh.status != ReferralStatus.SENT:
        raise AlreadyAnsweredError
    permissions.may_edit_referral(by, fresh).or_403()
    _may_go(form.instance)
    if not (changes := form.changes()):
        return form.instance
    referral = form.save()
    if fresh.read_at:
        Referral.objects.filter(pk=referral.pk).update(changed_at=timezone.now())
    told: list[history.Change] = [{**change, "old": "", "new": ""} for change in changes]
    history.record("referral.edited", referral, by=by, changes=told)
    _log(referral, _("Doorverwijzing gewijzigd"), by)
    return referral


def note_reading(referral: Referral, *, by: User) -> None:
    """The first time that somebody of the partner opens it."""
    if referral.read_at or referral.made_by_id == by.pk:
        return
    if referral.partner_id in own_partner_ids(by):
        rows = Referral.objects.filter(pk=referral.pk, read_at=None)
        rows.update(read_at=timezone.now())


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
    if step.target == ReferralStatus.WITHDRAWN:
        _promise("withdrawn", referral)
    if step.who == ReferralActor.ANSWERER:
        if referral.made_by_id != by.pk:
            _promise("answered", referral)
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
