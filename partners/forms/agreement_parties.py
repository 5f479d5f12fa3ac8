"""Adding a party, and noting who signed for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, NarrowModelForm
from core.widgets import choose_from
from partners.forms.agreements import refuse_future
from partners.models import Agreement, AgreementParty, Partner
from partners.models.agreements import SENSIBLE


class PartyForm(HouseForm):
    partner = forms.ModelChoiceField(Partner.objects.none(), label=_("Partij"))

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Partner.objects.current().filter(municipality=agreement.municipality_id)
        field: Any = self.fields["partner"]
        field.queryset = here.exclude(agreement_parts__agreement=agreement)
        names = {str(row.pk): row.name for row in field.queryset.only("name")}
        field.widget = choose_from(names, empty=str(_("Kies een partner")))


class SignForm(NarrowModelForm[AgreementParty]):
    """Who signed, in which function, on which day."""

    class Meta:
        model = AgreementParty
        fields = ("signatory", "signatory_function", "signed_on")
        help_texts = {
            "signed_on": _("Leeg: nog niet ondertekend."),
            "signatory_function": _("Bijvoorbeeld burgemeester, korpschef of directeur."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.signed_on:
            self.initial["signed_on"] = timezone.localdate()
        self.fields["signed_on"].validators += [refuse_future, *SENSIBLE]
