"""Forms on one action: make it, rewrite it, take a step, who leads and who helps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import CreateForm, HouseForm, SafeTextMixin, VersionedModelForm
from core.widgets import SHORT, Datalist, LinesWidget
from partners.models import Partner
from plans.forms.revision import RevisionFields
from plans.models import Action, ActionPartner, SubTheme, TacticalGoal, Theme
from plans.operations.actions import next_place

if TYPE_CHECKING:
    from accounts.models import User
    from plans.models import Plan

TEXT = [
    "title",
    "why",
    "how",
    "expected_result",
    "dimension",
    "reactive_kind",
    "start",
    "due",
    "structural",
    "quick_win",
    "goal",
    "year_theme",
    "themes",
    "neighbourhoods",
    "principles",
    "related_plans",
    "bbc_code",
    "chain",
]
MAX_LINKS, LINK_LENGTH = 12, 150


class LinesField(forms.CharField):
    """A list that people type one item per line."""

    widget = LinesWidget(attrs={"rows": 3})

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        found = [line for line in lines if line]
        if len(found) > MAX_LINKS or any(len(line) > LINK_LENGTH for line in found):
            raise ValidationError(
                _("Hoogstens %(lines)d regels van %(length)d tekens.")
                % {"lines": MAX_LINKS, "length": LINK_LENGTH}
            )
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != [line.strip() for line in (data or "").splitlines() if line]


class ActionText(RevisionFields):
    """What making and rewriting an action have in common."""

    instance: Action

    def _narrow(self, plan: Plan, sub_theme: SubTheme | None) -> None:
        """Offer what belongs to this plan and place, never what belongs to another."""
        fields: Any = self.fields
        goals = TacticalGoal.objects.filter(sub_theme__domain__plan=plan).current()
        fields["goal"].queryset = goals.filter(sub_theme=sub_theme) if sub_theme else goals
        fields["year_theme"].queryset = plan.year_themes.all()
        fields["principles"].queryset = plan.principles.filter(archived_at=None)
        fields["related_plans"].queryset = plan.related_plans.all()
        places = fields["neighbourhoods"]
        places.queryset = places.queryset.filter(municipality=plan.municipality_id)
        places.help_text = _("Duid niets aan als de actie overal loopt.")
        for name in ("principles", "related_plans", "neighbourhoods"):
            if not fields[name].queryset.exists():
                del fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        if "neighbourhoods" in self.fields and "neighbourhoods" in cleaned:
            everywhere = not cleaned["neighbourhoods"]
            cleaned["whole_territory"] = self.instance.whole_territory = everywhere
        goal, sub_theme = cleaned.get("goal"), cleaned.get("sub_theme", self.instance.sub_theme_id)
        if goal and sub_theme and goal.sub_theme_id != getattr(sub_theme, "pk", sub_theme):
            self.add_error("goal", _("Deze doelstelling hoort bij een ander deelthema."))  # type: ignore[attr-defined]
        return cleaned


WIDGETS = {
    "why": forms.Textarea(attrs={"rows": 3}),
    "how": forms.Textarea(attrs={"rows": 5}),
    "expected_result": forms.Textarea(attrs={"rows": 3}),
    "neighbourhoods": forms.CheckboxSelectMultiple(attrs={"class": "choices is-row"}),
    "principles": forms.CheckboxSelectMultiple(attrs={"class": "choices is-row"}),
    "related_plans": forms.CheckboxSelectMultiple(attrs={"class": "choices is-row"}),
}


def _themes() -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        choices=Theme.choices,
        required=False,
        label=_("Thema's"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices is-row"}),
    )


def _chain() -> LinesField:
    help_text = _("Eén schakel per regel, van signaal tot nazorg.")
    return LinesField(required=False, label=_("Keten"), help_text=help_text, max_length=2000)


class ActionForm(ActionText, VersionedModelForm[Action]):
    """The text of an action."""

    themes = _themes()
    chain = _chain()

    class Meta:
        model = Action
        fields = TEXT
        widgets = WIDGETS

    def __init__(self, *args: Any, plan: Plan, by: User, **kwargs: Any) -> None:
        super().__init__(*args, plan=plan, by=by, **kwargs)
        self._narrow(plan, self.instance.sub_theme)


class NewActionForm(ActionText, CreateForm[Action]):
    """A new action in a sub-theme; its code follows from its place and never changes."""

    themes = _themes()
    chain = _chain()

    class Meta:
        model = Action
        fields = ["sub_theme", *TEXT]
        widgets = WIDGETS

    def __init__(
        self, *args: Any, plan: Plan, by: User, sub_theme: SubTheme | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"sub_theme": sub_theme} | (kwargs.get("initial") or {})
        super().__init__(*args, instance=Action(plan=plan), plan=plan, by=by, **kwargs)
        places: Any = self.fields["sub_theme"]
        current = SubTheme.objects.filter(domain__plan=plan, domain__archived_at=None).current()
        places.queryset = current.order_by("domain__position", "position", "pk")
        self._narrow(plan, sub_theme)

    def save(self, commit: bool = True) -> Action:  # noqa: FBT001, FBT002 - Django's signature
        # Inside save_text(), which holds the plan: two new actions cannot get one code.
        self.instance.code, self.instance.position = next_place(self.instance.sub_theme)
        return super().save(commit)


class LevelForm(VersionedModelForm[Action]):
    """How far the action may travel."""

    class Meta:
        model = Action
        fields = ["confidentiality"]
        widgets = {"confidentiality": forms.RadioSelect}
        help_texts = {
            "confidentiality": _(
                "Wie de actie mag lezen, leest ook haar verloop, met wat er vroeger geschreven is."
            )
        }


class ReasonForm(HouseForm):
    """Why, in one's own words."""

    reason = forms.CharField(
        label=_("Reden"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class PartnerChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One partner of a municipality: a select, or a box that suggests when there are many."""

    def __init__(self, queryset: Any = None, **kwargs: Any) -> None:
        super().__init__(Partner.objects.none() if queryset is None else queryset, **kwargs)

    def offer(self, partners: Any) -> None:
        self.queryset = partners
        names = {str(pk): name for pk, name in partners.values_list("pk", "name")}
        if len(names) > SHORT:
            self.widget = Datalist(names)


def partners_for(plan: Plan) -> Any:
    """The partners who may carry an action of this plan."""
    places = [plan.municipality_id] if plan.municipality_id else None
    rows = Partner.objects.current()
    if places is None:
        return rows.filter(municipality__zone=plan.zone_id)
    return rows.filter(municipality__in=places)


class LeadForm(HouseForm):
    """Which organisation, and who there; the person may stay open."""

    partner = PartnerChoice(label=_("Organisatie"))
    person: Any = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=_("Persoon"),
        empty_label=_("De organisatie kiest zelf"),
        blank=True,  # else Django leaves the empty choice out of radio buttons
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, plan: Plan, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partner: Any = self.fields["partner"]
        partner.offer(partners_for(plan))
        person: Any = self.fields["person"]
        person.queryset = people


class PartnerRow(SafeTextMixin, forms.ModelForm):  # type: ignore[type-arg]
    """One partner with what it does."""

    class Meta:
        model = ActionPartner
        fields = ["partner", "role"]
        field_classes = {"partner": PartnerChoice}


class PartnerRows(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """The partners of an action next to its lead: each once."""

    instance: Action

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = partners_for(self.instance.plan)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["partner"].queryset = self.offered

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        for form in self.forms:
            partner = form.cleaned_data.get("partner")
            deleted = form.cleaned_data.get("DELETE")
            if partner and not deleted and partner.pk == self.instance.lead_partner_id:
                form.add_error("partner", _("Deze partner is al de trekker."))


MOST_PARTNERS = 60
PartnerFormSet = forms.inlineformset_factory(
    Action,
    ActionPartner,
    form=PartnerRow,
    formset=PartnerRows,
    extra=3,
    max_num=MOST_PARTNERS,
    absolute_max=MOST_PARTNERS,  # else who says there are many has a thousand rows drawn
    can_delete_extra=False,
)
