"""A paper for an agreement, and a newer version of one."""

from __future__ import annotations

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, UploadField
from partners.models import DocumentKind


class VersionForm(HouseForm):
    file = UploadField()
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class DocumentForm(VersionForm):
    kind = forms.ChoiceField(label=_("Soort"), choices=DocumentKind.choices)
    title = forms.CharField(
        label=_("Titel"),
        max_length=150,
        required=False,
        help_text=_("Leeg: de naam van het bestand."),
    )

    field_order = ("kind", "title", "file")
