"""A map of places as SVG: who is next to whom, with a number in each place and a shade for it.

It is a `Chart` like the others of `core/charts.py`, and takes the same palettes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.charts import PAGE, Chart, Palette
from core.partition import SIDE, Polygon, cells

if TYPE_CHECKING:
    from core.charts import Text

SHADES = (0.07, 0.18, 0.3, 0.42)  # of the accent: the darkest leaves its letters readable
LINE = 17
LEGEND = 2 * 24
LONG = 13  # characters: from here on a name takes two lines where it can


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the map, where it lies (0 to 1000 from the top left) and what it tells."""

    code: str
    name: str
    x: int
    y: int
    value: int
    words: str  # the number in words, such as "12 partners"
    url: str = ""
    is_marked: bool = False


def place_map(
    title: Text, spots: Sequence[Spot], *, marked: Text, height: int = 440, palette: Palette = PAGE
) -> Chart:
    """Each place with its number, the more the darker; `marked` says what the sign stands for."""
    tall = max(height, 34 * len(spots))
    steps = _Steps.of([spot.value for spot in spots])
    shapes = cells(tuple((spot.x, spot.y) for spot in spots))
    pieces = [
        _linked(
            spot,
            marked,
            _shape(cell, tall, steps.shade(spot.value), palette)
            + _told(spot, (middle[0] / SIDE * 100, middle[1] / SIDE * tall), palette),
        )
        for spot, (cell, middle) in zip(spots, shapes, strict=True)
    ]
    legend = _legend(steps, tall + 12, marked if any(s.is_marked for s in spots) else "", palette)
    svg = _svg(title, [*pieces, legend], tall + 12 + LEGEND, "group", palette)
    rows = tuple((f"{spot.code} {spot.name}", str(spot.value)) for spot in spots)
    return Chart(svg, str(title), (_("Plaats"), _("Aantal")), rows)


def small_map(
    title: Text, spots: Sequence[Spot], *, height: int = 210, palette: Palette = PAGE
) -> Chart:
    """The same territory as one picture: the places with a value are filled and carry a dot."""
    shapes = cells(tuple((spot.x, spot.y) for spot in spots))
    pieces = [
        _shape(cell, height, SHADES[-1] if spot.value else SHADES[0], palette)
        + _label(
            spot.code, (middle[0] / SIDE * 100, middle[1] / SIDE * height), palette, dot=spot.value
        )
        for spot, (cell, middle) in zip(spots, shapes, strict=True)
    ]
    where = ", ".join(f"{spot.code} {spot.name}" for spot in spots if spot.value)
    svg = _svg(f"{title}: {where}", pieces, height, "img", palette)
    rows = tuple((f"{spot.code} {spot.name}", _("ja") if spot.value else "") for spot in spots)
    return Chart(svg, str(title), (_("Plaats"), _("Werkt hier")), rows)


@dataclass(frozen=True, slots=True)
class _Steps:
    """From how much to how much each shade goes."""

    ranges: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, values: Sequence[int]) -> _Steps:
        low, high = min(values, default=0), max(values, default=0)
        size = max(1, -(-(high - low + 1) // len(SHADES)))
        starts = range(low, high + 1, size)
        return cls(tuple((start, min(start + size - 1, high)) for start in starts))

    def shade(self, value: int) -> float:
        found = (number for number, (_low, high) in enumerate(self.ranges) if value <= high)
        return SHADES[next(found, len(self.ranges) - 1)]


def _svg(
    title: Text, pieces: Sequence[SafeString], height: int, role: str, palette: Palette
) -> SafeString:
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="{}" role="{}"'
        ' aria-label="{}" font-family="Inter Variable, Inter, DejaVu Sans, sans-serif"'
        ' font-size="{}" fill="{}">{}</svg>',
        height,
        role,
        title,
        palette.font_size,
        palette.ink,
        format_html_join("", "{}", ((piece,) for piece in pieces)),
    )


def _linked(spot: Spot, marked: Text, drawn: SafeString) -> SafeString:
    sign = f", {marked}" if spot.is_marked else ""
    words = f"{spot.code} {spot.name}{sign}: {spot.words}"
    if not spot.url:
        return format_html("<g><title>{}</title>{}</g>", words, drawn)
    link = '<a class="map-place" href="{}" aria-label="{}"><title>{}</title>{}</a>'
    return format_html(link, spot.url, words, words, drawn)


def _shape(cell: Polygon, height: int, shade: float, palette: Palette) -> SafeString:
    """A cell, stretched to the place that the map gets; its edge stays as thin."""
    return format_html(
        '<svg x="0" y="0" width="100%" height="{}" viewBox="0 0 1000 1000"'
        ' preserveAspectRatio="none"><polygon points="{}" fill="{}" fill-opacity="{}" stroke="{}"'
        ' stroke-width="2" stroke-linejoin="round" vector-effect="non-scaling-stroke"/></svg>',
        height,
        " ".join(f"{x:.0f},{y:.0f}" for x, y in cell),
        palette.tones["accent"],
        shade,
        palette.soft,
    )


def _told(spot: Spot, middle: tuple[float, float], palette: Palette) -> SafeString:
    """The code with its sign, the number, and where there is room the name."""
    left, top = f"{middle[0]:.2f}%", round(middle[1] - LINE / 2, 1)
    sign = "◆ " if spot.is_marked else ""
    lines = [
        format_html(
            '<tspan x="{0}" dy="{1}" class="map-name" font-size="{2}">{3}</tspan>',
            *(left, LINE - 2, palette.font_size - 1, words),
        )
        for words in _broken(spot.name)
    ]
    return format_html(
        '<text y="{0}" text-anchor="middle"><tspan x="{1}" font-size="{2}">{3}{4}</tspan>'
        '<tspan x="{1}" dy="{5}" font-weight="bold" font-size="{6}">{7}</tspan>{8}</text>',
        *(top, left, palette.font_size - 1, sign, spot.code),
        *(LINE, palette.font_size + 4, spot.value),
        format_html_join("", "{}", ((line,) for line in lines)),
    )


def _broken(name: str) -> list[str]:
    """A long name on two lines, cut after a space or a hyphen near its middle."""
    if len(name) <= LONG:
        return [name]
    places = [found.end() for found in re.finditer(r"[ -]", name)]
    if not places:
        return [name]
    cut = min(places, key=lambda place: abs(place - len(name) / 2))
    return [name[:cut].rstrip(), name[cut:]]


def _label(code: str, middle: tuple[float, float], palette: Palette, *, dot: int) -> SafeString:
    left, top = f"{middle[0]:.2f}%", round(middle[1], 1)
    mark = format_html('<circle cx="{}" cy="{}" r="4" fill="{}"/>', left, top + 9, palette.ink)
    return format_html(
        '<text x="{}" y="{}" text-anchor="middle" font-size="{}"{}>{}</text>{}',
        *(left, top + (0 if dot else 4), palette.font_size - 2),
        SafeString(' font-weight="bold"') if dot else "",
        code,
        mark if dot else "",
    )


def _legend(steps: _Steps, top: int, marked: Text, palette: Palette) -> SafeString:
    """What each shade stands for, and the sign on a line of its own."""
    swatches = [
        format_html(
            '<g transform="translate({0} {1})"><rect width="16" height="16" rx="3" fill="{2}"'
            ' fill-opacity="{3}" stroke="{4}"/><text x="22" y="13">{5}</text></g>',
            *(number * 84, top, palette.tones["accent"], SHADES[number], palette.soft),
            str(low) if low == high else f"{low}–{high}",
        )
        for number, (low, high) in enumerate(steps.ranges)
    ]
    sign = format_html('<text x="0" y="{}">◆ {}</text>', top + 38, marked) if marked else ""
    return format_html(
        "<g>{}{}</g>", format_html_join("", "{}", ((one,) for one in swatches)), sign
    )
