"""Showing an action to a partner: given, changed, withdrawn, answered and worked on."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import history, outbox, receipts
from core.confidentiality import Level
from core.forms import save_edit
from partners import permissions as partner_rules
from partners.models import Direction, Partner
from partners.operations.sharing import record_sharing
from plans import permissions
from plans.models import (
    Action,
    ActionGroupPermission,
    Attachment,
    Contribution,
    Share,
    ShareAnswer,
    SharedField,
)
from plans.operations.actions import settle_lead
from plans.operations.attachments import store
from plans.operations.plan import MovedError
from plans.workflow import LeadAnswer

if TYPE_CHECKING:
    from accounts.models import User
    from core.uploads import CleanFile
    from plans.forms.shares import ContributionForm, ShareEditForm, ShareFields, ShareForm
    from plans.models.shares import ShareQuerySet


def fields_in_words(share: Share) -> str:
    """What the partner sees, for the log: the fields, never what stands in them."""
    chosen = [SharedField(name).label for name in SharedField.values if name in share.fields]
    return ", ".join([_("Titel"), _("Tekst voor de partner"), *(str(name) for name in chosen)])


@transaction.atomic
def give(form: ShareForm, *, by: User) -> Share:
    """Show the action to the partner from now on, once per form."""
    return receipts.once(form.cleaned_data["form_token"], Share, lambda: _give(form, by), by=by)


def _give(form: ShareForm, by: User) -> Share:
    share: Share = form.instance
    permissions.may_share(by, share.action).or_403()
    why = _owned_up(form)
    close_over(Share.objects.filter(action=share.action), at=timezone.now())
    share.given_by = by
    form.save()
    ActionGroupPermission.grant(group_of(share.partner), share.action)
    history.record("share.given", share, by=by, context=share.action, reason=why)
    _log(share, fields_in_words(share), by)
    key = f"share-given:{share.pk}"
    outbox.promise("share_mail", key=key, by=by, place=share.partner.municipality_id,
                   mail="given", share=share.pk)  # fmt: skip
    return share


def _owned_up(form: ShareFields) -> str:
    """Why a text that seems to hold personal data goes all the same; the rule is asked again."""
    share, owned_up = form.instance, bool(form.cleaned_data.get("owned_up"))
    may = partner_rules.may_send_text(
        share.partner, share.text, on=timezone.localdate(), owned_up=owned_up
    )
    may.or_403()
    return str(form.cleaned_data.get("why") or "") if owned_up else ""


def group_of(partner: Partner) -> Group:
    """The group that stands for the partner in django-guardian; made when first needed."""
    fresh = Partner.objects.select_for_update().select_related(None).get(pk=partner.pk)
    if fresh.group is None:
        fresh.group = Group.objects.create(name=f"partner-{partner.pk}")
        fresh.save(update_fields=["group"])
    partner.group = fresh.group
    return fresh.group


def _log(share: Share, what: str, by: User | None) -> None:
    record_sharing(
        share.partner, share.action, what, by=by, purpose=share.purpose, ground=share.ground,
        until=share.ends_at,
    )  # fmt: skip


@transaction.atomic
def change(form: ShareEditForm, *, by: User) -> Share:
    """Change the text, the fields or the end: the partner sees it at once."""
    permissions.may_change_share(by, form.instance).or_403()
    share = save_edit(form, by=by, context=form.instance.action, reason=_owned_up(form))
    if form.changed_data:
        _log(share, _("Gewijzigd: %s") % fields_in_words(share), by)
    return share


@transaction.atomic
def withdraw(share: Share, *, by: User, reason: str = "") -> None:
    """End it now: the next request of the partner finds nothing, old links included."""
    permissions.may_end_share(by, share).or_403()
    if close_share(share, by=by, reason=reason):
        history.record("share.withdrawn", share, by=by, context=share.action, reason=reason)
        _log(share, _("Ingetrokken"), by)


def close_share(share: Share, *, by: User | None, reason: str = "") -> bool:
    """End a share and its grant; False when that was done before."""
    now = timezone.now()
    rows = Share.objects.filter(pk=share.pk, closed_at=None)
    done = rows.update(closed_at=now, closed_by=by, close_reason=reason)
    if done:
        ActionGroupPermission.withdraw(share.partner.group, share.action)
    return bool(done)


@transaction.atomic
def close_over(shares: ShareQuerySet, *, at: dt.datetime) -> int:
    """Withdraw the grants of what the clock already ended."""
    rows = list(shares.over(at=at).select_related("partner__group", "action"))
    for share in rows:
        if close_share(share, by=None):
            history.record("share.ended", share, by=None, context=share.action)
            _log(share, _("Afgelopen"), None)
    return len(rows)


# --- In the space of the partner ------------------------------------------------------------------


@transaction.atomic
def answer(share: Share, *, accept: bool, by: User, reason: str = "") -> None:
    """Accept or decline. Where the partner was asked to lead, that is the same answer."""
    permissions.may_answer_share(by, share).or_403()
    given = ShareAnswer.ACCEPTED if accept else ShareAnswer.DECLINED
    rows = Share.objects.in_space_of(by, at=timezone.now()).filter(pk=share.pk, answer=share.answer)
    told = {
        "answer": given,
        "answer_reason": "" if accept else reason,
        "answered_by": by,
        "answered_at": timezone.now(),
    }
    if not rows.update(**told):
        raise MovedError
    asked = share.action.lead_answer == LeadAnswer.ASKED
    if asked and share.action.lead_partner_id == share.partner_id:
        settle_lead(share.action, accept=accept, by=by, reason=reason)
    verb = "share.accepted" if accept else "share.declined"
    history.record(verb, share, by=by, context=share.action, reason=reason)
    _came_in(share, str(given.label), by)


@transaction.atomic
def contribute(form: ContributionForm, share: Share, *, by: User) -> Contribution:
    """Report on the partner's own part. Where the partner leads, that is news of the action."""
    permissions.may_contribute(by, share).or_403()
    token = form.cleaned_data["form_token"]
    return receipts.once(token, Contribution, lambda: _contribute(form, share, by), by=by)


def _contribute(form: ContributionForm, share: Share, by: User) -> Contribution:
    row = form.instance
    row.share, row.by = share, by
    form.save()
    if share.action.lead_partner_id == share.partner_id:
        today = timezone.localdate()
        Action.objects.filter(pk=share.action_id).update(last_update_on=today)
    history.record("share.contributed", share, by=by, context=share.action, reason=row.done)
    _came_in(share, _("Bijdrage"), by)
    return row


@transaction.atomic
def hand_in(share: Share, clean: CleanFile, *, token: uuid.UUID, by: User) -> Attachment:
    """A file from the partner: filed with the action, for who may read what partners may."""
    permissions.may_contribute(by, share).or_403()
    return receipts.once(token, Attachment, lambda: _hand_in(share, clean, by), by=by)


def _hand_in(share: Share, clean: CleanFile, by: User) -> Attachment:
    order = list(Level)
    level = max(Level.PARTNERS, Level(share.action.confidentiality), key=order.index)
    row = store(share.action, clean, level, by=by, share=share)
    _came_in(share, _("Bestand"), by)
    return row


def _came_in(share: Share, what: str, by: User) -> None:
    record_sharing(share.partner, share.action, what, by=by, direction=Direction.IN)
