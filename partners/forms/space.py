"""What a partner says about itself, and whom it invites."""

from __future__ import annotations

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, NarrowModelForm
from partners.models import ContactCorrection


class CorrectionForm(NarrowModelForm[ContactCorrection]):
    class Meta:
        model = ContactCorrection
        fields = ContactCorrection.FIELDS
        help_texts = {"contact_name": _("Een functie, geen naam: dan klopt het ook na een wissel.")}


class ColleagueForm(HouseForm):
    """A person to invite into the space of a partner."""

    name = forms.CharField(
        label=_("Naam"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        help_text=_("De uitnodiging gaat naar dit adres, en daarmee meldt de persoon zich aan."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()
