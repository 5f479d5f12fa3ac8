"""How often something is evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.forms import CreateForm
from evaluations.forms.evaluations import PlannedFields, people_of
from evaluations.models import EvaluationRhythm
from evaluations.models.subjects import FIELDS, what_is
from partners.models.agreements import SENSIBLE

if TYPE_CHECKING:
    from evaluations.models.subjects import Subject


class RhythmForm(PlannedFields, CreateForm[EvaluationRhythm]):
    class Meta:
        model = EvaluationRhythm
        fields = ["months", "starts", "responsible"]

    def __init__(self, *args: Any, subject: Subject, municipality_id: int, **kwargs: Any) -> None:
        self.subject = subject
        name = FIELDS[what_is(subject)]
        kwargs["instance"] = EvaluationRhythm(municipality_id=municipality_id, **{name: subject})
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = people_of(municipality_id)
        self.fields["starts"].validators += SENSIBLE
