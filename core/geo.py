"""Points and borders on the earth, in degrees of WGS84. Flat, which is right for a municipality."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

METRES_PER_DEGREE = 111_320  # of latitude
KINDS = ("Polygon", "MultiPolygon")
MOST_CORNERS = 20_000  # of one border: more is no border but a survey
LEAST_CORNERS = 4  # of a ring, which ends where it began

Shape = dict[str, Any]  # a geometry of GeoJSON
Place = tuple[float, float]  # longitude and latitude, as GeoJSON has them
Ring = list[Place]


def metres_wide(latitude: float) -> float:
    """Of one degree of longitude."""
    return METRES_PER_DEGREE * max(math.cos(math.radians(latitude)), 0.01)


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Of two points, latitude first."""
    north = (one[0] - other[0]) * METRES_PER_DEGREE
    return math.hypot(north, (one[1] - other[1]) * metres_wide(one[0]))


def point_in_words(latitude: float | None, longitude: float | None) -> str:
    """As a person reads it aloud, to about a metre; nothing for no point."""
    if latitude is None or longitude is None:
        return ""
    return f"{latitude:.5f}; {longitude:.5f}".replace(".", ",")


def polygons(shape: Shape) -> list[list[Ring]]:
    """Each with its outer ring first and its holes behind it."""
    drawn = shape["coordinates"]
    return [drawn] if shape["type"] == "Polygon" else list(drawn)


def rings(shape: Shape) -> Iterator[Ring]:
    for polygon in polygons(shape):
        yield from polygon


def contains(shape: Shape, latitude: float, longitude: float) -> bool:
    return any(_inside(polygon, longitude, latitude) for polygon in polygons(shape))


def _inside(polygon: list[Ring], x: float, y: float) -> bool:
    """An odd number of borders to the east of it; a hole turns that round."""
    return sum(_crossings(ring, x, y) for ring in polygon) % 2 == 1


def _crossings(ring: Ring, x: float, y: float) -> int:
    found = 0
    for one, other in pairwise(ring):
        if (one[1] > y) != (other[1] > y):
            share = (y - one[1]) / (other[1] - one[1])
            found += x < one[0] + share * (other[0] - one[0])
    return found


def refuse_no_shape(value: Any) -> None:
    """A border of one part or more, closed, in degrees."""
    if not isinstance(value, dict) or value.get("type") not in KINDS:
        raise ValidationError(_("Een grens is een Polygon of MultiPolygon van GeoJSON."))
    try:
        drawn = [[(float(at[0]), float(at[1])) for at in ring] for ring in rings(value)]
    except (IndexError, KeyError, TypeError, ValueError):
        raise ValidationError(_("Deze grens heeft geen leesbare punten.")) from None
    if not drawn or sum(map(len, drawn)) > MOST_CORNERS:
        raise ValidationError(_("Een grens heeft minstens één en hoogstens 20.000 punten."))
    if any(len(ring) < LEAST_CORNERS or ring[0] != ring[-1] for ring in drawn):
        raise ValidationError(_("Elke ring van een grens eindigt waar hij begon."))
    if any(abs(x) > 180 or abs(y) > 90 for ring in drawn for x, y in ring):  # noqa: PLR2004
        raise ValidationError(_("Geef de grens in graden (WGS84, EPSG:4326), niet in Lambert."))
