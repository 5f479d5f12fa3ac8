"""Good practices: told, changed, archived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core import history
from core.forms import save_edit
from partners import permissions
from partners.models import GoodPractice

if TYPE_CHECKING:
    from accounts.models import User
    from partners.forms.practices import PracticeEditForm, PracticeForm


@transaction.atomic
def make(form: PracticeForm, *, by: User) -> GoodPractice:
    practice = form.save()
    permissions.may_edit_practice(by, practice).or_403()
    history.record("goodpractice.made", practice, by=by)
    return practice


def edit(form: PracticeEditForm, *, by: User) -> GoodPractice:
    permissions.may_edit_practice(by, form.instance).or_403()
    return save_edit(form, by=by)


@transaction.atomic
def archive(practice: GoodPractice, *, by: User) -> None:
    """It is offered no longer, and stays with the actions that are based on it."""
    permissions.may_edit_practice(by, practice).or_403()
    rows = GoodPractice.objects.filter(pk=practice.pk, archived_at=None)
    if rows.update(archived_at=timezone.now()):
        history.record("goodpractice.archived", practice, by=by)


@transaction.atomic
def restore(practice: GoodPractice, *, by: User) -> None:
    permissions.may_edit_practice(by, practice).or_403()
    rows = GoodPractice.objects.filter(pk=practice.pk, archived_at__isnull=False)
    if rows.update(archived_at=None):
        history.record("goodpractice.restored", practice, by=by)
