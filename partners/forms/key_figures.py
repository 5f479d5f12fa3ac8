"""Key figures: who they are, their consent, and what was spoken about."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from accounts.roles import Right
from core.forms import CreateForm, DayInput, HouseForm, NarrowModelForm, VersionedModelForm
from partners.models import KeyFigure, KeyFigureContact

FIELDS = ("neighbourhood", "function", "network", "value", "name", "email", "phone")
HELPS = {
    "function": _("Wat deze persoon is in de wijk, zoals apotheker of trainer van de jeugdploeg."),
    "network": _("Wie hij of zij kent. Een stem naast andere, geen woordvoerder van iedereen."),
    "name": _("Naam en contact verdwijnen zodra de toestemming stopt."),
}


def not_in_the_future(day: dt.date) -> None:
    if day > timezone.localdate():
        raise ValidationError(_("Deze datum ligt in de toekomst."))


class KeyFigureForm(CreateForm[KeyFigure]):
    """A new key figure: only with consent."""

    class Meta:
        model = KeyFigure
        fields = (*FIELDS, "consent_on")
        help_texts = {
            **HELPS,
            "consent_on": _("De dag waarop deze persoon ja zei. Vernieuw dit elk jaar."),
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = by.municipality_ids_with(Right.KEY_FIGURE_EDIT)
        fields: Any = self.fields
        fields["neighbourhood"].queryset = Neighbourhood.objects.filter(municipality__in=places)
        fields["name"].required = True
        fields["consent_on"].validators.append(not_in_the_future)


class KeyFigureEditForm(VersionedModelForm[KeyFigure]):
    class Meta:
        model = KeyFigure
        fields = FIELDS
        help_texts = HELPS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        here = Neighbourhood.objects.filter(municipality=self.instance.municipality_id)
        fields["neighbourhood"].queryset = here
        fields["name"].required = True


class ConsentForm(HouseForm):
    """That somebody said yes again."""

    consent_on = forms.DateField(
        label=_("Toestemming op"), widget=DayInput, validators=[not_in_the_future]
    )


class ContactForm(NarrowModelForm[KeyFigureContact]):
    """That somebody spoke with a key figure."""

    class Meta:
        model = KeyFigureContact
        fields = ("on", "what")
        widgets = {"what": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].validators.append(not_in_the_future)


class FigureSearch(HouseForm):
    """What narrows the list of key figures."""

    q = forms.CharField(
        label=_("Zoek op functie of netwerk"),
        max_length=200,
        required=False,
        widget=forms.SearchInput(attrs={"placeholder": _("Functie of netwerk")}),
    )
    wijk = forms.ModelChoiceField(
        Neighbourhood.objects.none(), label=_("Wijk"), required=False, empty_label=_("Alle")
    )
    toestemming = forms.ChoiceField(
        label=_("Toestemming"),
        required=False,
        choices=[
            ("", _("Alle")),
            ("vernieuwen", _("Te vernieuwen")),
            ("gewist", _("Voorbij en gewist")),
        ],
    )

    def __init__(self, *args: Any, seen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["wijk"]
        field.queryset = Neighbourhood.objects.filter(key_figures__in=seen).distinct()
