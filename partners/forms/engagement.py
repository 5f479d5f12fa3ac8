"""A step on the ladder."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import CreateForm
from partners.models import EscalationStep


class EscalationForm(CreateForm[EscalationStep]):
    class Meta:
        model = EscalationStep
        fields = ("rung", "on", "about", "agreed")
        widgets = {
            "about": forms.Textarea(attrs={"rows": 2}),
            "agreed": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {"about": _("Over de samenwerking, niet over personen.")}

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Noteer een stap als ze gezet is."))
        return day
