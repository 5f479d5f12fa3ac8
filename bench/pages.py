"""Pages against the same template drawn from what is in memory already: what the database costs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from bench.generator import Made

RUNS = 15
SAME = 0.95  # of the length: only tokens differ


@dataclass(frozen=True)
class Measured:
    name: str
    queries: int
    page: float  # milliseconds of CPU
    memory: float

    @property
    def ratio(self) -> float:
        return self.page / self.memory


def measure_all(made: Made) -> list[Measured]:
    action = made.plan.actions.in_plan_order()[0]
    pages = (
        ("Planpagina", made.coordinator, made.plan.get_absolute_url()),
        ("Actielijst (50 van 600)", made.coordinator, reverse("plans:actions")),
        ("Actiepagina", made.coordinator, action.get_absolute_url()),
        ("Mijn acties", made.lead, reverse("plans:mine")),
    )
    return [_measure(name, user, url) for name, user, url in pages]


def _measure(name: str, user: User, url: str) -> Measured:
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
    return Measured(name, len(queries), best(lambda: client.get(url)), best(_again(response)))


def _again(response: Any) -> Callable[[], object]:
    """Draw the page once more from the rows that the first time left in memory."""
    template = get_template(response.templates[0].name)
    context, request = response.context[0].flatten(), response.wsgi_request
    if len(template.render(context, request)) < len(response.content.decode()) * SAME:
        message = f"{request.path} cannot be drawn again from memory"
        raise RuntimeError(message)
    return lambda: template.render(context, request)


def best(work: Callable[[], object]) -> float:
    """The least CPU time of some runs, in milliseconds: what the work takes undisturbed."""
    took = []
    for _run in range(RUNS):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took) * 1000
