"""The neighbourhoods in the world: which one a point lies in, and what a map draws of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from accounts.models import Border, Municipality, Neighbourhood
from core.geo import contains
from core.maps import WorldMap
from core.point_map import Outline

if TYPE_CHECKING:
    from collections.abc import Iterable


def neighbourhood_at(
    municipality_id: int, latitude: float | None, longitude: float | None
) -> Neighbourhood | None:
    """The one place that says in which neighbourhood a point lies; outside all borders, in none."""
    if latitude is None or longitude is None:
        return None
    here = Border.objects.filter(neighbourhood__municipality=municipality_id)
    borders = here.select_related("neighbourhood").order_by("neighbourhood__code")
    inside = (row for row in borders if contains(row.shape, latitude, longitude))
    found = next(inside, None)
    return found.neighbourhood if found else None


def outlines(municipality_id: int) -> list[Outline]:
    """What a small map draws around a point."""
    here = Border.objects.filter(neighbourhood__municipality=municipality_id)
    columns = ("neighbourhood__code", "neighbourhood__name", "shape")
    return [Outline(*row) for row in here.order_by("neighbourhood__code").values_list(*columns)]


def borders_json(municipality: Municipality) -> str:
    """The neighbourhoods of a municipality as GeoJSON."""
    columns = ("code", "name", "is_focus", "border__shape")
    rows = municipality.neighbourhoods.exclude(border=None).order_by("code").values_list(*columns)
    features = [
        {
            "type": "Feature",
            "geometry": shape,
            "properties": {"code": code, "name": name, "focus": focus},
        }
        for code, name, focus, shape in rows
    ]
    found = {"type": "FeatureCollection", "features": features}
    return json.dumps(found, separators=(",", ":"), ensure_ascii=False)


def border_addresses(places: Iterable[int]) -> str:
    """Where the borders of these municipalities are, as far as they are known."""
    drawn = Border.objects.filter(neighbourhood__municipality__in=list(places))
    known = Municipality.objects.filter(pk__in=drawn.values("neighbourhood__municipality"))
    codes = known.order_by("code").values_list("code", flat=True)
    return " ".join(reverse("accounts:borders", args=[code]) for code in codes)


def world_map(places: Iterable[int], label: str, **more: Any) -> WorldMap | None:
    """A map of these municipalities; none where there is nothing to draw beneath a point."""
    hoods = border_addresses(places)
    return WorldMap(label, hoods=hoods, **more) if hoods or settings.MAP_WMTS_URL else None
