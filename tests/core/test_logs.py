"""The logs say what happened, and nothing of anybody."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from core import logs, outbox, tasks
from core.models import OutboxEntry
from tests.conftest import World
from tests.smtp import mail_server

SECRET = "gIGgZhy8p2Rsz0qWmNvtu7kLxYb1"
NAME, ADDRESS = "Godelieve Vermeerbergen", "godelieve@thuis.example"
handler500 = "core.views.server_error"


@login_not_required
def break_down(request: HttpRequest, wie: str) -> HttpResponse:
    message = f"{NAME} <{ADDRESS}> heeft geen token {SECRET}"
    raise RuntimeError(message)


@login_not_required
def garble(request: HttpRequest) -> HttpResponse:
    message = f"Raar verzoek van {ADDRESS}"
    raise SuspiciousOperation(message)


@login_not_required
def fill_up(request: HttpRequest) -> HttpResponse:
    raise OSError(28, f"No space left on device: /data/{NAME}.jpg")


urlpatterns = [
    path("stuk/<str:wie>/", break_down),
    path("rommel/", garble),
    path("vol/", fill_up),
    path("", include("ivcentrum.urls")),
]


class Kept(logging.StreamHandler[io.StringIO]):
    """What would be written, line by line."""

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def event(self, name: str) -> dict[str, Any]:
        return next(line for line in self.lines if line["event"] == name)


@pytest.fixture(params=["json", "line"])
def kept(request: pytest.FixtureRequest) -> Iterator[Kept]:
    yield from _kept(logs.Json() if request.param == "json" else logs.Line())


@pytest.fixture
def in_json() -> Iterator[Kept]:
    yield from _kept(logs.Json())


def _kept(formatter: logging.Formatter) -> Iterator[Kept]:
    """What the product writes as it is set for real; the tests' own settings are silent."""
    handler = Kept(io.StringIO())
    handler.setFormatter(formatter)
    root, django = logging.getLogger(), logging.getLogger("django")
    silent = root.level, django.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    django.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    root.setLevel(silent[0])
    django.setLevel(silent[1])


@pytest.fixture
def visitor(db: None) -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.urls(__name__)
def test_nothing_of_anybody_reaches_the_logs(
    kept: Kept, visitor: Client, world: World, settings: Settings
) -> None:
    """Pages, failures and mails that all carry the name, the address and the secret."""
    person = world.reader
    person.name, person.email = NAME, ADDRESS
    person.save(update_fields=["name", "email"])
    visitor.post("/aanmelden/", {"login": ADDRESS, "password": SECRET})
    visitor.post("/wachtwoord-vergeten/", {"email": ADDRESS})
    visitor.get(f"/bestaat-niet/{SECRET}/?zoek={ADDRESS}&naam={NAME}")
    visitor.get(f"/uitnodiging/{SECRET}/")
    visitor.get("/", headers={"host": f"{SECRET}.example"})
    visitor.post("/rommel/?van=" + ADDRESS)
    visitor.get(f"/stuk/{ADDRESS}/?token={SECRET}")
    visitor.get("/vol/")
    visitor.force_login(person)
    visitor.get("/", {"zoek": NAME}, headers={"user-agent": NAME, "referer": f"http://x/{SECRET}"})
    visitor.get("/acties/", {"q": ADDRESS})
    outbox.promise("account_mail", key="reset:1", mail="password_reset", user=person.pk)
    refuse_mail(settings, f"550 {ADDRESS} {NAME} is unknown here")
    refuse_mail(settings, f"451 {ADDRESS} try later")
    logging.getLogger("ergens").warning("kreeg %s van %s", SECRET, NAME)
    ready_made = f"Invalid address '{ADDRESS}'"
    logging.getLogger("ergens").warning(ready_made)
    logging.getLogger("celery.app.trace").error(
        "Task %(name)s[%(id)s] %(description)s: %(exc)s",
        {"name": "core.tasks.tidy", "id": "1", "description": "raised", "exc": f"bad {NAME}"},
    )

    assert "request" in kept.text
    assert "outbox.done" in kept.text
    for word in (NAME, "Godelieve", "Vermeerbergen", ADDRESS, "thuis.example", SECRET):
        assert word not in kept.text


def refuse_mail(settings: Settings, answer: str) -> None:
    OutboxEntry.objects.update(status="queued", attempts=0)
    with mail_server() as server:
        server.rcpt = answer
        settings.EMAIL_BACKEND = "core.smtp.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        tasks.drain_mail()


@pytest.mark.urls(__name__)
def test_a_request_is_one_line_with_its_route_and_number(
    in_json: Kept, visitor: Client, world: World
) -> None:
    visitor.force_login(world.coordinator)

    response = visitor.get(f"/partners/{world.care.pk}/?tab=geheim")

    [told] = [line for line in in_json.lines if line["event"] == "request"]
    assert told["route"] == "partners/<int:pk>/"
    assert (told["method"], told["status"]) == ("GET", 200)
    assert told["user"] == world.coordinator.pk
    assert told["request"] == response["X-Request-ID"]
    assert told["time"].endswith("+00:00")
    assert isinstance(told["ms"], int)


@pytest.mark.urls(__name__)
def test_a_breakdown_is_found_by_the_number_that_its_page_shows(
    in_json: Kept, visitor: Client
) -> None:
    response = visitor.get("/stuk/x/")

    assert response["X-Request-ID"] in response.content.decode()
    told = next(line for line in in_json.lines if "error" in line)
    assert told["request"] == response["X-Request-ID"]
    assert told["error"] == "builtins.RuntimeError"
    assert told["where"][-1].startswith("tests/core/test_logs.py:")


@pytest.mark.urls(__name__)
def test_a_full_disk_is_told_as_such(visitor: Client) -> None:
    response = visitor.get("/vol/")

    assert response.status_code == 507
    assert "de schijf is vol" in response.content.decode()


@pytest.mark.django_db
def test_a_piece_of_work_is_one_line_with_its_kind_and_state(in_json: Kept) -> None:
    entry = outbox.promise("account_mail", key="reset:0", mail="password_reset", user=0)

    tasks.drain_mail()

    told = in_json.event("outbox.done")
    assert (told["kind"], told["entry"]) == ("account_mail", entry.pk)
    assert (told["state"], told["attempts"]) == ("sent", 1)


def test_a_library_that_says_how_much_is_still_understood(in_json: Kept) -> None:
    logging.getLogger("ergens").warning("took %.2f s for %d rows of %s", 1.5, 12, NAME)

    assert in_json.lines[0]["event"] == "took 1.5 s for 12 rows of …"
