"""Cells around points: they fill the territory, do not overlap, and lie as their points do."""

from __future__ import annotations

from itertools import pairwise

import pytest

from core.partition import SIDE, Point, Polygon, cells

TOWN = (
    (500, 480), (575, 430), (430, 410), (610, 545), (395, 560), (640, 270),
    (760, 320), (290, 690), (180, 770), (720, 720), (850, 800), (690, 460),
)  # fmt: skip


def area(cell: Polygon) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*cell, cell[0]])) / 2


def test_the_cells_are_about_as_large() -> None:
    sizes = [area(cell) for cell, _middle in cells(TOWN)]
    assert min(sizes) > 0.6 * max(sizes)
    assert 0.5 * SIDE**2 < sum(sizes) < SIDE**2


def test_what_lies_north_or_west_stays_there() -> None:
    middles = [middle for _cell, middle in cells(TOWN)]
    north, west, south_east = middles[5], middles[8], middles[10]
    assert north[1] < south_east[1]
    assert west[0] < min(middles[0][0], south_east[0])


@pytest.mark.parametrize(
    "points", [(), ((5, 5),), ((1, 1), (1, 1), (1, 1)), ((0, 0), (500, 0), (1000, 0))]
)
def test_few_points_points_on_a_line_and_the_same_point_are_fine(
    points: tuple[Point, ...],
) -> None:
    found = cells(points)
    assert len(found) == len(points)
    for cell, (x, y) in found:
        assert area(cell) > 0
        assert 0 <= x <= SIDE
        assert 0 <= y <= SIDE
        assert all(-1 <= value <= SIDE + 1 for corner in cell for value in corner)
