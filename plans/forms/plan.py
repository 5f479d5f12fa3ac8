"""Forms on the plan itself: make it, edit it, take a step, record a decision, ask for help."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Municipality, User, Zone
from accounts.roles import Right
from core.forms import CreateForm, HouseForm, VersionedModelForm
from plans.forms.revision import RevisionFields, refuse_future
from plans.models import Decision, Plan
from plans.operations.edition import EditionChoices
from plans.operations.plan import DecisionData, free_code

if TYPE_CHECKING:
    from plans.workflow import Step

TEXT_FIELDS = [
    "title", "short_title", "edition", "predecessor_title", "motto", "starts", "ends",
    "steering_body", "mandate", "mandate_date", "legal_status",
]  # fmt: skip


class PlanForm(RevisionFields, VersionedModelForm[Plan]):
    """What the plan is and over which years it runs."""

    class Meta:
        model = Plan
        fields = TEXT_FIELDS


class LevelForm(VersionedModelForm[Plan]):
    """Who may read the plan; not a part of its text."""

    class Meta:
        model = Plan
        fields = ["confidentiality"]


def owners(user: User) -> list[tuple[str, str]]:
    """For whom this person may make a plan: municipalities, and the zones they lie in."""
    places = Municipality.objects.filter(pk__in=user.municipality_ids_with(Right.PLAN_EDIT))
    zones = Zone.objects.filter(pk__in=user.zone_ids_with(Right.PLAN_EDIT))
    return [(f"gemeente-{place.pk}", place.name) for place in places] + [
        (f"zone-{zone.pk}", zone.name) for zone in zones
    ]


class NewPlanForm(CreateForm[Plan]):
    """The first facts of a plan; its text follows."""

    owner = forms.ChoiceField(label=_("Van wie is dit plan?"))

    class Meta:
        model = Plan
        fields = ["kind", "title", "short_title", "edition", "starts", "ends", "motto"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners(by)  # type: ignore[attr-defined]
        self.order_fields(["owner"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "owner" in cleaned:
            self._belongs_to(cleaned["owner"])
        if {"kind", "edition", "owner"} <= cleaned.keys():
            self.instance.code = free_code(self.instance, cleaned["kind"], cleaned["edition"])
        return cleaned

    def _belongs_to(self, owner: str) -> None:
        sort, _dash, key = owner.partition("-")
        if sort == "gemeente":
            place = Municipality.objects.select_related("zone").get(pk=key)
            self.instance.municipality, self.instance.zone = place, place.zone
        else:
            self.instance.municipality, self.instance.zone = None, Zone.objects.get(pk=key)


class EditionForm(HouseForm):
    """What a new edition takes along from the one before."""

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    title = forms.CharField(label=_("Titel"), max_length=200)
    starts = forms.DateField(label=_("Begint"))
    ends = forms.DateField(label=_("Eindigt"))
    sections = forms.BooleanField(label=_("Hoofdstukken meenemen"), required=False)
    principles = forms.BooleanField(label=_("Bakens meenemen"), required=False)
    domains = forms.BooleanField(
        label=_("Domeinen, deelthema's en doelstellingen meenemen"), required=False
    )
    actions = forms.BooleanField(
        label=_("Open acties meenemen"),
        required=False,
        help_text=_("Als voorstel: elke trekker wordt opnieuw gevraagd."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] < cleaned["starts"]:
            self.add_error("ends", _("De einddatum ligt voor de begindatum."))
        if cleaned.get("actions") and not cleaned.get("domains"):
            self.add_error("actions", _("Acties horen bij een deelthema: neem ook dat mee."))
        return cleaned

    def choices(self) -> EditionChoices:
        names = ("title", "starts", "ends", "sections", "principles", "domains", "actions")
        return EditionChoices(**{name: self.cleaned_data[name] for name in names})


class StepForm(HouseForm):
    """What a step of the plan asks: a reason, or who decided."""

    def __init__(self, *args: Any, plan: Plan, step: Step, **kwargs: Any) -> None:
        asked: dict[str, forms.Field] = {}
        if step.needs_reason:
            asked["reason"] = forms.CharField(
                label=_("Reden"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
            )
        if step.needs_decision:
            asked |= forms.fields_for_model(Decision, ["body", "on", "number", "outcome"])
            asked["on"].validators.append(refuse_future)
            asked["outcome"].required = False
        self.plan = plan
        self.base_fields = {**self.base_fields, **asked}  # type: ignore[misc]
        super().__init__(*args, **kwargs)

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if self.plan.decisions.filter(number=number).exists():
            raise ValidationError(_("Dit besluit is al vastgelegd."))
        return number

    @property
    def asks_nothing(self) -> bool:
        return not self.fields

    def decision(self) -> DecisionData | None:
        if "body" not in self.fields:
            return None
        names = ("body", "on", "number", "outcome")
        return DecisionData(**{name: self.cleaned_data[name] for name in names})


class DecisionForm(CreateForm[Decision]):
    """What a body decided about the plan, apart from its steps."""

    class Meta:
        model = Decision
        fields = ["body", "on", "number", "outcome"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].validators.append(refuse_future)

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"plan"}  # type: ignore[misc,no-any-return]


class VersionForm(HouseForm):
    """Why a version is kept."""

    note = forms.CharField(label=_("Waarvoor dient deze versie?"), max_length=200, required=False)


class HelperForm(HouseForm):
    """Who helps edit this one plan, by the address they sign in with."""

    email = forms.EmailField(label=_("E-mailadres"), max_length=254)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan

    def clean_email(self) -> User:
        """Someone with a role in the municipality or zone of the plan, and nobody else."""
        address = self.cleaned_data["email"]
        person: User | None = colleagues(self.plan).filter(email__iexact=address).first()
        if person is None:
            raise ValidationError(
                _("Niemand met een rol in deze gemeente meldt zich aan met dit adres.")
            )
        return person


def colleagues(plan: Plan) -> Any:
    """The active people who hold a role today in the place the plan belongs to."""
    held = Membership.objects.active(on=timezone.localdate())
    if plan.municipality_id:
        held = held.filter(municipality=plan.municipality_id)
    else:
        held = held.filter(municipality__zone=plan.zone_id)
    return User.objects.active().filter(pk__in=held.values("user"))
