"""Money for an action, a line per year and source."""

from __future__ import annotations

from django import forms

from plans.models import Action, BudgetLine

BudgetFormSet = forms.inlineformset_factory(
    Action,
    BudgetLine,
    fields=["year", "source", "planned", "committed", "spent"],
    localized_fields=["planned", "committed", "spent"],
    extra=3,
    max_num=60,
)
