"""The list as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from meldingen.permissions import may_export_reporters

if TYPE_CHECKING:
    from accounts.models import User

XLSX, CSV = "xlsx", "csv"


class ExportForm(HouseForm):
    kind = forms.ChoiceField(
        label=_("Bestand"),
        choices=[(XLSX, _("Excel")), (CSV, _("CSV, voor een ander programma"))],
        widget=forms.RadioSelect(attrs={"class": "choices is-row"}),
        initial=XLSX,
    )
    reporters = forms.BooleanField(
        label=_("Met wie het meldde"),
        required=False,
        help_text=_("Bij elke melding wordt genoteerd dat jij las wie ze deed."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_export_reporters(by):
            del self.fields["reporters"]
