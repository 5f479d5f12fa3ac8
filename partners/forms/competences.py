"""Looking up who is competent, and noting it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality, User
from accounts.roles import Right
from core.forms import CreateForm, HouseForm, NarrowModelForm, OfOnePlace, VersionedModelForm
from core.widgets import choose_from
from partners.models import Competence, Partner, PartnerCompetence


class WhoForm(HouseForm):
    """The word that somebody in the street types."""

    q = forms.CharField(
        label=_("Waarover gaat het?"),
        max_length=200,
        required=False,
        widget=forms.SearchInput(attrs={"placeholder": _("Bijvoorbeeld sluikstort of burenruzie")}),
    )


class HeldForm(NarrowModelForm[PartnerCompetence]):
    """What a partner is competent for, on what ground and up to where."""

    class Meta:
        model = PartnerCompetence
        fields = ("competence", "legal_basis", "territory", "limits")

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, instance=PartnerCompetence(partner=partner), **kwargs)
        here = Competence.objects.current().filter(municipality=partner.municipality_id)
        field: Any = self.fields["competence"]
        field.queryset = here.exclude(holders__partner=partner)
        field.widget = choose_from(
            {str(row.pk): row.question for row in field.queryset}, empty=str(_("Kies een vraag"))
        )


class HeldEditForm(VersionedModelForm[PartnerCompetence]):
    """The ground, the place and the limits of what a partner is competent for."""

    class Meta:
        model = PartnerCompetence
        fields = ("legal_basis", "territory", "limits")


class CompetenceForm(CreateForm[Competence]):
    """A new question of the street."""

    class Meta:
        model = Competence
        fields = ("municipality", "code", "question", "title")
        help_texts = {
            "code": _("Kort, zoals C41."),
            "question": _("Zoals iemand het in de straat zou vragen: Wie …?"),
            "title": _("De bevoegdheid in ambtelijke woorden."),
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = by.municipality_ids_with(Right.PARTNER_EDIT)
        field: Any = self.fields["municipality"]
        field.queryset = Municipality.objects.filter(pk__in=places)
        if len(places) == 1:
            field.initial = next(iter(places))


class CompetenceEditForm(OfOnePlace, VersionedModelForm[Competence]):
    class Meta:
        model = Competence
        fields = ("code", "question", "title")
