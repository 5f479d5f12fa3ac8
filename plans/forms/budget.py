"""Money for an action, a line per year and source."""

from __future__ import annotations

from django import forms

from plans.forms.numbers import NumberField
from plans.models import Action, BudgetLine

MOST_LINES = 60
BudgetFormSet = forms.inlineformset_factory(
    Action,
    BudgetLine,
    fields=["year", "source", "planned", "committed", "spent"],
    field_classes=dict.fromkeys(("planned", "committed", "spent"), NumberField),
    extra=3,
    can_delete_extra=False,
    max_num=MOST_LINES,
    absolute_max=MOST_LINES,  # else who says there are many has a thousand rows drawn
)
