"""A map of the world on a page: Leaflet with the base layer of the settings, if there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.forms.widgets import Script

SHEETS: dict[str, Any] = {"all": ["leaflet/leaflet.css", "css/map.css"]}


def _library(path: str) -> Script:
    return Script(path, defer=True)


def _module(path: str) -> Script:
    return Script(path, type="module")


@dataclass(frozen=True, slots=True)
class WorldMap:
    """What `components/map.html` draws; addresses of GeoJSON with a space between them."""

    label: str
    hoods: str = ""  # the borders of neighbourhoods
    points: str = ""  # many, in clusters
    boxes: str = ""  # few, each with its number or state
    link: str = ""  # the page of a point, with 0 for its key
    picks: bool = False  # moved under a fixed cross, it fills the form around it
    at: tuple[float, float] | None = None  # latitude and longitude of the one thing it shows

    @property
    def base(self) -> str:
        return str(settings.MAP_WMTS_URL)

    @property
    def attribution(self) -> str:
        return str(settings.MAP_ATTRIBUTION)

    @property
    def media(self) -> forms.Media:
        """The scripts and sheets of a page with this map: no other page carries them."""
        parts = [_library("leaflet/leaflet.js")]
        if self.points:
            parts += [_library("leaflet-cluster/leaflet.markercluster.js"), _module("js/heat.js")]
        if self.points or self.boxes or self.at:
            parts.append(_module("js/points.js"))
        if self.picks:
            parts.append(_module("js/picker.js"))
        scripts: Any = [
            *parts,
            _module("js/map.js"),
        ]  # with attributes, which the types do not know
        return forms.Media(css=SHEETS, js=scripts)
