"""Whom to ask, and what they answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import NarrowModelForm
from evaluations.forms.evaluations import people_of
from evaluations.models import Evaluation, Participant, Satisfaction
from evaluations.models.subjects import FIELDS, subjects
from evaluations.permissions import may_ask_partners
from partners.models import Partner


class ParticipantForm(NarrowModelForm[Participant]):
    class Meta:
        model = Participant
        fields = ["person", "partner"]
        help_texts = {
            "partner": _("De mensen van deze partner antwoorden in hun partnerruimte."),
        }

    def __init__(self, *args: Any, evaluation: Evaluation, **kwargs: Any) -> None:
        self.evaluation = evaluation
        super().__init__(*args, instance=Participant(evaluation=evaluation), **kwargs)
        asked = evaluation.participants
        people = people_of(evaluation.municipality_id)
        people = people.exclude(pk__in=asked.exclude(person=None).values("person"))
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        partners = Partner.objects.filter(
            municipality=evaluation.municipality_id, archived_at=None
        ).exclude(pk__in=asked.exclude(partner=None).values("partner"))
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
        if not may_ask_partners(evaluation):
            self.fields["partner"].disabled = True
            self.fields["partner"].help_text = str(may_ask_partners(evaluation).reason)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("person")) == bool(cleaned.get("partner")):
            raise forms.ValidationError(_("Kies een persoon of een partner."))
        person = cleaned.get("person")
        what = self.evaluation.what
        key = getattr(self.evaluation, f"{FIELDS[what]}_id")
        if person and not subjects(what, person).filter(pk=key).exists():
            self.add_error("person", _("%s kan dit niet lezen.") % person.name)
        return cleaned


class AnswerForm(NarrowModelForm[Participant]):
    satisfaction = forms.TypedChoiceField(
        label=_("Hoe tevreden ben je?"),
        choices=Satisfaction.choices,
        coerce=int,
        widget=forms.RadioSelect(attrs={"class": "choices"}),
    )

    class Meta:
        model = Participant
        fields = ["satisfaction", "went_well", "should_change"]
