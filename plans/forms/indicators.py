"""What an action is measured by, and what it reads."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import CreateForm, HouseForm, VersionedModelForm
from plans.forms.goals import GoalIndicatorFields
from plans.forms.numbers import NumberField
from plans.forms.revision import RevisionFields, refuse_future
from plans.models import Indicator, IndicatorKind

FIELDS = [
    "title",
    "kind",
    "unit",
    "steps",
    "baseline",
    "baseline_year",
    "target",
    "target_year",
    "source",
]
YEAR_FIELDS = ("baseline_year", "target_year")


class _Sound(forms.Form):
    """The rules of each kind of indicator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in YEAR_FIELDS:
            self.fields[name].validators += [MinValueValidator(1990), MaxValueValidator(2100)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, steps = cleaned.get("kind"), cleaned.get("steps") or []
        if kind == IndicatorKind.STEPS and not steps:
            self.add_error("steps", _("Geef minstens één stap."))
        tops: dict[Any, int] = {IndicatorKind.YES_NO: 1, IndicatorKind.STEPS: len(steps)}
        top = tops.get(kind)
        for name in ("baseline", "target"):
            value = cleaned.get(name)
            if top is not None and value is not None and not _fits(value, top):
                self.add_error(name, _("Kies een geheel getal van 0 tot %d.") % top)
        return cleaned


def _fits(value: Decimal, top: int) -> bool:
    return 0 <= value <= top and value == int(value)


class IndicatorForm(_Sound, GoalIndicatorFields, RevisionFields, VersionedModelForm[Indicator]):
    """The wording, baseline and target of an indicator."""

    class Meta:
        model = Indicator
        fields = FIELDS
        field_classes = {"baseline": NumberField, "target": NumberField}


class NewIndicatorForm(_Sound, GoalIndicatorFields, RevisionFields, CreateForm[Indicator]):
    """A new indicator of an action."""

    class Meta:
        model = Indicator
        fields = FIELDS
        field_classes = {"baseline": NumberField, "target": NumberField}


def value_field(indicator: Indicator, *, required: bool = False) -> forms.Field:
    """A field in the words of the indicator's kind; it cleans to a Decimal or None."""
    choices = kind_choices(indicator)
    if choices:
        return forms.TypedChoiceField(
            choices=choices,
            coerce=Decimal,
            empty_value=None,
            required=required,
            label=indicator.title,
            help_text=indicator.unit,
        )
    return NumberField(
        max_digits=14,
        decimal_places=2,
        required=required,
        label=indicator.title,
        help_text=indicator.unit,
    )


def kind_choices(indicator: Indicator) -> list[tuple[str, Any]]:
    """Nothing for a number; yes and no, or the steps by their names."""
    if indicator.kind == IndicatorKind.YES_NO:
        return [("", "–"), ("0", _("Nee")), ("1", _("Ja"))]
    if indicator.kind == IndicatorKind.STEPS:
        reached = [(str(n), f"{n}. {step}") for n, step in enumerate(indicator.steps, start=1)]
        return [("", "–"), ("0", _("Nog geen stap gezet")), *reached]
    return []


class ValueForm(HouseForm):
    """What an indicator reads on a day. A second value on the same day replaces the first."""

    on = forms.DateField(label=_("Datum"), initial=timezone.localdate, validators=[refuse_future])
    source = forms.CharField(label=_("Bron"), max_length=150, required=False)

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"value": value_field(indicator, required=True), **self.fields}
        self.fields["value"].label = _("Waarde")
