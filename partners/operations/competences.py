"""What partners are competent for: given and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core import history
from partners import permissions
from partners.models import Partner, PartnerCompetence

if TYPE_CHECKING:
    from accounts.models import User
    from partners.forms.competences import HeldForm


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
