"""News about an action: short enough for a phone, complete where something goes wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import CreateForm
from plans.forms.indicators import value_field
from plans.forms.revision import refuse_future
from plans.models import Action, Indicator, Update
from plans.workflow import NEEDS_EXPLANATION, Light

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms.boundfield import BoundField

NOT_APPLICABLE = "nvt"
EXPLANATION = ("cause", "consequence", "proposal")
VALUE = "indicator-"


class UpdateForm(CreateForm[Update]):
    """What was done, what is next, how it goes; and the indicators that moved."""

    light = forms.ChoiceField(
        label=_("Hoe loopt het?"),
        choices=[*Light.choices, (NOT_APPLICABLE, _("Niet van toepassing"))],
        widget=forms.RadioSelect,
    )
    progress = forms.IntegerField(
        label=_("Voortgang in procent"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": 5, "data-slider": ""}),
    )
    on = forms.DateField(label=_("Over welke dag gaat dit?"), initial=timezone.localdate,
                         validators=[refuse_future])  # fmt: skip

    class Meta:
        model = Update
        fields = ["light", "progress", "done", "next", "cause", "consequence", "proposal", "on"]
        widgets = {
            "done": forms.Textarea(attrs={"rows": 3}),
            "next": forms.Textarea(attrs={"rows": 2}),
            "cause": forms.Textarea(attrs={"rows": 2}),
            "consequence": forms.Textarea(attrs={"rows": 2}),
            "proposal": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {
            "done": _("Wat is er gebeurd?"),
            "next": _("Wat komt er nu?"),
            "cause": _("Hoe komt dat?"),
            "consequence": _("Wat betekent dat voor het doel?"),
            "proposal": _("Wat stel je voor?"),
        }

    def __init__(
        self, *args: Any, action: Action, indicators: Iterable[Indicator], **kwargs: Any
    ) -> None:
        self.action = action
        self.indicators = {f"{VALUE}{row.pk}": row for row in indicators}
        fields = {name: value_field(row) for name, row in self.indicators.items()}
        # Fields of this one form, added before the house's rules look at them.
        self.base_fields = {**self.base_fields, **fields}  # type: ignore[misc]
        kwargs["initial"] = {
            "light": action.light or (NOT_APPLICABLE if action.last_update_on else ""),
            "progress": action.progress,
        } | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean_light(self) -> str:
        light: str = self.cleaned_data["light"]
        return "" if light == NOT_APPLICABLE else light

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day < self.action.plan.starts:
            raise forms.ValidationError(_("Deze dag ligt voor het begin van het plan."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("light") in NEEDS_EXPLANATION:
            for name in EXPLANATION:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Vul dit in: het verkeerslicht staat niet op groen."))
        elif "light" in cleaned:
            cleaned |= dict.fromkeys(EXPLANATION, "")
        return cleaned

    @property
    def explanation_fields(self) -> list[BoundField]:
        return [self[name] for name in EXPLANATION]

    @property
    def value_fields(self) -> list[BoundField]:
        return [self[name] for name in self.indicators]

    def values(self) -> dict[Indicator, Decimal]:
        """Only the indicators that were filled in."""
        return {
            row: self.cleaned_data[name]
            for name, row in self.indicators.items()
            if self.cleaned_data.get(name) is not None
        }
