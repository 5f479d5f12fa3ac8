"""A file for an action, and how far it may travel."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.confidentiality import Level
from core.forms import HouseForm, UploadField


class AttachmentForm(HouseForm):
    file = UploadField()
    confidentiality = forms.ChoiceField(
        label=_("Vertrouwelijkheid"), choices=Level.choices, widget=forms.RadioSelect
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, levels: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level: Any = self.fields["confidentiality"]
        level.choices = [(value, label) for value, label in Level.choices if value in levels]
