"""The access table: no address escapes it, and each answers each person as the table says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from tests.access import ACTORS, METHODS, Row
from tests.access.stage import Stage, Visitor
from tests.access.table import ROWS
from tests.conftest import sign_in


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """Every address of the product by its full name; one without a name shows its pattern."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name or pattern.pattern}"


def test_every_address_is_in_the_table_once() -> None:
    counted = Counter(row.name for row in ROWS if not row.query)
    known = set(names(get_resolver().url_patterns))
    assert sorted(known - set(counted)) == []
    assert sorted(set(counted) - known) == []
    assert [name for name, count in counted.items() if count > 1] == []


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_person_gets_what_the_table_says(
    row: Row, stage: Stage, visitors: dict[str, Visitor]
) -> None:
    address = reverse(row.name, kwargs=row.arguments(stage)) + row.query
    wrong = [
        f"{method} {actor}: {code}, not {sorted(row.expected(method, actor))}"
        for method, actor in row.visits()
        if (code := visitors[actor].ask(method, address)) not in row.expected(method, actor)
    ]
    assert wrong == []


def test_everybody_tries_every_method() -> None:
    """Over all addresses: not each at each of them, see `Row.visits`."""
    tried = {visit for row in ROWS for visit in row.visits()}
    assert tried == set(product(METHODS, ACTORS))


def test_a_visitor_is_answered_as_a_browser_is(visitors: dict[str, Visitor], stage: Stage) -> None:
    """The short cuts of a visitor change no answer."""
    people = stage.people()
    for actor in ACTORS:
        browser = Client()
        if isinstance(user := people[actor], User):
            sign_in(browser, user)
        for name in ("home", "plans:list", "accounts:people", "space:home"):
            address = reverse(name)
            assert visitors[actor].ask("GET", address) == browser.get(address).status_code
