"""Looking up who is competent, and noting it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, NarrowModelForm
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
