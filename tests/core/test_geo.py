"""Points in borders, and borders that are none."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from core.geo import contains, refuse_no_shape

SQUARE = [[4.0, 51.0], [4.2, 51.0], [4.2, 51.2], [4.0, 51.2], [4.0, 51.0]]
HOLE = [[4.05, 51.05], [4.15, 51.05], [4.15, 51.15], [4.05, 51.15], [4.05, 51.05]]
BESIDE = [[5.0, 51.0], [5.2, 51.0], [5.2, 51.2], [5.0, 51.0]]


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def test_a_point_lies_in_a_border_or_not() -> None:
    assert contains(polygon(SQUARE), 51.1, 4.1)
    assert not contains(polygon(SQUARE), 51.1, 4.3)
    assert not contains(polygon(SQUARE), 50.9, 4.1)


def test_a_hole_is_outside() -> None:
    assert not contains(polygon(SQUARE, HOLE), 51.1, 4.1)
    assert contains(polygon(SQUARE, HOLE), 51.02, 4.02)


def test_each_part_of_a_border_counts() -> None:
    shape = {"type": "MultiPolygon", "coordinates": [[SQUARE], [BESIDE]]}
    assert contains(shape, 51.1, 4.1)
    assert contains(shape, 51.05, 5.15)
    assert not contains(shape, 51.1, 4.6)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (None, "Polygon"),
        ({"type": "Point", "coordinates": [4, 51]}, "Polygon"),
        ({"type": "Polygon"}, "leesbare"),
        (polygon([["a", "b"]] * 4), "leesbare"),
        (polygon(), "punten"),
        (polygon(SQUARE[:-1]), "eindigt"),
        (polygon([[150000, 170000], [150100, 170000], [150100, 170100], [150000, 170000]]), "WGS84"),
    ],
)  # fmt: skip
def test_what_is_no_border_is_refused(wrong: Any, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        refuse_no_shape(wrong)


def test_a_border_may_have_heights() -> None:
    refuse_no_shape(polygon([[*place, 12.5] for place in SQUARE]))
