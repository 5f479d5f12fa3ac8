"""What people set: the hour of their mail, the moments of a rule, the quiet hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import VersionedModelForm
from reminders.models import DigestChoice
from reminders.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Collection

HOURS = [(hour, f"{hour}:00") for hour in range(6, 22)]


class DigestChoiceForm(VersionedModelForm[DigestChoice]):
    """One's own mail of the day. What the municipality does not let go of is not asked."""

    hour = forms.TypedChoiceField(label=_("Uur van de mail"), choices=HOURS, coerce=int)
    muted = forms.MultipleChoiceField(
        label=_("Geen mail over"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Wat je hier aanvinkt, blijft in IV-centrum zelf wel te zien."),
    )

    class Meta:
        model = DigestChoice
        fields = ("hour", "muted")

    def __init__(self, *args: Any, fixed: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = (rule for rule in all_rules().values() if rule.code not in fixed)
        self.fields["muted"].choices = [(rule.code, rule.name) for rule in rules]  # type: ignore[attr-defined]
