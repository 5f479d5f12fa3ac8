"""The calendar of reports: for whom, how often, and when the draft has to be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.forms import CreateForm, VersionedModelForm
from partners.models.agreements import SENSIBLE
from reports import permissions
from reports.forms.drafts import place_of, reportable_plans
from reports.models import Audience, ReportRhythm

if TYPE_CHECKING:
    from accounts.models import User

WHEN = ("weeks", "next_on", "days_ahead")


class RhythmForm(CreateForm[ReportRhythm]):
    class Meta:
        model = ReportRhythm
        fields = ("plan", "audience", *WHEN)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        plan: Any = self.fields["plan"]
        plan.queryset = reportable_plans(by)
        if plan.queryset.count() == 1:
            plan.initial, plan.empty_label = plan.queryset.get(), None
        self.fields["next_on"].validators += SENSIBLE

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        plan, audience = cleaned.get("plan"), cleaned.get("audience")
        if plan and audience:
            self.instance.municipality = place_of(plan, self.by)
            if not (verdict := permissions.may_be_shown(plan, Audience(audience))):
                self.add_error("audience", str(verdict.reason))
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Once per municipality, though that is not in the form; unknown until a plan is chosen."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"municipality"} if self.instance.municipality_id else excluded


class RhythmEditForm(VersionedModelForm[ReportRhythm]):
    class Meta:
        model = ReportRhythm
        fields = WHEN

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["next_on"].validators += SENSIBLE
