"""Pages of a long list, each asked with its total in one question to the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.utils.functional import cached_property

TOTAL = "total_of_rows"
MOST = 10_000  # rows that one leafs through; who has more looks for less


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


class CappedPaginator(Paginator[Any]):
    """Pages of a list that may be very long: it counts no further than `MOST` rows."""

    @cached_property
    def found(self) -> int:
        """How many there are, up to one more than `MOST`."""
        rows: Any = self.object_list
        # By key alone: what a row shows, and the tables it comes from, are of no use to a count.
        return int(rows.order_by().values("pk")[: MOST + 1].count())

    @cached_property
    def count(self) -> int:
        return min(self.found, MOST)

    @property
    def has_more(self) -> bool:
        return self.found > MOST


def capped_page(
    rows: QuerySet[Any], asked: str | None, size: int, *, known: int | None = None
) -> Page[Any]:
    """The asked page of such a list; nonsense gives the first, and too far the last.

    `known` is how many rows there are, where that was counted already.
    """
    pages, number = CappedPaginator(rows, size), page_number(asked)
    if known is not None:
        pages.__dict__["found"] = known
    elif number == 1:
        first = list(rows[: size + 1])
        if len(first) <= size:  # all of them: nothing is left to count
            pages.__dict__["found"] = len(first)
        return Page(first[:size], 1, pages)
    return pages.get_page(number)
