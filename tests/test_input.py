"""Whatever comes in, a page answers with a sentence or a 404, and never falls over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access import Row, accounts, core, partners, plans, reports
from tests.access.stage import Stage, signed_in
from tests.conftest import build_world

ROWS = [*core.ROWS, *accounts.ROWS, *partners.ROWS, *plans.ROWS, *reports.ROWS]
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
# What the addresses of the product read from their query.
PARAMETERS = [
    "q",
    "plan",
    "domein",
    "status",
    "stand",
    "dimensie",
    "trekker",
    "wijk",
    "jaarthema",
    "thema",
    "toon",
    "archief",
    "bevoegdheid",
    "geheimhouding",
    "aandacht",
    "toestemming",
    "groep",
    "sort",
    "pagina",
    "page",
    "next",
    "terug",
    "rol",
    "toestand",
    "soort",
    "van",
    "tot",
    "a",
    "b",
    "met",
    "oud",
    "nieuw",
    "actie",
    "acties",
    "rij",
    "domain",
]
FIELD = re.compile(r'<(?:input|select|textarea)[^>]*\bname="([^"]+)"')
FINE = frozenset({200, 302, 303, 400, 403, 404, 405, 409, 413, 422, 429, 503})


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Stage]:
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield Stage.build(build_world())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def people(stage: Stage) -> dict[str, Client]:
    """Who may do most: between them they get past every door."""
    cast = stage.world
    found = {"coordinator": cast.coordinator, "administrator": cast.administrator}
    clients = {name: signed_in(user) for name, user in found.items()}
    for client in clients.values():
        client.raise_request_exception = False  # a fall is counted, not raised
    return clients


def encoded(fields: Iterable[str], value: str) -> str:
    """Every field with the same bad value, as a browser could send it."""
    raw = quote(value.encode("utf-8", "surrogatepass"))
    return "&".join(f"{quote(name)}={raw}" for name in fields)


def undone(ask: Callable[[], Any]) -> int:
    """What a request is answered; what it changed is taken back."""
    with transaction.atomic():
        code: int = ask().status_code
        transaction.set_rollback(True)
    return code


@pytest.mark.django_db
@pytest.mark.parametrize("row", READ, ids=str)
def test_no_query_breaks_a_page(row: Row, stage: Stage, people: dict[str, Client]) -> None:
    address = reverse(row.name, kwargs=row.arguments(stage))
    wrong = [
        f"{name} {kind}: {code}"
        for name, client in people.items()
        for kind, value in BAD.items()
        if (code := read(client, address, encoded(PARAMETERS, value))) not in FINE
    ]
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("row", SENT, ids=str)
def test_no_form_breaks_on_what_is_sent(row: Row, stage: Stage, people: dict[str, Client]) -> None:
    address = reverse(row.name, kwargs=row.arguments(stage))
    wrong = []
    for name, client in people.items():
        fields = fields_of(client, address)
        for kind, value in BAD.items():
            code = send(client, address, encoded(fields, value))
            if code not in FINE:
                wrong.append(f"{name} {kind}: {code}")
    assert wrong == []


def fields_of(client: Client, address: str) -> set[str]:
    """The names that the page's form knows, and some that it does not."""
    answer = client.get(address)
    shown = FIELD.findall(answer.content.decode()) if answer.status_code == 200 else []
    return {*shown, *PARAMETERS, "pk", "reason", "on", "version", "form_token", "decision"}


def read(client: Client, address: str, query: str) -> int:
    return undone(lambda: client.get(f"{address}?{query}"))


def send(client: Client, address: str, body: str) -> int:
    kind = "application/x-www-form-urlencoded"
    return undone(lambda: client.generic("POST", address, body, content_type=kind))
