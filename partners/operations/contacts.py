"""Contact officers: appointed, changed, taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import history
from core.permissions import denied
from partners import permissions
from partners.models import AgreementParty, ContactOfficer

if TYPE_CHECKING:
    from accounts.models import User
    from partners.forms.contacts import NewOfficerForm, OfficerForm

# Who it was and when: an address or a number of a person has no place in the history.
TOLD = ("function", "name", "topic", "agreement", "starts", "ends")


def _note(verb: str, officer: ContactOfficer, changes: list[history.Change], by: User) -> None:
    """In the story of the partner, or of the agreement that it is about."""
    about = officer.agreement or officer.partner
    if about == officer.partner:  # who reads the partner's story may not read the agreement
        changes = [change for change in changes if change["field"] != "agreement"]
    history.record(f"contactofficer.{verb}", officer, by=by, context=about, changes=changes)


def _still_party(officer: ContactOfficer) -> None:
    """Meanwhile the partner may have left the agreement."""
    if officer.agreement_id:
        parties = AgreementParty.objects.select_for_update()
        if not parties.filter(agreement=officer.agreement_id, partner=officer.partner_id).exists():
            denied(_("Deze partner is geen partij bij die afspraak.")).or_403()


@transaction.atomic
def appoint(form: NewOfficerForm, *, by: User) -> ContactOfficer:
    partner = form.instance.partner
    permissions.may_edit(by, partner).or_403()
    _still_party(form.instance)
    officer = form.save()
    told = [history.change(officer, name, None, getattr(officer, name)) for name in TOLD]
    _note("added", officer, [change for change in told if change["new"]], by)
    return officer


@transaction.atomic
def edit(form: OfficerForm, *, by: User) -> ContactOfficer:
    partner = form.instance.partner
    permissions.may_edit(by, partner).or_403()
    if not (changes := form.changes()):
        unchanged: ContactOfficer = form.instance
        return unchanged
    _still_party(form.instance)
    officer: ContactOfficer = form.save()
    _note("edited", officer, [change for change in changes if change["field"] in TOLD], by)
    return officer


@transaction.atomic
def remove(officer: ContactOfficer, *, by: User) -> None:
    """Take off who was noted by mistake. Who stops gets an end date instead."""
    permissions.may_edit(by, officer.partner).or_403()
    take_off(officer, by=by)


def take_off(officer: ContactOfficer, *, by: User) -> None:
    """Without asking the rule: whoever calls this has."""
    told = [history.change(officer, name, getattr(officer, name), None) for name in TOLD]
    _note("removed", officer, [change for change in told if change["old"]], by)
    officer.delete()
