"""The map of places: a number, a shade and a link for each, and the same said in words."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from core import charts, pdf
from core.place_map import Spot, place_map, small_map

SVG = "{http://www.w3.org/2000/svg}"
EVIL = '<script>alert("x")</script>'
SPOTS = [
    Spot("W01", "Centrum", 500, 480, 12, "12 partners", "/lijst?wijk=1"),
    Spot("W02", "Stationskwartier", 575, 430, 3, "3 partners", "/lijst?wijk=2", is_marked=True),
    Spot("W03", "Tuinwijk De Linde", 610, 545, 0, "0 partners", "/lijst?wijk=3"),
]


def read(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - drawn by ourselves a moment ago


def test_each_place_is_a_link_that_says_what_it_holds() -> None:
    chart = place_map("Partners", SPOTS, marked="aandachtswijk")

    links = read(chart.svg).findall(f"{SVG}a")
    assert [link.get("href") for link in links] == [spot.url for spot in SPOTS]
    assert links[1].get("aria-label") == "W02 Stationskwartier, aandachtswijk: 3 partners"
    assert ["".join(link.itertext()).count("◆") for link in links] == [0, 1, 0]
    assert chart.rows == (("W01 Centrum", "12"), ("W02 Stationskwartier", "3"),
                          ("W03 Tuinwijk De Linde", "0"))  # fmt: skip


def test_more_is_darker_and_the_legend_says_from_what_to_what() -> None:
    svg = read(place_map("Partners", SPOTS, marked="x").svg)
    shades = [float(shape.get("fill-opacity", 0)) for shape in svg.iter(f"{SVG}polygon")]
    assert shades[0] > shades[1] >= shades[2]
    told = "".join(svg.itertext())
    assert "0–3" in told
    assert "◆ x" in told


def test_when_all_are_alike_there_is_one_shade() -> None:
    alike = [Spot("A", "A", 1, 1, 5, "5"), Spot("B", "B", 9, 9, 5, "5")]
    svg = read(place_map("Partners", alike, marked="x").svg)
    assert len({shape.get("fill-opacity") for shape in svg.iter(f"{SVG}polygon")}) == 1


def test_the_small_map_is_one_picture_with_a_dot_where_it_counts() -> None:
    svg = read(small_map("Werkgebied", SPOTS[1:]).svg)
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == "Werkgebied: W02 Stationskwartier"
    assert len(list(svg.iter(f"{SVG}circle"))) == 1


@pytest.mark.parametrize("palette", [charts.PAGE, charts.paper()], ids=["page", "paper"])
def test_peoples_words_stay_words(palette: charts.Palette) -> None:
    spot = Spot(EVIL, EVIL, 1, 1, 1, EVIL, EVIL)
    for chart in (place_map(EVIL, [spot], marked=EVIL, palette=palette), small_map(EVIL, [spot])):
        assert "<script" not in chart.svg
        assert read(chart.svg).tag == f"{SVG}svg"


def test_no_places_is_no_mistake() -> None:
    assert place_map("Partners", [], marked="x").rows == ()


def test_the_picture_goes_on_paper_too() -> None:
    chart = place_map("Partners", SPOTS, marked="x", palette=charts.paper())
    page = f'<html lang="nl"><title>x</title><body><h1>x</h1>{chart.svg}</body></html>'
    assert pdf.render_pdf(page, css=pdf.house_style("")).pages == 1
