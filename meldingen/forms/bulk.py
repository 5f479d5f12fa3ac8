"""One change for many meldingen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import HouseForm
from meldingen.models import ClosureReason
from meldingen.operations.bulk import MOST, Seen
from meldingen.permissions import handlers_in
from partners.models import Partner

if TYPE_CHECKING:
    from accounts.models import Municipality

LONGEST = MOST * 32  # characters: a key and a version each


class ChosenForm(HouseForm):
    """What was chosen travels with the form, each with the version that was seen."""

    form_token = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST)

    def clean_seen(self) -> list[Seen]:
        found = []
        for pair in self.cleaned_data["seen"].split(","):
            pk, _colon, version = pair.partition(":")
            if not (_is_number(pk) and _is_number(version)):
                raise forms.ValidationError(_("Kies de meldingen opnieuw in de lijst."))
            found.append(Seen(int(pk), int(version)))
        return found[:MOST]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < len(str(2**63))


class BulkAssignForm(ChosenForm):
    handler = forms.ModelChoiceField(
        queryset=Partner.objects.none(), label=_("Dienst of partner"), required=False
    )
    assignee = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=_("Behandelaar"),
        required=False,
        help_text=_("Kies je alleen een persoon, dan blijft de dienst zoals ze is."),
    )

    def __init__(self, *args: Any, place: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        partners = Partner.objects.filter(municipality=place).current()
        fields["handler"].queryset = partners.order_by("name")
        fields["assignee"].queryset = handlers_in(place.pk, on=timezone.localdate())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("handler") or data.get("assignee")) and not self.errors:
            self.add_error("handler", _("Kies een dienst of een persoon."))
        return data


class BulkCloseForm(ChosenForm):
    reason = forms.ModelChoiceField(
        queryset=ClosureReason.objects.none(), label=_("Reden van afsluiten")
    )
    text = forms.CharField(
        label=_("Toelichting"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Staat bij elke melding, en in het antwoord aan wie meldde."),
    )

    def __init__(self, *args: Any, place: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons: Any = self.fields["reason"]
        reasons.queryset = ClosureReason.objects.filter(municipality=place).current()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        reason = data.get("reason")
        if reason and reason.needs_text and not data.get("text"):
            self.add_error("text", _("Deze reden vraagt een eigen toelichting."))
        return data
