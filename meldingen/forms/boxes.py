"""A letterbox, and a route along them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.geography import neighbourhood_at
from accounts.models import Municipality, Neighbourhood, User
from accounts.roles import Right
from core.forms import CreateForm, HouseForm, VersionedModelForm
from core.uploads import CleanFile, clean_upload
from meldingen.forms.point import PointFields
from meldingen.models import Category, Mailbox, Route

FIELDS = (
    "code", "name", "place", "neighbourhood", "latitude", "longitude", "state", "state_note",
    "since",
)  # fmt: skip
HELPS = {
    "place": _("Zo dat iemand die er nooit was, de bus vindt."),
    "neighbourhood": _("Leeg: waar het punt op de kaart ligt."),
}
DAYS = (
    (1, _("maandag")),
    (2, _("dinsdag")),
    (3, _("woensdag")),
    (4, _("donderdag")),
    (5, _("vrijdag")),
    (6, _("zaterdag")),
    (7, _("zondag")),
)
PICTURES = "image/jpeg,image/png,image/heic,image/heif"


def places_of(by: User) -> QuerySet[Municipality]:
    return Municipality.objects.filter(pk__in=by.municipality_ids_with(Right.MAILBOX_EDIT))


class InOnePlace:
    """What is chosen lies in the municipality of the row."""

    fields: Any
    instance: Any

    def narrow(self, places: Any) -> None:
        if "neighbourhood" in self.fields:
            hoods = Neighbourhood.objects.filter(municipality__in=places)
            self.fields["neighbourhood"].queryset = hoods
        if "note_category" in self.fields:
            current = Category.objects.filter(municipality__in=places, archived_at=None)
            self.fields["note_category"].queryset = current

    def refuse_elsewhere(self, data: dict[str, Any], place: Municipality | None) -> None:
        for name in ("neighbourhood", "note_category"):
            chosen = data.get(name)
            if chosen and place and chosen.municipality_id != place.pk:
                self.add_error(name, _("Dit hoort bij een andere gemeente."))  # type: ignore[attr-defined]


class MakeForm(InOnePlace):
    """The part of making that both share: in which municipality."""

    def of(self, by: User) -> None:
        places = places_of(by)
        self.fields["municipality"].queryset = places
        if len(places) == 1:
            self.fields["municipality"].initial = places[0]
        self.narrow(places)


class OnMap(PointFields):
    """Where a box hangs: its point is laid on the map, and says in which neighbourhood that is."""

    fields_template = "meldingen/edit_fields.html"

    def follow_point(self, data: dict[str, Any], place: Municipality | None) -> None:
        if place and not data.get("neighbourhood"):
            at = data.get("latitude"), data.get("longitude")
            data["neighbourhood"] = neighbourhood_at(place.pk, *at)


class BoxForm(OnMap, MakeForm, CreateForm[Mailbox]):
    class Meta:
        model = Mailbox
        fields = ("municipality", *FIELDS)
        help_texts = HELPS

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of(by)
        self.point_places = [place.pk for place in places_of(by)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.refuse_elsewhere(data, data.get("municipality"))
        self.follow_point(data, data.get("municipality"))
        return data


class BoxEditForm(OnMap, InOnePlace, VersionedModelForm[Mailbox]):
    class Meta:
        model = Mailbox
        fields = FIELDS
        help_texts = HELPS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow([self.instance.municipality_id])
        self.point_places = [self.instance.municipality_id]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.follow_point(data, self.instance.municipality)
        return data


class BoxPhotoForm(HouseForm):
    photo = forms.FileField(
        label=_("Foto"), widget=forms.FileInput(attrs={"accept": PICTURES, "data-shrink": ""})
    )

    def clean_photo(self) -> CleanFile:
        return clean_picture(self.cleaned_data["photo"])


def clean_picture(upload: Any, *, may_wait: bool = False) -> CleanFile:
    """A photo and nothing else."""
    clean = clean_upload(upload, may_wait=may_wait)
    if not clean.content_type.startswith("image/"):
        raise forms.ValidationError(_("Kies een foto (JPEG, PNG of HEIC)."))
    return clean


ROUTE_FIELDS = ("name", "days", "planned_start", "since", "note_category")


class DaysField(forms.TypedMultipleChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Dagen"),
            choices=DAYS,
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "choices is-row"}),
            help_text=_("Op een feestdag hoeft het nooit."),
        )


class ClockInput(forms.TimeInput):
    input_type = "time"


class RouteForm(MakeForm, CreateForm[Route]):
    days = DaysField()

    class Meta:
        model = Route
        fields = ("municipality", *ROUTE_FIELDS)
        widgets = {"planned_start": ClockInput(format="%H:%M")}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of(by)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.refuse_elsewhere(data, data.get("municipality"))
        return data


class RouteEditForm(InOnePlace, VersionedModelForm[Route]):
    days = DaysField()

    class Meta:
        model = Route
        fields = ROUTE_FIELDS
        widgets = {"planned_start": ClockInput(format="%H:%M")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow([self.instance.municipality_id])
