"""A partner and its people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Municipality, Neighbourhood, User
from accounts.roles import Right
from core.forms import CreateForm, HouseForm, NarrowModelForm, OfOnePlace, VersionedModelForm
from core.widgets import choose_from
from partners import enterprise_number
from partners.models import Partner, PartnerNote, Territory

FIELDS = (
    "name", "kind", "contact_name", "contact_email", "contact_phone", "reachability",
    "description", "will_not", "secrecy", "mission", "reference_frame",
    "territory", "neighbourhoods", "social_map_url", "enterprise_number",
)  # fmt: skip
HELPS = {
    "contact_name": _("Een functie, geen naam: dan klopt het ook na een wissel."),
    "contact_email": _("Liefst een algemeen adres van de dienst."),
    "neighbourhoods": _("Alleen als de partner in enkele wijken werkt."),
}
WIDGETS = {
    "territory": forms.RadioSelect(attrs={"class": "choices is-row"}),
    "neighbourhoods": forms.CheckboxSelectMultiple(attrs={"class": "choices is-row"}),
}


class EnterpriseNumberField(forms.CharField):
    """Takes the number however it is typed, and shows it with its dots."""

    def to_python(self, value: Any) -> str:
        return enterprise_number.bare(super().to_python(value) or "")

    def prepare_value(self, value: Any) -> Any:
        return enterprise_number.shown(value) if isinstance(value, str) else value


class PartnerFields(forms.ModelForm[Partner]):
    """What making and editing a partner have in common."""

    enterprise_number = EnterpriseNumberField(
        label=_("Ondernemingsnummer"), required=False, max_length=20, help_text="0123.456.749"
    )

    def clean(self) -> dict[str, Any]:
        """Neighbourhoods are named where a partner works in some, and only there."""
        cleaned: dict[str, Any] = super().clean() or {}
        named = cleaned.get("neighbourhoods")
        if cleaned.get("territory") != Territory.NEIGHBOURHOODS:
            cleaned["neighbourhoods"] = Neighbourhood.objects.none()
        elif not named:
            self.add_error("neighbourhoods", _("Duid minstens één wijk aan."))
        elif any(row.municipality_id != self._place(cleaned) for row in named):
            self.add_error("neighbourhoods", _("Kies wijken van dezelfde gemeente."))
        return cleaned

    def _place(self, cleaned: dict[str, Any]) -> int | None:
        chosen = cleaned.get("municipality")
        return chosen.pk if chosen else self.instance.municipality_id


class PartnerForm(PartnerFields, CreateForm[Partner]):
    class Meta:
        model = Partner
        fields = ("municipality", "code", *FIELDS)
        help_texts = {**HELPS, "code": _("Kort, in kleine letters, zoals jeugd of politie_wijk.")}
        widgets = WIDGETS

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = by.municipality_ids_with(Right.PARTNER_EDIT)
        fields: Any = self.fields
        fields["municipality"].queryset = Municipality.objects.filter(pk__in=places)
        fields["neighbourhoods"].queryset = Neighbourhood.objects.filter(municipality__in=places)
        if len(places) == 1:
            fields["municipality"].initial = next(iter(places))


class PartnerEditForm(OfOnePlace, PartnerFields, VersionedModelForm[Partner]):
    class Meta:
        model = Partner
        fields = FIELDS
        help_texts = HELPS
        widgets = WIDGETS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["neighbourhoods"]
        field.queryset = Neighbourhood.objects.filter(municipality=self.instance.municipality_id)


class NoteForm(NarrowModelForm[PartnerNote]):
    class Meta:
        model = PartnerNote
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"text": _("Alleen coördinator en kerngroep lezen dit. Schrijf geen namen.")}


class MergeForm(HouseForm):
    """Into which partner this one goes up."""

    met = forms.ModelChoiceField(Partner.objects.none(), label=_("Blijft bestaan"))

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Partner.objects.current().filter(municipality=partner.municipality_id)
        field: Any = self.fields["met"]
        field.queryset = here.exclude(pk=partner.pk)
        names = {str(row.pk): row.name for row in field.queryset}
        field.widget = choose_from(names, empty=str(_("Kies een partner")))


class MemberForm(HouseForm):
    """A person of the municipality who works for this partner from today."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Persoon"))

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        here = Membership.objects.active(on=today).filter(municipality=partner.municipality_id)
        gone = Q(partner_memberships__ends=None) | Q(partner_memberships__ends__gte=today)
        inside = User.objects.filter(gone, partner_memberships__partner=partner)
        found = User.objects.active().filter(pk__in=here.values("user"))
        field: Any = self.fields["user"]
        field.queryset = found.exclude(pk__in=inside.values("pk"))
        # A large municipality has hundreds of people: then this is a box that suggests.
        names = {str(user.pk): f"{user.name} ({user.email})" for user in field.queryset}
        field.widget = choose_from(names, empty=str(_("Kies een persoon")))
