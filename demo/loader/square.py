"""The drawn square of the demo, laid on a piece of the world; and the neighbourhoods upon it."""

from __future__ import annotations

from typing import Any

from accounts.models import Border, Neighbourhood
from core.partition import nearest

Row = dict[str, Any]
SIDE = 1000
NORTH, SOUTH, WEST, EAST = 51.00, 50.90, 4.10, 4.30  # y of the square grows to the south


def point(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude of a place on the drawn square."""
    latitude = NORTH - (NORTH - SOUTH) * y / SIDE
    longitude = WEST + (EAST - WEST) * x / SIDE
    return round(latitude, 6), round(longitude, 6)


def load_borders(rows: list[Row], found: dict[str, Neighbourhood]) -> None:
    """Each neighbourhood holds what lies nearer to its heart than to any other."""
    cells = nearest(tuple((row["pos"][0], row["pos"][1]) for row in rows))
    Border.objects.bulk_create(
        Border(neighbourhood=found[row["code"]], shape=_shape(cell))
        for row, cell in zip(rows, cells, strict=True)
    )


def _shape(cell: list[tuple[float, float]]) -> Row:
    ring = [list(point(x, y))[::-1] for x, y in cell]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
