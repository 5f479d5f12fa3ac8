"""Planning an evaluation, changing that, and writing down what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.roles import LEVELS, Role
from core import history
from core.forms import CreateForm, HouseForm, VersionedModelForm
from evaluations.models import Evaluation, Question
from evaluations.models.subjects import FIELDS, subjects, what_is
from evaluations.workflow import Judgement
from plans.forms.actions import LinesField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from evaluations.models.subjects import Subject

PLANNED = ["kind", "title", "planned_on", "responsible", "deputy"]
WRITTEN = ["agreed", "happened", "effect", "satisfaction", "satisfaction_word", "lessons",
           "judgement", "judgement_reason"]  # fmt: skip
QUESTION = "vraag-"
INSIDE = [role for role in Role if LEVELS[role]]


def people_of(municipality_id: int) -> QuerySet[User]:
    """Who works in a municipality today."""
    held = Membership.objects.active(on=timezone.localdate()).filter(
        municipality=municipality_id, role__in=INSIDE
    )
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")


class PlannedFields:
    """What planning and changing have in common."""

    subject: Subject
    fields: Any

    def _narrow(self, municipality_id: int) -> None:
        for name in ("responsible", "deputy"):
            self.fields[name].queryset = people_of(municipality_id)
        self.fields["responsible"].required = True

    def clean_responsible(self) -> User | None:
        return self._reader("responsible")

    def clean_deputy(self) -> User | None:
        return self._reader("deputy")

    def _reader(self, name: str) -> User | None:
        """Only who reads what is evaluated can evaluate it."""
        person: User | None = self.cleaned_data[name]  # type: ignore[attr-defined]
        if person:
            seen = subjects(what_is(self.subject), person).filter(pk=self.subject.pk)
            if not seen.exists():
                raise forms.ValidationError(
                    _("%s kan dit niet lezen. Kies iemand anders.") % person.name
                )
        return person


class NewForm(PlannedFields, CreateForm[Evaluation]):
    questions = LinesField(
        label=_("Eigen vragen"),
        required=False,
        help_text=_("Eén per regel. Ze komen bij de vragen die elke evaluatie stelt."),
    )

    class Meta:
        model = Evaluation
        fields = PLANNED

    def __init__(self, *args: Any, subject: Subject, municipality_id: int, **kwargs: Any) -> None:
        self.subject = subject
        name = FIELDS[what_is(subject)]
        kwargs["instance"] = Evaluation(municipality_id=municipality_id, **{name: subject})
        super().__init__(*args, **kwargs)
        self._narrow(municipality_id)


class EditForm(PlannedFields, VersionedModelForm[Evaluation]):
    class Meta:
        model = Evaluation
        fields = PLANNED

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = self.instance.subject
        self._narrow(self.instance.municipality_id)


class WriteForm(VersionedModelForm[Evaluation]):
    """What was found, question by question, and what follows from it."""

    class Meta:
        model = Evaluation
        fields = WRITTEN
        widgets = {"judgement": forms.RadioSelect(attrs={"class": "choices is-row"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.initial_status = kwargs["instance"].status
        rows = Question.objects.filter(evaluation=kwargs["instance"])
        self.questions = {f"{QUESTION}{row.pk}": row for row in rows}
        fields = {
            name: forms.CharField(
                label=row.text,
                initial=row.answer,
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            for name, row in self.questions.items()
        }
        # Fields of this one form, added before the house's rules look at them.
        self.base_fields = {**self.base_fields, **fields}  # type: ignore[misc]
        super().__init__(*args, **kwargs)
        self.fields["judgement"].choices = [  # type: ignore[attr-defined]
            ("", _("Nog niet")), *Judgement.choices
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("judgement") and not cleaned.get("judgement_reason"):
            self.add_error("judgement_reason", _("Zeg waarom je dit oordeelt."))
        return cleaned

    def answers(self) -> Iterator[tuple[Question, str]]:
        for name, row in self.questions.items():
            yield row, self.cleaned_data[name]

    def question_changes(self) -> list[history.Change]:
        return [
            {"field": "answer", "label": row.text, "old": row.answer, "new": answer}
            for row, answer in self.answers()
            if row.answer != answer
        ]


class ReasonForm(HouseForm):
    reason = forms.CharField(
        label=_("Reden"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
