"""Making, changing, stepping, evaluating and renewing an agreement; its data-exchange annex."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.confidentiality import Level
from core.days import add_months, in_figures, last_day_of_term
from core.forms import CreateForm, HouseForm, VersionedModelForm
from core.widgets import choose_from
from partners import permissions
from partners.models import Agreement, AgreementType, DataAnnex
from partners.models.agreements import SENSIBLE

if TYPE_CHECKING:
    from accounts.models import User
    from partners.workflow import Step

FIELDS = (
    "type", "title", "object", "legal_basis", "communication", "starts", "ends", "notice_months",
    "renewal", "renewal_months", "evaluation_months", "next_evaluation", "confidentiality",
)  # fmt: skip
HELPS = {
    "notice_months": _("0 als er geen opzegtermijn is."),
    "renewal_months": _("Alleen bij stilzwijgende verlenging."),
    "confidentiality": _(
        "Wie partij is en afspraken leest, ziet ze tot en met het niveau partners."
    ),
    "legal_basis": _("Bijvoorbeeld de wet, het decreet of het besluit."),
}


def refuse_future(day: dt.date) -> None:
    if day > timezone.localdate():
        raise forms.ValidationError(_("Deze dag ligt in de toekomst."))


def _names(types: list[AgreementType]) -> list[tuple[Any, str]]:
    """With the municipality when there is more than one."""
    several = len({row.municipality_id for row in types}) > 1
    return [
        (row.pk, f"{row.code} {row.name}" + (f" ({row.municipality})" if several else ""))
        for row in types
    ]


class AgreementForm(CreateForm[Agreement]):
    """A new agreement: what is left open follows from its kind."""

    indefinite = forms.BooleanField(label=_("Voor onbepaalde duur"), required=False)

    class Meta:
        model = Agreement
        fields = FIELDS
        help_texts = HELPS | {
            "ends": _("Leeg: de gewone looptijd van de soort."),
            "evaluation_months": _("Leeg: wat bij de soort gewoon is."),
            "next_evaluation": _("Leeg: volgt uit de begindatum."),
        }

    field_order = (*FIELDS[:7], "indefinite", *FIELDS[7:])

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = by.municipality_ids_with(Right.AGREEMENT_EDIT)
        types = AgreementType.objects.current().filter(municipality__in=places)
        kind: Any = self.fields["type"]
        kind.queryset = types.select_related("municipality")
        kind.choices = [("", _("Kies een soort")), *_names(list(kind.queryset))]
        level: Any = self.fields["confidentiality"]
        level.choices = Level.choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, starts = cleaned.get("type"), cleaned.get("starts")
        if not kind or not starts:
            return cleaned
        if cleaned.get("indefinite"):
            cleaned["ends"] = None
        elif not cleaned.get("ends") and "ends" not in self.errors:
            cleaned["ends"] = last_day_of_term(starts, kind.default_term_months)
        if not cleaned.get("evaluation_months") and "evaluation_months" not in self.errors:
            cleaned["evaluation_months"] = kind.evaluation_months
        if not cleaned.get("next_evaluation") and "next_evaluation" not in self.errors:
            months = cleaned.get("evaluation_months") or kind.evaluation_months
            cleaned["next_evaluation"] = add_months(starts, months)
        return cleaned


class AgreementEditForm(VersionedModelForm[Agreement]):
    class Meta:
        model = Agreement
        fields = (*FIELDS, "predecessor")
        help_texts = HELPS | {"ends": _("Leeg: voor onbepaalde duur.")}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.instance.municipality_id
        kind: Any = self.fields["type"]
        here = AgreementType.objects.filter(municipality=place)
        kind.queryset = here.current() | here.filter(pk=self.instance.type_id)
        kind.choices = _names(list(kind.queryset))
        before: Any = self.fields["predecessor"]
        others = Agreement.objects.visible_to(by).filter(municipality=place)
        before.queryset = others.exclude(pk=self.instance.pk)
        names = {str(row.pk): str(row) for row in before.queryset.only("code", "title")}
        before.widget = choose_from(names, empty=str(_("Geen")))

    def clean_predecessor(self) -> Agreement | None:
        before: Agreement | None = self.cleaned_data["predecessor"]
        if before and before.comes_after(self.instance):
            raise forms.ValidationError(
                _("Dat is een kring: die afspraak is zelf een hernieuwing van deze.")
            )
        return before


class StepForm(HouseForm):
    """What a step asks: a reason, and the last day when it ends the agreement."""

    last_day = forms.DateField(
        label=_("Laatste dag"),
        help_text=_("Tot en met die dag geldt de afspraak nog, met alles wat erin staat."),
        validators=SENSIBLE,
    )
    agreed = forms.BooleanField(
        label=_("Alle partijen zijn het eens met een kortere termijn"), required=False
    )
    reason = forms.CharField(
        label=_("Reden"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, step: Step, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement, self.today = agreement, timezone.localdate()
        if not step.needs_reason:
            del self.fields["reason"]
        if not step.needs_last_day:
            del self.fields["last_day"]
        if not step.needs_last_day or not agreement.notice_months:
            del self.fields["agreed"]
        self.initial["last_day"] = self._usual_last_day()

    def _usual_last_day(self) -> dt.date:
        """After the notice that was agreed; no later than it would have ended anyway."""
        day = permissions.first_last_day(self.agreement, on=self.today)
        ends = self.agreement.ends
        return min(day, ends) if ends and ends >= self.today else day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if day := cleaned.get("last_day"):
            agreed = bool(cleaned.get("agreed"))
            may = permissions.may_end_on(self.agreement, day, on=self.today, agreed=agreed)
            if not may:
                self.add_error("last_day", str(may.reason))
        return cleaned


class ProlongForm(HouseForm):
    """A later end for the same agreement, and why."""

    ends = forms.DateField(label=_("Nieuwe einddatum"), validators=SENSIBLE)
    reason = forms.CharField(
        label=_("Reden"),
        max_length=2000,
        help_text=_("Bijvoorbeeld het besluit waarin de partijen dit afspraken."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement

    def clean_ends(self) -> dt.date:
        day: dt.date = self.cleaned_data["ends"]
        if self.agreement.ends and day <= self.agreement.ends:
            raise forms.ValidationError(_("Kies een dag na %s.") % in_figures(self.agreement.ends))
        return day


class EvaluationForm(HouseForm):
    on = forms.DateField(
        label=_("Wanneer was de evaluatie?"),
        initial=timezone.localdate,
        validators=[refuse_future, *SENSIBLE],
    )
    conclusion = forms.CharField(
        label=_("Besluit"),
        max_length=2000,
        help_text=_("Wat loopt goed, wat niet, en wat spreken de partijen nu af."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    following = forms.DateField(label=_("Volgende evaluatie"), required=False, validators=SENSIBLE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        on, following = cleaned.get("on"), cleaned.get("following")
        if on and following and following <= on:
            self.add_error("following", _("De volgende evaluatie ligt na deze."))
        return cleaned


class RenewForm(HouseForm):
    starts = forms.DateField(label=_("Begint"), validators=SENSIBLE)
    ends = forms.DateField(
        label=_("Eindigt"),
        required=False,
        help_text=_("Leeg: voor onbepaalde duur."),
        validators=SENSIBLE,
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("De einddatum ligt voor de begindatum."))
        return cleaned


class AnnexForm(VersionedModelForm[DataAnnex]):
    class Meta:
        model = DataAnnex
        fields = ("data", "ground", "ground_note", "starts", "ends")
        help_texts = {
            "data": _("Soorten gegevens, geen gegevens zelf: bijvoorbeeld plaats en aard."),
            "ends": _("Leeg: zolang de afspraak loopt."),
        }
