"""Pages against the same page from what is in memory already: what finding its rows costs.

Twice: against the template drawn alone, and against a request to a view that does nothing but draw
it. A request knows who asks and what that person may do before any view begins: that is in the
second, and not in the first.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.handlers.base import BaseHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import ResolverMatch, reverse

from accounts.models import User
from bench import sharing
from bench.generator import Made

RUNS = 25
SAME = 0.95  # of the length: only tokens differ


@dataclass(frozen=True)
class Measured:
    name: str
    queries: int
    page: float  # milliseconds of CPU
    memory: float  # to draw its template alone
    request: float  # to ask for it from a view that has the rows in memory
    is_list: bool  # a list has a bar; a page of few rows is mostly its frame

    @property
    def ratio(self) -> float:
        return self.page / self.memory

    @property
    def ratio_of_request(self) -> float:
        return self.page / self.request


def measure_all(made: Made) -> list[Measured]:
    action = made.plan.actions.in_plan_order()[0]
    pages = (
        ("Planpagina", made.coordinator, made.plan.get_absolute_url()),
        ("Actielijst (50 van 600)", made.coordinator, reverse("plans:actions")),
        ("Actiepagina", made.coordinator, action.get_absolute_url()),
        ("Mijn acties", made.lead, reverse("plans:mine")),
    )
    settle()
    found = [_measure(name, user, url, is_list="lijst" in name) for name, user, url in pages]
    # Only now the thousand partners: every filter of the pages above would list them.
    reader = sharing.fill(made)
    settle()
    name = "Partnerruimte, lijst van 100 uit 100.000"
    return [*found, _measure(name, reader, reverse("space:home"), is_list=True)]


def settle() -> None:
    """What making the rows left behind in memory and in the statistics is not there in a server."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    gc.collect()
    gc.freeze()


def _measure(name: str, user: User, url: str, *, is_list: bool) -> Measured:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(url)  # templates compiled, session begun
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response: Any = client.get(url)
    if response.status_code != 200:  # noqa: PLR2004 - fine
        message = f"{url} answers {response.status_code}"
        raise RuntimeError(message)
    ours, memory, request = best(
        asked(client, url), again(response), asked(client, url, FromMemory(again(response)))
    )
    return Measured(name, len(queries), ours, memory, request, is_list=is_list)


class FromMemory(BaseHandler):
    """The product in which every view does nothing but draw one page, for who may come that far."""

    def __init__(self, draw: Callable[[], str]) -> None:
        super().__init__()
        self._draw = draw

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        super().resolve_request(request)
        return ResolverMatch(lambda _request: HttpResponse(self._draw()), (), {})


def asked(client: Client, url: str, handler: BaseHandler | None = None) -> Callable[[], object]:
    """Ask the page as a server does: the test client keeps a copy of all that a template saw."""
    answering = handler or BaseHandler()
    answering.load_middleware()
    cookies = client.cookies.output(header="", sep=";")
    return lambda: answering.get_response(RequestFactory().get(url, headers={"cookie": cookies}))


def again(response: Any) -> Callable[[], str]:
    """Draw the page once more from the rows that the first time left in memory."""
    template = get_template(response.templates[0].name)
    context, request = response.context[0].flatten(), response.wsgi_request
    if len(template.render(context, request)) < len(response.content.decode()) * SAME:
        message = f"{request.path} cannot be drawn again from memory"
        raise RuntimeError(message)
    return lambda: template.render(context, request)


def best(*works: Callable[[], object]) -> list[float]:
    """The least CPU time of some runs of each, in milliseconds: what it takes undisturbed.

    They take turns, so that a slow moment of the machine is one for all of them.
    """
    took: list[list[float]] = [[] for _work in works]
    for _run in range(RUNS):
        for times, work in zip(took, works, strict=True):
            began = time.process_time()
            work()
            times.append(time.process_time() - began)
    return [min(times) * 1000 for times in took]
