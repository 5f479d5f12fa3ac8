"""A paper for an agreement, and a newer version of one."""

from __future__ import annotations

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from core.uploads import ACCEPT, CleanFile, clean_upload
from partners.models import DocumentKind


class VersionForm(HouseForm):
    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("PDF, foto (JPEG, PNG of HEIC) of document (DOCX, XLSX, ODT)."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_file(self) -> CleanFile:
        return clean_upload(self.cleaned_data["file"])


class DocumentForm(VersionForm):
    kind = forms.ChoiceField(label=_("Soort"), choices=DocumentKind.choices)
    title = forms.CharField(
        label=_("Titel"),
        max_length=150,
        required=False,
        help_text=_("Leeg: de naam van het bestand."),
    )

    field_order = ("kind", "title", "file")
