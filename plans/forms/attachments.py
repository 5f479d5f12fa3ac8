"""A file for an action, and how far it may travel."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.confidentiality import Level
from core.forms import HouseForm
from core.uploads import ACCEPT, CleanFile, clean_upload


class AttachmentForm(HouseForm):
    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("PDF, foto (JPEG, PNG of HEIC) of document (DOCX, XLSX, ODT)."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    confidentiality = forms.ChoiceField(
        label=_("Vertrouwelijkheid"), choices=Level.choices, widget=forms.RadioSelect
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, levels: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level: Any = self.fields["confidentiality"]
        level.choices = [(value, label) for value, label in Level.choices if value in levels]

    def clean_file(self) -> CleanFile:
        return clean_upload(self.cleaned_data["file"])
