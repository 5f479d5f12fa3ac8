"""Forms for one thumb: chips and tiles, hardly a word to type."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood
from core.forms import HouseForm
from meldingen.forms.desk import starred
from meldingen.forms.point import PointFields
from meldingen.forms.rounds import TILES, PhotosField
from meldingen.models import Category, ClosureReason, WardenRole
from meldingen.operations.phone import Where

if TYPE_CHECKING:
    from accounts.models import User
    from meldingen.models import Melding
    from meldingen.workflow import Step

MOST_TILES = 8


class CloseForm(HouseForm):
    """Why it is over; words only where the reason asks them."""

    reason = forms.ModelChoiceField(
        label=_("Wat was het?"),
        queryset=ClosureReason.objects.none(),
        widget=forms.RadioSelect(attrs=TILES),
        empty_label=None,
    )
    text = forms.CharField(
        label=_("Toelichting"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Nodig bij een reden met een sterretje."),
    )
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, melding: Melding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = ClosureReason.objects.filter(municipality=melding.municipality_id, archived_at=None)
        used = Count("melding", filter=Q(melding__category=melding.category_id))
        field: Any = self.fields["reason"]
        # What closes this category most comes first.
        field.queryset = here.annotate(used=used).order_by("-used", "position", "code")
        field.label_from_instance = starred

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        reason = data.get("reason")
        if reason and reason.needs_text and not data.get("text"):
            self.add_error("text", _("Deze reden vraagt een woord uitleg."))
        return data


class StepForm(HouseForm):
    """What one step asks: a day, or on whom it waits."""

    text = forms.CharField(label=_("Toelichting"), max_length=200)
    day = forms.DateField(label=_("Op welke dag?"))

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not step.needs_text:
            del self.fields["text"]
        if not step.needs_day:
            del self.fields["day"]


class FindingForm(PointFields, HouseForm):
    """A finding of one's own in five taps: photo, place, what, save."""

    photos = PhotosField(label=_("Foto"), required=False)
    neighbourhood = forms.ModelChoiceField(
        label=_("Wijk"), queryset=Neighbourhood.objects.none(), required=False
    )
    category = forms.ModelChoiceField(
        label=_("Wat zie je?"), queryset=Category.objects.none(), empty_label=None,
        widget=forms.RadioSelect(attrs=TILES),
    )  # fmt: skip
    other = forms.ModelChoiceField(
        label=_("Iets anders"), queryset=Category.objects.none(), required=False
    )
    place = forms.CharField(label=_("Waar precies?"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Een woord erbij"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, by: User, places: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        self.point_places = places
        fields["neighbourhood"].queryset = Neighbourhood.objects.filter(municipality__in=places)
        here: Any = Category.objects.filter(municipality__in=places, archived_at=None)
        mine = Count("meldingen", filter=Q(meldingen__entered_by=by))
        street = here.filter(warden_role__in=[WardenRole.FIND, WardenRole.SIGNAL])
        tiles = list((street or here).annotate(mine=mine).order_by("-mine", "position", "code"))
        self.tiles = tiles[:MOST_TILES]
        fields["category"].required = False
        fields["category"].queryset = here.filter(pk__in=[row.pk for row in self.tiles])
        fields["other"].queryset = here.exclude(pk__in=[row.pk for row in self.tiles])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        # Whoever takes the trouble to choose another means that one.
        data["chosen"] = data.get("other") or data.get("category")
        if not data["chosen"]:
            self.add_error("category", _("Tik op wat je ziet."))
        hood = data.get("neighbourhood")
        if hood and data["chosen"] and hood.municipality_id != data["chosen"].municipality_id:
            self.add_error("neighbourhood", _("Deze wijk ligt in een andere gemeente."))
        if not (hood or data.get("place") or self.has_point(data)):
            self.add_error("neighbourhood", _("Gebruik je locatie of kies de wijk."))
        return data

    def where(self) -> Where:
        data = self.cleaned_data
        return Where(data["latitude"], data["longitude"], data["neighbourhood"], data["place"])
