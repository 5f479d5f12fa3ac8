"""The clock shows that it lives, says whether Redis does, and calls outside while all is well."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from celery import Celery
from django.conf import settings as product
from pytest_django import Settings

from core import outbox, pauses
from core.models import Heartbeat, OutboxPause
from ivcentrum import clock
from tests.conftest import World
from tests.serving import serving
from tests.test_health import beating, minutes_ago, silent  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@dataclass
class Outside:
    address: str = ""
    calls: list[str] = field(default_factory=list)


@pytest.fixture
def outside(settings: Settings) -> Iterator[Outside]:
    """A monitoring service, as small as they come."""
    found = Outside()

    class Taking(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.calls.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_told: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Taking)
    settings.WATCHDOG_URL = f"http://127.0.0.1:{server.server_port}/leeft"
    with serving(server):
        yield found


def test_while_all_is_well_it_calls_outside(outside: Outside, world: World, beating: None) -> None:  # noqa: F811
    clock.call_outside()

    assert outside.calls == ["/leeft"]


def test_when_something_stands_still_it_keeps_silent(
    outside: Outside,
    world: World,
    beating: None,  # noqa: F811
) -> None:
    silent("drain-mail", 20)

    clock.call_outside()

    assert outside.calls == []


def test_an_outside_that_is_away_harms_nothing(
    settings: Settings,
    world: World,
    beating: None,  # noqa: F811
) -> None:
    settings.WATCHDOG_URL = "http://127.0.0.1:1/"

    clock.call_outside()


def test_a_redis_that_says_nothing_leaves_the_clock_alive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX) as silent_redis:
        silent_redis.bind(str(tmp_path / "redis"))
        silent_redis.listen()
        app = Celery(broker=f"redis+socket://{tmp_path}/redis")
        app.conf.broker_transport_options = {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}
        clock.give_signs(app)

    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"beat"}


def test_no_tick_waits_in_redis_for_long() -> None:
    expiries = {tick["options"]["expires"] for tick in product.CELERY_BEAT_SCHEDULE.values()}

    assert expiries == {30, 600}


def test_drains_have_queues_of_their_own() -> None:
    tasks = {tick["task"] for tick in product.CELERY_BEAT_SCHEDULE.values()}
    drains = {task for task in tasks if "drain" in task}

    assert set(product.CELERY_TASK_ROUTES) == drains
    assert {route["queue"] for route in product.CELERY_TASK_ROUTES.values()} == {"mail", "pdf"}
    assert product.CELERY_TASK_DEFAULT_QUEUE == "clock"


def test_a_pause_that_lasts_turns_the_watch_silent(
    outside: Outside,
    world: World,
    beating: None,  # noqa: F811
) -> None:
    outbox.promise("account_mail", key="reset:1", mail="password_reset", user=world.reader.pk)
    pauses.note("mailserver", "De mailserver antwoordde niet (TimeoutError).")
    OutboxPause.objects.update(since=minutes_ago(16))

    clock.call_outside()

    assert outside.calls == []
