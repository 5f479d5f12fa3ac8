"""One point on a small map: in its town, and in its street."""

from __future__ import annotations

import re

from core.point_map import Outline, Stop, place_in_street, place_in_town, places_in_order
from tests.core.test_geo import BESIDE, SQUARE, polygon

TOWN = [Outline("W01", "Centrum", polygon(SQUARE)), Outline("W02", "Rand", polygon(BESIDE))]


def test_it_lies_in_its_town_with_its_own_neighbourhood_filled() -> None:
    drawn = place_in_town("Waar <het> ligt", (51.1, 4.1), TOWN)

    assert 'aria-label="Waar &lt;het&gt; ligt"' in drawn
    assert drawn.count("<path") == 2
    assert re.findall(r'fill-opacity="([0-9.]+)"', drawn) == ["0.3", "0.07"]
    assert drawn.count("<circle") == 1


def test_a_border_of_many_corners_is_drawn_with_few() -> None:
    fine = [[4 + n / 10000, 51.0] for n in range(2000)] + SQUARE[1:]
    drawn = place_in_town("Waar", (51.1, 4.1), [Outline("W01", "C", polygon(fine))])
    assert len(drawn) < 5000


def test_in_the_street_the_other_lies_beside_it_in_metres() -> None:
    drawn = place_in_street("Waar", (51.0, 4.0), (51.0002, 4.0))  # some 22 metres to the north

    assert 'viewBox="0 0 150 150"' in drawn
    assert re.search(r'<circle cx="75" cy="53" r="7"', drawn)
    assert "50 m" in drawn


def test_a_walk_has_its_numbers_in_order() -> None:
    stops = [Stop(1, (51.1, 4.1), is_done=True), Stop(2, (51.11, 4.12), is_done=False),
             Stop(3, (51.12, 4.1), is_done=False, is_next=True)]  # fmt: skip

    drawn = places_in_order("De <ronde>", stops, TOWN)

    assert 'aria-label="De &lt;ronde&gt;"' in drawn
    assert sorted(re.findall(r">(\d)</text>", drawn)) == ["1", "2", "3"]
    assert drawn.count("<circle") == 4  # the next one has a ring
    assert (
        drawn.count("var(--surface)") == 5
    )  # what is done is hollow; of the others edge and number
    [line] = re.findall(r'points="([^"]+)"', drawn)
    assert len(line.split()) == 3


def test_a_walk_of_one_place_is_drawn_too() -> None:
    assert "<text" in places_in_order("De ronde", [Stop(4, (51.1, 4.1), is_done=False)], [])
