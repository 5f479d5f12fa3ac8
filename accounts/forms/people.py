"""Inviting people, and giving and ending their roles."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from accounts.models import Membership, Municipality, Neighbourhood, User
from accounts.roles import Role
from core.forms import HouseForm, NarrowModelForm
from core.languages import Language

DISTRICT_ROLES = frozenset({Role.NEIGHBOURHOOD_POLICE, Role.WARDEN, Role.FINDER})
LATEST = dt.date(2100, 1, 1)


class DateInput(forms.DateInput):
    """The browser's own date picker, which speaks ISO."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class NeighbourhoodsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.municipality.name})"


class RoleForm(HouseForm):
    """A role in one of the municipalities whose people this person manages."""

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    municipality = forms.ModelChoiceField(Municipality.objects.none(), label=_("Gemeente"))
    role = forms.ChoiceField(choices=[("", "–"), *Role.choices], label=_("Rol"))
    starts = forms.DateField(label=_("Vanaf"), widget=DateInput, initial=timezone.localdate)
    ends = forms.DateField(label=_("Tot en met"), widget=DateInput, required=False)
    neighbourhoods = NeighbourhoodsField(
        Neighbourhood.objects.none(),
        label=_("Wijken"),
        required=False,
        help_text=_("Alleen voor wijkwerking en gemeenschapswachten. Leeg betekent: alle wijken."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, by: User, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = permissions.managed_ids(by)
        self.person = person
        self._choose_from("municipality", Municipality.objects.filter(pk__in=places))
        hoods = Neighbourhood.objects.filter(municipality__in=places).order_by(
            "municipality__name", "name"
        )
        self._choose_from("neighbourhoods", hoods.select_related("municipality"))
        if len(places) == 1:
            self.fields["municipality"].initial = next(iter(places))

    def _choose_from(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_period(cleaned)
        self._check_neighbourhoods(cleaned)
        if not self.errors:
            self._check_not_held(cleaned)
        return cleaned

    def _check_period(self, cleaned: dict[str, Any]) -> None:
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("De einddatum ligt voor de begindatum."))
        for name, day in (("starts", starts), ("ends", ends)):
            if day and not dt.date(2000, 1, 1) <= day <= LATEST:
                self.add_error(name, _("Geef een datum tussen 2000 en 2100."))

    def _check_neighbourhoods(self, cleaned: dict[str, Any]) -> None:
        chosen, place = cleaned.get("neighbourhoods"), cleaned.get("municipality")
        if not chosen:
            return
        if cleaned.get("role") and cleaned["role"] not in DISTRICT_ROLES:
            self.add_error("neighbourhoods", _("Bij deze rol horen geen wijken."))
        elif place and any(hood.municipality_id != place.pk for hood in chosen):
            self.add_error("neighbourhoods", _("Kies wijken van de gekozen gemeente."))

    def _check_not_held(self, cleaned: dict[str, Any]) -> None:
        person = self.receiver(cleaned)
        if person is None:
            return
        held = Membership.objects.unfinished(on=cleaned["starts"]).filter(
            user=person, municipality=cleaned["municipality"], role=cleaned["role"]
        )
        same_day = Membership.objects.filter(
            user=person,
            municipality=cleaned["municipality"],
            role=cleaned["role"],
            starts=cleaned["starts"],
        )
        if held.exists() or same_day.exists():
            self.add_error("role", _("Deze persoon heeft die rol al in deze gemeente."))

    def receiver(self, _cleaned: dict[str, Any]) -> User | None:
        """Who gets the role, if that person is known already."""
        return self.person


class InviteForm(RoleForm):
    """Who is welcome, and in which role."""

    field_order = (
        "name", "email", "language", "municipality", "role", "starts", "ends", "neighbourhoods",
    )  # fmt: skip
    name = forms.CharField(
        label=_("Naam"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        help_text=_("Daarmee meldt de persoon zich aan. De uitnodiging gaat naar dit adres."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Taal van de mails"), choices=Language, initial=Language.DUTCH
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        places: Any = self.fields["municipality"]
        if not places.queryset.filter(has_facilities=True).exists():
            del self.fields["language"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        place = cleaned.get("municipality")
        if cleaned.get("language") == Language.FRENCH and place and not place.has_facilities:
            self.add_error("language", _("Deze gemeente schrijft in het Nederlands."))
        return cleaned

    def receiver(self, cleaned: dict[str, Any]) -> User | None:
        return User.objects.filter(email=cleaned["email"]).first()


class LanguageForm(NarrowModelForm[User]):
    """In which language we write to oneself."""

    class Meta:
        model = User
        fields = ("language",)
        widgets = {"language": forms.RadioSelect}
        help_texts = {"language": _("Van elke mail die IV-centrum aan jou stuurt.")}


class NameForm(NarrowModelForm[User]):
    class Meta:
        model = User
        fields = ("name",)


class EmailForm(NarrowModelForm[User]):
    """Another address to sign in with, and why."""

    reason = forms.CharField(
        label=_("Reden"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    class Meta:
        model = User
        fields = ("email",)
        help_texts = {
            "email": _(
                "Daarmee meldt de persoon zich voortaan aan. Alle toestellen worden afgemeld."
            ),
        }
        error_messages = {"email": {"unique": _("Er is al een account met dit e-mailadres.")}}

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()


class EndForm(HouseForm):
    """From which day a role counts no more."""

    ends = forms.DateField(label=_("Tot en met"), widget=DateInput, initial=timezone.localdate)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership

    def clean_ends(self) -> dt.date:
        ends: dt.date = self.cleaned_data["ends"]
        if not self.membership.starts <= ends <= LATEST:
            raise forms.ValidationError(_("De einddatum ligt voor de begindatum."))
        return ends


class ReasonForm(HouseForm):
    """Why access was taken away; the history keeps it."""

    reason = forms.CharField(
        label=_("Reden"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
