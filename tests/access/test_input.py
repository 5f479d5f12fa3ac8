"""Whatever comes in, a page answers with a sentence or a 404, and never falls over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django_filters import FilterSet

from tests.access import ACTORS, DONE, NOBODY, OK, Row
from tests.access.stage import Stage, Visitor
from tests.access.table import ROWS

READ = [row for row in ROWS if "GET" in row.methods]
SENT = [row for row in ROWS if "POST" in row.methods]
BAD = {
    "nul": "a\0b",
    "bidi": "abc\u202egnp.exe",
    "surrogate": "\ud800",
    "huge number": "9" * 40,
    "negative": "-1",
    "long": "x" * 3000,
    "quote": "';--\"<script>",
    "not a date": "2026-13-45",
    "not a uuid": "zz",
}
# What the code reads from the query of an address, apart from its forms.
READS = re.compile(r"""GET(?:\.get(?:list)?\(|\[)"([^"]+)\"""")
FIELD = re.compile(r'<(?:input|select|textarea)[^>]*\bname="([^"]+)"')
FINE = frozenset({200, 302, 303, 400, 403, 404, 405, 409, 413, 422, 429, 503})
APPS = (
    "accounts",
    "answers",
    "core",
    "evaluations",
    "ivcentrum",
    "mails",
    "meetings",
    "meldingen",
    "partners",
    "plans",
    "reminders",
    "reports",
)


@cache
def parameters() -> frozenset[str]:
    """What any address of the product reads from its query."""
    sources = [path for app in APPS for path in (settings.BASE_DIR / app).rglob("*.py")]
    named = {name for path in sources for name in READS.findall(path.read_text())}
    kinds: list[Any] = FilterSet.__subclasses__()  # their metaclass gives them base_filters
    filtered = {name for kind in kinds for name in kind.base_filters}
    return frozenset({*named, *filtered, "page", "lat", "lon", "next"})


def test_the_parameters_of_the_product_are_known() -> None:
    """Of a filter, of a view, and of a view that takes several."""
    assert {"wijk", "terug", "melding", "zoek"} <= parameters()


def of_who_gets_in(row: Row, method: str, visitors: dict[str, Visitor]) -> Visitor:
    """Somebody for whom the address opens: further than the door is where things break."""
    inside = (actor for actor in ACTORS if row.expected(method, actor) & (OK | DONE))
    return visitors[NOBODY if row.public else next(inside, ACTORS[0])]


class Watched(QueryDict):
    """A query that remembers whether anybody looked at it."""

    looked = False

    def __getitem__(self, key: str) -> Any:
        self.looked = True
        return super().__getitem__(key)

    def getlist(self, key: str, default: Any = None) -> Any:
        self.looked = True
        return super().getlist(key, default)

    def items(self) -> Any:
        self.looked = True
        return super().items()

    def lists(self) -> Any:
        self.looked = True
        return super().lists()

    def __iter__(self) -> Any:
        self.looked = True
        return super().__iter__()


def encoded(fields: Iterable[str], value: str) -> str:
    """Every field with the same bad value, as a browser could send it."""
    raw = quote(value.encode("utf-8", "surrogatepass"))
    return "&".join(f"{quote(name)}={raw}" for name in sorted(fields))


@pytest.mark.django_db
@pytest.mark.parametrize("row", READ, ids=str)
def test_no_query_breaks_a_page(row: Row, stage: Stage, visitors: dict[str, Visitor]) -> None:
    address = reverse(row.name, kwargs=row.arguments(stage))
    visitor, wrong = of_who_gets_in(row, "GET", visitors), []
    for kind, value in BAD.items():
        request = visitor.request("GET", f"{address}?{encoded(parameters(), value)}")
        query: Any = Watched(request.META["QUERY_STRING"])
        request.GET = query
        if (code := visitor.send(request).status_code) not in FINE:
            wrong.append(f"{kind}: {code}")
        if not query.looked:
            break
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("row", SENT, ids=str)
def test_no_form_breaks_on_what_is_sent(
    row: Row, stage: Stage, visitors: dict[str, Visitor]
) -> None:
    address = reverse(row.name, kwargs=row.arguments(stage))
    visitor = of_who_gets_in(row, "POST", visitors)
    fields = fields_of(visitor, address)
    wrong = [
        f"{kind}: {code}"
        for kind, value in BAD.items()
        if (code := visitor.answer("POST", address, encoded(fields, value)).status_code) not in FINE
    ]
    assert wrong == []


def fields_of(visitor: Visitor, address: str) -> set[str]:
    """The names that the page's form knows, and some that it does not."""
    answer = visitor.answer("GET", address)
    is_page = answer.status_code == 200 and not answer.streaming
    shown = FIELD.findall(answer.content.decode(errors="replace")) if is_page else []
    extra = {"pk", "reason", "on", "version", "form_token", "decision", "next", "terug"}
    return {*shown, *extra}
