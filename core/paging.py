"""Pages of a long list, each asked with its total in one question to the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window

TOTAL = "total_of_rows"


def page_of(
    rows: QuerySet[Any, Any], columns: Sequence[str], asked: str | None, size: int
) -> Page[Any]:
    """Give these columns of the asked page; nonsense gives the first, and too far the last."""
    number = page_number(asked)
    counted = rows.annotate(**{TOTAL: Window(Count("*"))}).values_list(*columns, TOTAL, named=True)
    found = list(counted[(number - 1) * size : number * size])
    if not found and number > 1:
        last = Paginator(rows, size).num_pages
        return page_of(rows, columns, str(last), size)
    pages = Paginator(found, size)
    pages.__dict__["count"] = getattr(found[0], TOTAL) if found else 0  # known: not asked again
    return Page(found, number, pages)


def page_number(asked: str | None, *, furthest: int = 999_999) -> int:
    """Read a number from an address: nonsense is 1, and nothing is further than `furthest`."""
    text = asked or ""
    # The length keeps Python from reading a number of a million digits.
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(furthest))
    return min(max(int(text), 1), furthest) if is_number else 1
