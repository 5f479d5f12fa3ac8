"""A point on the map in a form: hidden fields that the map or the phone fills, and nobody types."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts.geography import world_map
from core.maps import WorldMap


class PointFields(forms.Form):
    """Latitude and longitude, both or neither; the form says of which municipalities."""

    latitude = forms.FloatField(
        min_value=-90, max_value=90, required=False, widget=forms.HiddenInput
    )
    longitude = forms.FloatField(
        min_value=-180, max_value=180, required=False, widget=forms.HiddenInput
    )
    point_places: Iterable[int] = ()

    @cached_property
    def world_map(self) -> WorldMap | None:
        return world_map(self.point_places, _("Kies de plek op de kaart"), picks=True)

    @property
    def media(self) -> forms.Media:
        picker: WorldMap = self.world_map or WorldMap("", picks=True)
        return super().media + picker.media

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if None in (data.get("latitude"), data.get("longitude")):
            data["latitude"] = data["longitude"] = None
        return data

    @staticmethod
    def has_point(data: dict[str, Any]) -> bool:
        return data.get("latitude") is not None and data.get("longitude") is not None
