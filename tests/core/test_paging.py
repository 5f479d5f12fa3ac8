"""Pages of a list with their total in one question."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from core import paging
from core.paging import capped_page, page_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def seven(db: None) -> None:
    for number in range(7):
        UserFactory.create(name=f"Mens {number}")


@pytest.mark.parametrize(
    ("asked", "names", "number"),
    [
        (None, "012", 1),
        ("2", "345", 2),
        ("3", "6", 3),
        ("99", "6", 3),
        ("0", "012", 1),
        ("-1", "012", 1),
        ("twee", "012", 1),
        ("9" * 30, "012", 1),
    ],
)
def test_the_asked_page_or_the_nearest_that_makes_sense(
    asked: str | None, names: str, number: int
) -> None:
    page = page_of(User.objects.order_by("name"), ["name"], asked, 3)
    assert [row.name[-1] for row in page] == list(names)
    assert (page.number, page.paginator.count, page.paginator.num_pages) == (number, 7, 3)


def test_an_empty_list_has_one_empty_page() -> None:
    page = page_of(User.objects.none(), ["name"], "4", 3)
    assert (list(page), page.number, page.paginator.count) == ([], 1, 0)


def test_rows_and_total_are_one_question(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert page_of(User.objects.order_by("name"), ["name"], "2", 3).paginator.num_pages == 3


@pytest.mark.parametrize("asked", [None, "1", "2", "99", "twee"])
def test_a_capped_list_gives_the_same_pages(asked: str | None) -> None:
    rows = User.objects.order_by("name")
    page, same = capped_page(rows, asked, 3), page_of(rows, ["name"], asked, 3)

    assert [row.name for row in page] == [row.name for row in same]
    assert (page.number, page.paginator.count) == (same.number, 7)


def test_what_fits_on_one_page_is_not_counted_apart(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        page = capped_page(User.objects.order_by("name"), None, 7)
        assert (len(page), page.paginator.count, page.has_next()) == (7, 7, False)


def test_a_capped_list_says_that_there_are_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST", 5)
    page = capped_page(User.objects.order_by("name"), None, 3)

    assert isinstance(page.paginator, paging.CappedPaginator)
    assert (page.paginator.count, page.paginator.has_more) == (5, True)
    assert page.paginator.num_pages == 2


def test_a_number_that_is_known_is_not_asked(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        page = capped_page(User.objects.order_by("name"), "2", 3, known=7)
        assert (len(page), page.paginator.num_pages) == (3, 3)
