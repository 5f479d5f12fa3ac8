"""Contact officers: appointed, changed, taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core import history
from partners import permissions
from partners.models import ContactOfficer

if TYPE_CHECKING:
    from accounts.models import User
    from partners.forms.contacts import NewOfficerForm, OfficerForm

# Who it was and when: an address or a number of a person has no place in the history.
TOLD = ("function", "name", "topic", "starts", "ends")


@transaction.atomic
def appoint(form: NewOfficerForm, *, by: User) -> ContactOfficer:
    partner = form.instance.partner
    permissions.may_edit(by, partner).or_403()
    officer = form.save()
    told = [history.change(officer, name, None, getattr(officer, name)) for name in TOLD]
    changes = [change for change in told if change["new"]]
    history.record("contactofficer.added", officer, by=by, context=partner, changes=changes)
    return officer


@transaction.atomic
def edit(form: OfficerForm, *, by: User) -> ContactOfficer:
    partner = form.instance.partner
    permissions.may_edit(by, partner).or_403()
    if not (changes := form.changes()):
        unchanged: ContactOfficer = form.instance
        return unchanged
    officer: ContactOfficer = form.save()
    told = [change for change in changes if change["field"] in TOLD]
    history.record("contactofficer.edited", officer, by=by, context=partner, changes=told)
    return officer


@transaction.atomic
def remove(officer: ContactOfficer, *, by: User) -> None:
    """Take off who was noted by mistake. Who stops gets an end date instead."""
    permissions.may_edit(by, officer.partner).or_403()
    told = [history.change(officer, name, getattr(officer, name), None) for name in TOLD]
    changes = [change for change in told if change["old"]]
    partner = officer.partner
    history.record("contactofficer.removed", officer, by=by, context=partner, changes=changes)
    officer.delete()
