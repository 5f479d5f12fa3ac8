"""Tables as XLSX and CSV, in which no cell can become a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Cell = str | int | Decimal | dt.date | None
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
# What makes a spreadsheet program read a cell of a CSV as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 60  # characters


def xlsx(title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> io.BytesIO:
    """A workbook of one sheet, written row by row so that its size costs no memory."""
    target = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        formats = {
            "date": book.add_format({"num_format": "dd/mm/yyyy"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        for place, name in enumerate(columns):
            sheet.set_column(place, place, min(max(len(name) + 4, 12), WIDEST))
            sheet.write_string(0, place, name, head)
        sheet.freeze_panes(1, 1)
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write(sheet, line, place, cell, formats)
    target.seek(0)
    return target


def _sheet_name(title: str) -> str:
    """Excel refuses some characters and more than 31 of them."""
    return "".join(" " if char in "[]:*?/\\'" else char for char in title)[:31].strip() or "Blad"


def _write(sheet, line: int, place: int, cell: Cell, formats) -> None:  # type: ignore[no-untyped-def]
    if cell is None or cell == "":
        return
    if isinstance(cell, dt.date):
        sheet.write_datetime(line, place, dt.datetime.combine(cell, dt.time()), formats["date"])
    elif isinstance(cell, int | Decimal):
        sheet.write_number(line, place, cell)
    else:
        # Never `write()`: that one makes formulas and links of texts.
        sheet.write_string(line, place, str(cell), formats["text"])


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Lines that a Flemish Excel opens with a double click: a mark for UTF-8 and semicolons."""
    yield "\ufeff" + _line(columns)
    for row in rows:
        yield _line([_as_text(cell) for cell in row])


def _line(cells: Sequence[str]) -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=";", lineterminator="\r\n").writerow(cells)
    return target.getvalue()


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, int | Decimal):
        return str(cell).replace(".", ",")
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
