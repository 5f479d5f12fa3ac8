"""The calendar of reports: for whom, how often, and when the draft has to be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.forms import CreateForm, VersionedModelForm
from partners.models.agreements import SENSIBLE
from reports.forms.drafts import OfVariant
from reports.models import ReportRhythm

if TYPE_CHECKING:
    from accounts.models import User
    from reports.models import Variant

WHEN = ("weeks", "next_on", "days_ahead")


class RhythmForm(OfVariant, CreateForm[ReportRhythm]):
    class Meta:
        model = ReportRhythm
        fields = ("plan", "partner", "neighbourhood", *WHEN)

    def __init__(self, *args: Any, by: User, variant: Variant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_what_it_needs(variant, by)
        self.fields["next_on"].validators += SENSIBLE

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.fill_in(cleaned)
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Once per kind and municipality, though those are not in the form; unknown until a plan
        is chosen."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        known = {"municipality", "audience", "partner", "neighbourhood"}
        return excluded - known if self.instance.municipality_id else excluded


class RhythmEditForm(VersionedModelForm[ReportRhythm]):
    class Meta:
        model = ReportRhythm
        fields = WHEN

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["next_on"].validators += SENSIBLE
