"""One point on a small map, drawn on the server: in its municipality, or in its street.

It needs no script and no tiles: for cards and fallbacks, where a whole map would be too heavy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.charts import PAGE, Palette
from core.geo import METRES_PER_DEGREE, Ring, Shape, contains, metres_wide, rings

if TYPE_CHECKING:
    from core.charts import Text

LatLon = tuple[float, float]
STREET = 150  # metres across a map of a street
FINE = 250  # of the width of the map: corners closer than that fall together
DOTS = 30  # of a walk, beside each other across its map
RING = 50  # metres: within which two meldingen may tell of the same


@dataclass(frozen=True, slots=True)
class Outline:
    """A neighbourhood and its border."""

    code: str
    name: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class _Frame:
    """A piece of the world, laid on a drawing in metres from its top left."""

    north: float
    west: float
    wide: float
    high: float
    per_degree: float

    @classmethod
    def around(cls, places: Sequence[tuple[float, float]], margin: float) -> _Frame:
        """All of these (longitude, latitude), with so many metres to spare on each side."""
        east, west = max(x for x, _y in places), min(x for x, _y in places)
        north, south = max(y for _x, y in places), min(y for _x, y in places)
        per_degree = metres_wide((north + south) / 2)
        return cls(
            north + margin / METRES_PER_DEGREE,
            west - margin / per_degree,
            (east - west) * per_degree + 2 * margin,
            (north - south) * METRES_PER_DEGREE + 2 * margin,
            per_degree,
        )

    def spot(self, latitude: float, longitude: float) -> tuple[int, int]:
        across = (longitude - self.west) * self.per_degree
        return round(across), round((self.north - latitude) * METRES_PER_DEGREE)

    def path(self, ring: Ring) -> str:
        """The corners that one can tell apart at this size."""
        fine, kept = self.wide / FINE, [self.spot(ring[0][1], ring[0][0])]
        for place in ring:
            x, y = self.spot(place[1], place[0])
            if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= fine:
                kept.append((x, y))
        return "M" + "L".join(f"{x},{y}" for x, y in kept) + "Z"


def place_in_town(
    title: Text, point: LatLon, around: Iterable[Outline], *, palette: Palette = PAGE
) -> SafeString:
    """Where it lies in the municipality; its own neighbourhood is filled."""
    drawn = list(around)
    corners = [(c[0], c[1]) for row in drawn for ring in rings(row.shape) for c in ring]
    frame = _Frame.around([*corners, point[::-1]], 150)
    pieces = [_hood(row, frame, contains(row.shape, *point), palette) for row in drawn]
    return _svg(title, [*pieces, _pin(frame.spot(*point), frame.wide / 42, palette)], frame)


def place_in_street(
    title: Text,
    point: LatLon,
    other: LatLon | None = None,
    around: Iterable[Outline] = (),
    *,
    palette: Palette = PAGE,
) -> SafeString:
    """Another beside this one, with the circle within which they may be the same."""
    frame = _Frame.around([point[::-1]], STREET / 2)
    pieces = [_hood(row, frame, False, palette) for row in around]  # noqa: FBT003
    x, y = frame.spot(*point)
    ring = format_html(
        '<circle cx="{}" cy="{}" r="{}" fill="{}" fill-opacity=".08" stroke="{}"'
        ' stroke-dasharray="5 4"/><text x="{}" y="{}" text-anchor="middle" font-size="15"'
        ' fill="{}">{} m</text>',
        *(x, y, RING, palette.tones["accent"], palette.soft, x, y + RING + 18, palette.soft, RING),
    )
    cross = format_html(
        '<path d="M{0},{2}h14M{1},{3}v14" stroke="{4}" stroke-width="3"/>',
        *(x - 7, x, y, y - 7, palette.ink),
    )
    pin = _pin(frame.spot(*other), 7, palette) if other else SafeString("")
    return _svg(title, [*pieces, ring, cross, pin], frame)


@dataclass(frozen=True, slots=True)
class Stop:
    """One of several places that are visited in order, with its number in the list beside the map."""

    number: int
    point: LatLon
    is_done: bool
    is_next: bool = False


def places_in_order(
    title: Text, stops: Sequence[Stop], around: Iterable[Outline], *, palette: Palette = PAGE
) -> SafeString:
    """A walk: a line along its places. What is done is hollow, what is to be done is filled."""
    across = _Frame.around([stop.point[::-1] for stop in stops], 0)
    frame = _Frame.around(
        [stop.point[::-1] for stop in stops], max(across.wide, across.high, STREET) / 8
    )
    size = max(frame.wide, frame.high) / DOTS
    pieces = [_hood(row, frame, False, palette) for row in around]  # noqa: FBT003
    pieces.append(_way([frame.spot(*stop.point) for stop in stops], palette))
    on_top = sorted(stops, key=lambda stop: (stop.is_next, not stop.is_done, -stop.number))
    pieces += [_stop(stop, frame.spot(*stop.point), size, palette) for stop in on_top]
    return _svg(title, pieces, frame)


def _way(spots: Sequence[tuple[int, int]], palette: Palette) -> SafeString:
    return format_html(
        '<polyline points="{}" fill="none" stroke="{}" stroke-width="2" stroke-dasharray="4 4"'
        ' vector-effect="non-scaling-stroke"/>',
        " ".join(f"{x},{y}" for x, y in spots),
        palette.soft,
    )


def _stop(stop: Stop, spot: tuple[int, int], size: float, palette: Palette) -> SafeString:
    x, y = spot
    fill, words = palette.ink, palette.surface
    if stop.is_done:
        fill, words = palette.surface, palette.soft
    ring = format_html(
        '<circle cx="{}" cy="{}" r="{}" fill="none" stroke="{}" stroke-width="3"'
        ' vector-effect="non-scaling-stroke"/>',
        *(x, y, round(size * 1.4), palette.tones["accent"]),
    )
    dot = format_html(
        '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="2"'
        ' vector-effect="non-scaling-stroke"/>',
        *(x, y, round(size), fill, words),
    )
    number = format_html(
        '<text x="{}" y="{}" text-anchor="middle" font-size="{}" font-weight="600" fill="{}">{}</text>',
        *(x, round(y + size * 0.4), round(size * 1.15), words, stop.number),
    )
    return format_html("{}{}{}", ring if stop.is_next else "", dot, number)


def _hood(row: Outline, frame: _Frame, own: bool, palette: Palette) -> SafeString:  # noqa: FBT001
    return format_html(
        '<path d="{}" fill="{}" fill-opacity="{}" stroke="{}" stroke-linejoin="round"'
        ' fill-rule="evenodd" vector-effect="non-scaling-stroke"/>',
        "".join(frame.path(ring) for ring in rings(row.shape)),
        palette.tones["accent"],
        0.3 if own else 0.07,
        palette.soft,
    )


def _pin(spot: tuple[int, int], size: float, palette: Palette) -> SafeString:
    """A dot with a light edge, so that it is seen on every shade."""
    return format_html(
        '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="2"'
        ' vector-effect="non-scaling-stroke"/>',
        *spot,
        f"{size:.0f}",
        palette.ink,
        palette.surface,
    )


def _svg(title: Text, pieces: Sequence[SafeString], frame: _Frame) -> SafeString:
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="point-map" viewBox="0 0 {} {}" role="img"'
        ' aria-label="{}">{}</svg>',
        round(frame.wide),
        round(frame.high),
        title,
        format_html_join("", "{}", ((piece,) for piece in pieces)),
    )
