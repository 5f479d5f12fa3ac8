"""Money for an action, a line per year and source."""

from __future__ import annotations

from django import forms

from core.forms import SafeTextMixin
from plans.forms.numbers import NumberField
from plans.models import Action, BudgetLine

MOST_LINES = 60


class BudgetRow(SafeTextMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A year and a source, with what is planned, committed and spent."""

    class Meta:
        model = BudgetLine
        fields = ["year", "source", "planned", "committed", "spent"]
        field_classes = dict.fromkeys(("planned", "committed", "spent"), NumberField)


BudgetFormSet = forms.inlineformset_factory(
    Action,
    BudgetLine,
    form=BudgetRow,
    extra=3,
    can_delete_extra=False,
    max_num=MOST_LINES,
    absolute_max=MOST_LINES,  # else who says there are many has a thousand rows drawn
)
