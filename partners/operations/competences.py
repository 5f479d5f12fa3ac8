"""What partners are competent for: given and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core import history
from core.forms import save_edit
from partners import permissions
from partners.models import Competence, Partner, PartnerCompetence

if TYPE_CHECKING:
    from accounts.models import User
    from partners.forms.competences import (
        CompetenceEditForm,
        CompetenceForm,
        HeldEditForm,
        HeldForm,
    )


@transaction.atomic
def give_competence(form: HeldForm, *, by: User) -> PartnerCompetence:
    """Note that a partner is competent for something; of two at once, one does."""
    partner = Partner.objects.select_for_update().get(pk=form.instance.partner_id)
    permissions.may_edit(by, partner).or_403()
    competence = form.cleaned_data["competence"]
    if before := partner.held.filter(competence=competence).first():
        return before
    held = form.save()
    told = history.change(held, "competence", None, held.competence)
    history.record("partner.competence_given", held.partner, by=by, changes=[told])
    return held


@transaction.atomic
def take_competence(held: PartnerCompetence, *, by: User) -> None:
    permissions.may_edit(by, held.partner).or_403()
    told = history.change(held, "competence", held.competence, None)
    history.record("partner.competence_taken", held.partner, by=by, changes=[told])
    held.delete()


def edit_held(form: HeldEditForm, *, by: User) -> PartnerCompetence:
    partner = form.instance.partner
    permissions.may_edit(by, partner).or_403()
    return save_edit(form, by=by, context=partner)


@transaction.atomic
def make_competence(form: CompetenceForm, *, by: User) -> Competence:
    competence = form.save()
    permissions.may_edit_competence(by, competence).or_403()
    history.record("competence.made", competence, by=by)
    return competence


def edit_competence(form: CompetenceEditForm, *, by: User) -> Competence:
    permissions.may_edit_competence(by, form.instance).or_403()
    return save_edit(form, by=by)


@transaction.atomic
def archive_competence(competence: Competence, *, by: User) -> None:
    """Take a question off the list. Who answers it stays noted, for when it comes back."""
    permissions.may_edit_competence(by, competence).or_403()
    rows = Competence.objects.filter(pk=competence.pk, archived_at=None)
    if rows.update(archived_at=timezone.now()):
        history.record("competence.archived", competence, by=by)


@transaction.atomic
def restore_competence(competence: Competence, *, by: User) -> None:
    permissions.may_edit_competence(by, competence).or_403()
    rows = Competence.objects.filter(pk=competence.pk, archived_at__isnull=False)
    if rows.update(archived_at=None):
        history.record("competence.restored", competence, by=by)
