"""Partners and their people: kept, archived, joined, left."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core import history
from partners import permissions
from partners.models import Partner, PartnerMember, PartnerNote

if TYPE_CHECKING:
    from accounts.models import User
    from partners.forms.register import NoteForm, PartnerForm


@transaction.atomic
def make(form: PartnerForm, *, by: User) -> Partner:
    partner = form.save()
    permissions.may_edit(by, partner).or_403()
    history.record("partner.made", partner, by=by)
    return partner


@transaction.atomic
def archive(partner: Partner, *, by: User) -> None:
    permissions.may_edit(by, partner).or_403()
    rows = Partner.objects.filter(pk=partner.pk, archived_at=None)
    if rows.update(archived_at=timezone.now()):
        history.record("partner.archived", partner, by=by)


@transaction.atomic
def restore(partner: Partner, *, by: User) -> None:
    permissions.may_restore(by, partner).or_403()
    rows = Partner.objects.filter(
        pk=partner.pk, archived_at__isnull=False, merged_into__isnull=True
    )
    if rows.update(archived_at=None):
        history.record("partner.restored", partner, by=by)


@transaction.atomic
def add_member(partner: Partner, person: User, *, by: User) -> PartnerMember:
    """Take a person in; whoever left before and comes back starts again today."""
    permissions.may_place(by, partner, person).or_403()
    today = timezone.localdate()
    member, is_new = PartnerMember.objects.select_for_update().get_or_create(
        partner=partner, user=person, defaults={"starts": today}
    )
    if not is_new and member.ends is not None:
        if member.ends < today:
            member.starts = today
        member.ends = None
        member.save(update_fields=["starts", "ends"])
        is_new = True
    if is_new:
        history.record("partnermember.added", partner, by=by, context=person)
    return member


@transaction.atomic
def end_member(member: PartnerMember, *, by: User) -> None:
    """A person leaves: today no longer counts."""
    permissions.may_place(by, member.partner, member.user).or_403()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    if member.starts > yesterday:
        member.delete()
    else:
        PartnerMember.objects.filter(pk=member.pk).update(ends=yesterday)
    history.record("partnermember.ended", member.partner, by=by, context=member.user)


@transaction.atomic
def add_note(form: NoteForm, partner: Partner, *, by: User) -> PartnerNote:
    """Keep an internal note. The history says that, and not what."""
    permissions.may_note(by, partner).or_403()
    form.instance.partner, form.instance.made_by = partner, by
    note = form.save()
    history.record("partner.note_added", partner, by=by)
    return note


@transaction.atomic
def remove_note(note: PartnerNote, *, by: User) -> None:
    permissions.may_note(by, note.partner).or_403()
    note.delete()
    history.record("partner.note_removed", note.partner, by=by)
