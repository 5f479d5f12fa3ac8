"""Goals and what tells whether they are reached."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_STEPS = 20
STEP_LENGTH = 120


class StepsWidget(forms.Textarea):
    """One step per line."""

    def format_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else str(value or "")


class StepsField(forms.CharField):
    """The steps of an indicator, one per line; each within the limit of the database."""

    widget = StepsWidget

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        steps = [line.strip() for line in text.splitlines() if line.strip()]
        if len(steps) > MAX_STEPS:
            raise ValidationError(_("Geef hoogstens %d stappen.") % MAX_STEPS)
        if any(len(step) > STEP_LENGTH for step in steps):
            raise ValidationError(_("Een stap telt hoogstens %d tekens.") % STEP_LENGTH)
        return steps

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = initial if isinstance(initial, list) else []
        return before != [line.strip() for line in (data or "").splitlines() if line.strip()]


class GoalIndicatorFields(forms.Form):
    """Put before the form of an indicator: its steps are typed one per line."""

    steps = StepsField(
        required=False,
        label=_("Stappen"),
        help_text=_("Alleen bij een stappenindicator: één stap per regel."),
        widget=StepsWidget(attrs={"rows": 4}),
    )
