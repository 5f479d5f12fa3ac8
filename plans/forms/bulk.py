"""One change for many actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from plans.forms.actions import PartnerChoice, partners_for
from plans.forms.revision import RevisionFields
from plans.models import SubTheme
from plans.operations.bulk import Adjustment

if TYPE_CHECKING:
    from accounts.models import User
    from plans.models import Plan

WEEKS, DUE, PLACE, STOP, POSTPONE = "weken", "datum", "deelthema", "stopzetten", "verdagen"
CHANGES = [
    (WEEKS, _("Einddatum verschuiven")),
    (DUE, _("Einddatum vastleggen")),
    (PLACE, _("Naar een ander deelthema")),
    (STOP, _("Stopzetten")),
    (POSTPONE, _("Verdagen naar volgende editie")),
]


class BulkLeadForm(HouseForm):
    """One organisation for all chosen actions; it decides itself who does it."""

    partner = PartnerChoice(label=_("Organisatie"))
    form_token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, plan: Plan, by: User, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **kwargs)
        partner: Any = self.fields["partner"]
        partner.offer(partners_for(plan))


class BulkAdjustForm(RevisionFields, HouseForm):
    """What changes, with one reason and one decision."""

    change = forms.ChoiceField(label=_("Wat verandert er?"), choices=CHANGES)
    weeks = forms.IntegerField(
        label=_("Bij verschuiven: aantal weken later"),
        required=False,
        min_value=-520,
        max_value=520,
        help_text=_("Een min ervoor maakt het vroeger."),
    )
    due = forms.DateField(label=_("Bij vastleggen: nieuwe einddatum"), required=False)
    sub_theme = forms.ModelChoiceField(
        queryset=SubTheme.objects.none(), label=_("Bij verplaatsen: deelthema"), required=False
    )
    reason = forms.CharField(
        label=_("Waarom voor deze acties?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput)

    needs = {WEEKS: "weeks", DUE: "due", PLACE: "sub_theme"}

    def __init__(self, *args: Any, plan: Plan, by: User, **kwargs: Any) -> None:
        super().__init__(*args, plan=plan, by=by, **kwargs)
        places: Any = self.fields["sub_theme"]
        current = SubTheme.objects.filter(domain__plan=plan, domain__archived_at=None).current()
        places.queryset = current.order_by("domain__position", "position", "pk")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name = self.needs.get(cleaned.get("change", ""))
        if name and not cleaned.get(name) and name not in self.errors:
            self.add_error(name, _("Vul dit in voor deze wijziging."))
        return cleaned

    def adjustment(self) -> Adjustment:
        data = self.cleaned_data
        change = data["change"]
        return Adjustment(
            weeks=data["weeks"] or 0 if change == WEEKS else 0,
            due=data["due"] if change == DUE else None,
            sub_theme=data["sub_theme"] if change == PLACE else None,
            step=change if change in {STOP, POSTPONE} else "",
            reason=data["reason"],
        )
