"""Cut a territory in cells around points, all about as large, each where its point lies.

For maps that say who is next to whom and no more: there are no real borders in them. Everything
happens in a square of 1000 by 1000; the same points give the same cells.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise

Point = tuple[float, float]
Polygon = list[Point]

SIDE = 1000.0
ROUNDS = 24  # of moving each point to the middle of its cell: enough for the cells to come to rest
CORNERS = 12  # of the round edge about the outermost points
EDGE = 0.62  # of the room a cell has: how far the territory reaches past the outermost points


@lru_cache(maxsize=64)
def cells(points: tuple[Point, ...]) -> list[tuple[Polygon, Point]]:
    """The cell of each point, and the middle of it."""
    if not points:
        return []
    places = _spread(points)
    border = _border(places)
    for _round in range(ROUNDS if len(points) > 1 else 0):
        places = [_middle(_cell(place, places, border)) for place in places]
    found = [_cell(place, places, border) for place in places]
    return [(cell, _middle(cell)) for cell in found]


def nearest(points: tuple[Point, ...]) -> list[Polygon]:
    """What lies nearer to each point than to any other: the points stay where they are."""
    places = list(points)
    border = _border(places)
    return [_cell(place, places, border) for place in places]


def _spread(points: tuple[Point, ...]) -> list[Point]:
    """Over the whole square, and no two on the same spot."""
    room = _room(len(points)) * EDGE
    columns = [_stretched([point[axis] for point in points], room) for axis in (0, 1)]
    pairs = zip(*columns, strict=True)
    return [(x + number * 0.013, y + number * 0.007) for number, (x, y) in enumerate(pairs)]


def _stretched(values: list[float], room: float) -> list[float]:
    low, span = min(values), max(values) - min(values)
    if not span:
        return [SIDE / 2] * len(values)
    return [room + (SIDE - 2 * room) * (value - low) / span for value in values]


def _room(count: int) -> float:
    return SIDE / (math.sqrt(count) + 1)


def _border(places: list[Point]) -> Polygon:
    """Around the outermost points, with room to spare."""
    room = _room(len(places)) * EDGE
    turn = 2 * math.pi / CORNERS
    return _hull(
        [
            (x + room * math.cos(turn * corner), y + room * math.sin(turn * corner))
            for x, y in places
            for corner in range(CORNERS)
        ]
    )


def _hull(points: Polygon) -> Polygon:
    """The outermost of these points, in order."""
    ordered = sorted(points)
    return [*_half(ordered)[:-1], *_half(ordered[::-1])[:-1]]


def _half(points: Polygon) -> Polygon:
    kept: Polygon = []
    for point in points:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _cell(place: Point, places: list[Point], border: Polygon) -> Polygon:
    """What of the territory lies nearer to this point than to any other."""
    cell = border
    for other in places:
        if other != place:
            cell = _nearer(cell, place, other)
    return cell


def _nearer(cell: Polygon, place: Point, other: Point) -> Polygon:
    """Cut along the line half-way to the other point."""
    across, along = other[0] - place[0], other[1] - place[1]
    half = (across * (other[0] + place[0]) + along * (other[1] + place[1])) / 2
    gains = [half - across * x - along * y for x, y in cell]  # above zero: on our side
    if min(gains) >= 0:
        return cell
    kept: Polygon = []
    for number, (x, y) in enumerate(cell):
        gain, before, start = gains[number], gains[number - 1], cell[number - 1]
        if gain * before < 0:
            share = before / (before - gain)
            kept.append((start[0] + (x - start[0]) * share, start[1] + (y - start[1]) * share))
        if gain >= 0:
            kept.append((x, y))
    return kept


def _middle(cell: Polygon) -> Point:
    """The centre of gravity."""
    sides = list(pairwise([*cell, cell[0]]))
    weights = [a[0] * b[1] - b[0] * a[1] for a, b in sides]
    area = 3 * sum(weights)
    x = sum((a[0] + b[0]) * weight for (a, b), weight in zip(sides, weights, strict=True)) / area
    y = sum((a[1] + b[1]) * weight for (a, b), weight in zip(sides, weights, strict=True)) / area
    return x, y
