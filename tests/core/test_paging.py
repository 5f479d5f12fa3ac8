"""Pages of a list with their total in one question."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from core.paging import page_of
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
