"""Tables that leave the house: readable in Excel, and never a formula."""

from __future__ import annotations

import datetime as dt
import zipfile
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from core.spreadsheet import Cell, csv_lines, xlsx

EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]


def test_a_workbook_keeps_the_types_of_its_cells() -> None:
    rows: list[list[Cell]] = [["1.1.1", 5, Decimal("2.50"), dt.date(2026, 11, 21), None]]

    book = xlsx("Acties", ["Code", "A", "B", "C", "D"], rows)

    sheet = CalamineWorkbook.from_filelike(book).get_sheet_by_name("Acties")
    assert sheet.to_python()[1] == ["1.1.1", 5.0, 2.5, dt.date(2026, 11, 21), ""]


@pytest.mark.parametrize("text", [*EVIL, "https://example.com", "{=1+1}"])
def test_a_workbook_holds_no_formula_and_no_link(text: str) -> None:
    book = xlsx("Acties", ["Titel"], [[text]])

    with zipfile.ZipFile(book) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_a_sheet_name_is_one_that_excel_takes() -> None:
    book = xlsx("Plan [2026/2031]: acties en nog veel meer woorden", ["A"], [])

    assert CalamineWorkbook.from_filelike(book).sheet_names == ["Plan  2026 2031   acties en nog"]


def test_a_csv_opens_in_a_flemish_excel() -> None:
    lines = list(csv_lines(["Code", "Titel"], [["1.1.1", "Café; plein"]]))

    assert lines == ["\ufeffCode;Titel\r\n", '1.1.1;"Café; plein"\r\n']


@pytest.mark.parametrize("text", EVIL)
def test_a_csv_cell_never_starts_a_formula(text: str) -> None:
    line = list(csv_lines(["Titel"], [[text]]))[1]

    assert line.lstrip('"').startswith("'")


def test_numbers_and_days_are_written_as_people_here_do() -> None:
    line = list(csv_lines(["A", "B"], [[Decimal("-2.50"), dt.date(2026, 11, 2)]]))[1]

    assert line == "-2,50;02/11/2026\r\n"
