"""The kinds of agreement of a municipality: made, changed, put away, taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core import history
from core.forms import save_edit
from partners import permissions
from partners.models import AgreementType

if TYPE_CHECKING:
    from accounts.models import User
    from partners.forms.agreement_types import TypeEditForm, TypeForm


@transaction.atomic
def make(form: TypeForm, *, by: User) -> AgreementType:
    kind = form.save()
    permissions.may_edit_type(by, kind).or_403()
    history.record("agreementtype.made", kind, by=by)
    return kind


@transaction.atomic
def edit(form: TypeEditForm, *, by: User) -> AgreementType:
    permissions.may_edit_type(by, form.instance).or_403()
    return save_edit(form, by=by)


@transaction.atomic
def set_archived(kind: AgreementType, *, archived: bool, by: User) -> None:
    """What is archived stays with the agreements that have it, and is no choice any more."""
    permissions.may_edit_type(by, kind).or_403()
    rows = AgreementType.objects.filter(pk=kind.pk, archived_at__isnull=archived)
    if rows.update(archived_at=timezone.now() if archived else None):
        verb = "agreementtype.archived" if archived else "agreementtype.restored"
        history.record(verb, kind, by=by)
