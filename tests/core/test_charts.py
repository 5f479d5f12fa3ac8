"""A picture on the page, the same picture in the PDF, and its table."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from core import charts
from core.charts import Chart, Part, Reading

LIGHTS = [
    Part("Op schema", 12, "ok"),
    Part("Aandacht", 5, "warn"),
    Part("Vertraagd", 3, "danger"),
    Part("Niet van toepassing", 0, "mute"),
]
READINGS = [
    Reading(dt.date(2026, 6, 30), Decimal("8.00")),
    Reading(dt.date(2026, 9, 30), Decimal("15.50")),
]
EVIL = '<script>alert("x")</script>'
SVG = "{http://www.w3.org/2000/svg}"


def read(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - drawn by ourselves a moment ago


def every_chart(palette: charts.Palette, word: str = "Woord") -> list[Chart]:
    parts = [Part(word, 3, "ok"), Part("Ander", 0, "plum")]
    return [
        charts.stacked_bar(word, parts, palette=palette),
        charts.balance(word, parts, palette=palette),
        charts.bars(word, parts, palette=palette),
        charts.progress_bar(word, 3, 4, palette=palette),
        charts.sparkline_to_target(word, READINGS, baseline=2, target=24, palette=palette),
    ]


def widths(chart: Chart) -> list[str]:
    return [rect.get("width", "") for rect in read(chart.svg).iter(f"{SVG}rect")]


def test_a_stacked_bar_cuts_the_width_by_number() -> None:
    assert widths(charts.stacked_bar("Lichten", LIGHTS)) == ["60.00%", "25.00%", "15.00%"]


def test_its_table_says_the_same_with_the_empty_parts() -> None:
    assert charts.stacked_bar("Lichten", LIGHTS).rows == (
        ("Op schema", "12", "60 %"),
        ("Aandacht", "5", "25 %"),
        ("Vertraagd", "3", "15 %"),
        ("Niet van toepassing", "0", "0 %"),
    )


def test_nothing_to_show_is_an_empty_track() -> None:
    chart = charts.stacked_bar("Lichten", [Part("Op schema", 0, "ok")])

    assert widths(chart) == ["100%"]
    assert chart.rows == (("Op schema", "0", "0 %"),)


def test_a_balance_keeps_an_open_place_for_what_is_missing() -> None:
    chart = charts.balance("Balans", [Part("Proactief", 10, "plum"), Part("Reactief", 0, "warn")])

    full, empty = read(chart.svg).iter(f"{SVG}rect")
    assert float(full.get("width", "").rstrip("%")) > 90
    assert (empty.get("fill"), empty.get("stroke-dasharray")) == ("none", "3 3")


def test_bars_measure_against_the_longest() -> None:
    chart = charts.bars("Domeinen", [Part("Drugs", 4), Part("Jeugd", 1)])

    assert widths(chart) == ["100%", "100.00%", "100%", "25.00%"]


def test_progress_says_how_many_of_how_many() -> None:
    chart = charts.progress_bar("Gerealiseerd", 3, 4)

    assert "3 van 4 (75 %)" in chart.svg
    assert chart.rows == (("Gerealiseerd", "3", "4", "75 %"),)


def test_progress_of_nothing_is_no_error() -> None:
    assert charts.progress_bar("Gerealiseerd", 0, 0).rows == (("Gerealiseerd", "0", "0", "0 %"),)


def test_an_indicator_stands_between_its_beginning_and_its_target() -> None:
    chart = charts.sparkline_to_target("Controles", READINGS, baseline=9, target=24)

    assert chart.rows == (
        ("Beginwaarde", "9"),
        ("30 juni 2026", "8"),
        ("30 september 2026", "15,5"),
        ("Streefwaarde", "24"),
    )
    assert "Doel 24" in chart.svg
    assert "Begin 9" in chart.svg


@pytest.mark.parametrize(
    ("values", "side"), [((9, 20), "end"), ((20, 9), "start"), ((9,), "start")]
)
def test_the_word_of_a_level_stands_where_the_line_is_not(
    values: tuple[int, ...], side: str
) -> None:
    readings = [Reading(dt.date(2026, 6, day), value) for day, value in enumerate(values, start=1)]
    chart = charts.sparkline_to_target("Controles", readings, baseline=9)

    [word] = [text for text in read(chart.svg).iter(f"{SVG}text") if text.text == "Begin 9"]
    assert word.get("text-anchor") == side


def test_large_numbers_are_written_with_a_dot() -> None:
    assert charts.bars("Budget", [Part("Gepland", 125000)]).rows == (("Gepland", "125.000"),)


def test_higher_values_stand_higher() -> None:
    chart = charts.sparkline_to_target("Controles", READINGS)

    first, last = read(chart.svg).iter(f"{SVG}circle")
    assert float(first.get("cy", "")) > float(last.get("cy", ""))


@pytest.mark.parametrize("readings", [[], READINGS[:1]], ids=["none", "one"])
def test_few_readings_are_no_error(readings: list[Reading]) -> None:
    chart = charts.sparkline_to_target("Controles", readings)

    assert len(list(read(chart.svg).iter(f"{SVG}circle"))) == len(readings)


@pytest.mark.parametrize("palette", [charts.PAGE, charts.paper("#14532d")], ids=["page", "paper"])
def test_each_picture_says_in_words_what_it_shows(palette: charts.Palette) -> None:
    for chart in every_chart(palette):
        title, desc, *_ = read(chart.svg)
        assert (title.tag, title.text) == (f"{SVG}title", "Woord")
        assert desc.tag == f"{SVG}desc"
        assert desc.text


def test_text_of_people_stays_text() -> None:
    for chart in every_chart(charts.PAGE, EVIL):
        assert "<script" not in chart.svg
        assert read(chart.svg)[0].text == EVIL


def test_nothing_carries_a_style_of_its_own() -> None:
    for chart in every_chart(charts.PAGE):
        assert "style=" not in chart.svg
        assert "<style" not in chart.svg


def test_paper_needs_no_style_sheet() -> None:
    for chart in every_chart(charts.paper("#14532d")):
        assert "var(" not in chart.svg
        colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', chart.svg))
        assert all(colour == "none" or colour.startswith("#") for colour in colours)


def test_each_part_has_a_form_of_its_own_beside_its_colour() -> None:
    marks = {str(charts._mark(index, "red")) for index in range(8)}

    assert len(marks) == 8


def test_columns_stand_beside_each_other_and_their_table_says_the_same() -> None:
    series = (charts.Series("In", [4, 0]), charts.Series("Uit", [1, 2], "ok"))

    made = charts.columns("Per week", "Week", ["28 sep", "5 okt"], series)

    assert made.columns == ("Week", "In", "Uit")
    assert made.rows == (("28 sep", "4", "1"), ("5 okt", "0", "2"))
    assert made.svg.count("<rect") == 4 - 1 + 0  # nothing is drawn for none
    assert 'height="120.0"' in made.svg  # the highest fills the room


def test_columns_of_nothing_are_an_empty_picture() -> None:
    assert charts.columns("Per week", "Week", [], [charts.Series("In", [])]).rows == ()
