"""Two hundred citizens report while Redis is gone for a minute and PostgreSQL starts anew: none is
lost, none is doubled, and each hears once that it arrived.

The product runs as it does for real, on a PostgreSQL and a Redis of its own; mail goes to a real server.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiosmtpd.controller import Controller

from ivcentrum.ports import held_port
from ivcentrum.processes import Programs
from ivcentrum.servers import Place, start_postgres, start_redis, throwaway_place
from tests.processes import wait_until

pytestmark = pytest.mark.processes
ROOT = Path(__file__).resolve().parent.parent
CITIZENS, AT_ONCE = 200, 8
OUTAGE = 60  # seconds without Redis; the reports are spread over them
PATIENCE = 90  # seconds for one report, or for the mails afterwards
# Makes the place, and forms as citizens have them open: signed, and not a second old.
PREPARE = """
import json, sys, django; django.setup()
from django.core.management import call_command as do
do("migrate", verbosity=0); do("createcachetable")
from meldingen.forms.citizen import opened_now
from meldingen.models import Category
from meldingen.operations.defaults import fill_lists
from tests.factories import MunicipalityFactory
place = MunicipalityFactory.create(code="ZAN", name="Zandrode"); fill_lists(place)
kind = Category._default_manager.filter(municipality=place).first()
json.dump([{"category": kind.pk, "form_key": key, "opened": opened_now(key)}
           for key in json.load(sys.stdin)], sys.stdout)
"""


@dataclass
class Letterbox:
    """A mail server that takes everything, and remembers to whom."""

    taken: Counter[str] = field(default_factory=Counter)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.update(envelope.rcpt_tos)
        return "250 OK"


@dataclass
class House:
    """The servers below the product; both can be taken away and brought back."""

    programs: Programs
    place: Place
    address: str = ""
    started: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def postgres(self) -> str:
        url = start_postgres(self.place, self.programs)
        self.started["postgres"] = self.programs.running[-1]
        return url

    def redis(self) -> str:
        url = start_redis(self.place, self.programs)
        self.started["redis"] = self.programs.running[-1]
        return url

    def end(self, name: str, how: signal.Signals) -> None:
        self.started[name].send_signal(how)
        self.started[name].wait(timeout=30)

    def restart_postgres(self) -> None:
        self.end("postgres", signal.SIGINT)  # the fast way: whoever is connected is cut off
        self.postgres()


@contextmanager
def product(tmp_path: Path, mail_port: int) -> Iterator[tuple[House, str, list[dict[str, Any]]]]:
    with Programs() as programs:
        house = House(programs, throwaway_place(programs))
        with held_port() as port:
            env = {
                **os.environ, "DATABASE_URL": house.postgres(), "REDIS_URL": house.redis(),
                "DJANGO_SETTINGS_MODULE": "tests.browser.settings", "BIND": f"127.0.0.1:{port}",
                "SITE_URL": f"http://127.0.0.1:{port}", "WEB_PROCESSES": "2",
                "WORKER_PROCESSES": "1", "OUTBOX_TICK_SECONDS": "1", "TRUSTED_PROXY_COUNT": "1",
                "MEDIA_ROOT": str(tmp_path / "media"), "BEAT_SCHEDULE_FILE": str(tmp_path / "beat"),
                "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}", "DEMO": "1",
            }  # fmt: skip
            keys = json.dumps([str(uuid.uuid4()) for _citizen in range(CITIZENS)])
            command = [sys.executable, "-c", PREPARE]
            made = subprocess.run(  # noqa: S603 - our own program
                command, input=keys.encode(), env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE
            )
            for name in ("web", "worker-mail", "beat"):
                with (tmp_path / f"{name}.log").open("ab") as log:
                    programs.start([ROOT / "script" / "serve", name], log=log, env=env, cwd=ROOT)
            house.address = f"http://127.0.0.1:{port}"
            assert wait_until(lambda: answers(f"{house.address}/healthz/live"), 60)
        yield house, env["DATABASE_URL"], json.loads(made.stdout)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        return False


def report(house: House, number: int, form: dict[str, Any]) -> str:
    """Send the form, and again when no answer came, as a citizen would; the page of thanks."""
    fields = {
        **form, "stap": "wie", "text": f"Een matras, nummer {number}.", "place": "Glasbol",
        "channel": "mail", "email": f"burger{number}@burger.example",
    }  # fmt: skip
    headers = {"X-Forwarded-For": f"198.51.{number // 250}.{number % 250 + 1}"}
    request = urllib.request.Request(  # noqa: S310 - our own address
        f"{house.address}/melden/zan/", urllib.parse.urlencode(fields).encode(), headers
    )
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                if "/dank/" in answer.url:
                    return str(answer.url)
                page = answer.read().decode()
            raise AssertionError(page)
        except urllib.error.HTTPError as error:
            error.close()
            # "Too often, wait a moment" too: who counts holds a lock, and PostgreSQL that ends just
            # then leaves it lying for ten seconds.
            if error.code < 500 and error.code != HTTPStatus.TOO_MANY_REQUESTS:
                raise
        except OSError:
            pass
        time.sleep(0.3)
    message = f"report {number} got no answer"
    raise AssertionError(message)


def test_two_hundred_reports_outlive_a_minute_without_redis_and_a_restart(tmp_path: Path) -> None:
    box = Letterbox()
    with held_port() as port:
        controller = Controller(box, hostname="127.0.0.1", port=port)
        controller.start()
    try:
        with product(tmp_path, port) as (house, url, forms):
            house.end("redis", signal.SIGKILL)
            restart = threading.Timer(OUTAGE / 2, house.restart_postgres)
            restart.start()
            began = time.monotonic()

            def citizen(number: int) -> str:
                time.sleep(max(0.0, began + OUTAGE * number / CITIZENS - time.monotonic()))
                return report(house, number, forms[number])

            with ThreadPoolExecutor(AT_ONCE) as citizens:
                thanks = list(citizens.map(citizen, range(CITIZENS)))
            restart.join()
            time.sleep(max(0.0, began + OUTAGE - time.monotonic()))
            house.redis()

            assert len(set(thanks)) == CITIZENS
            with psycopg.connect(url, autocommit=True) as server:
                check_rows(server)
                assert wait_until(lambda: no_mail_waits(server), PATIENCE)
                unsure = server.execute(
                    "SELECT count(*) FROM core_outboxentry WHERE status = 'unsure'"
                )
                (doubtful,) = unsure.fetchone() or (0,)
            assert set(box.taken.values()) == {1}  # nobody hears it twice
            assert len(box.taken) >= CITIZENS - doubtful  # and who may not have heard is listed
    finally:
        controller.stop()


def check_rows(server: psycopg.Connection[Any]) -> None:
    """Each report once, under numbers without a gap."""
    found = server.execute("SELECT number, form_key FROM meldingen_melding ORDER BY number")
    rows = found.fetchall()
    assert len({key for _number, key in rows}) == CITIZENS
    years = {number.split("-")[1] for number, _key in rows}
    assert [number for number, _key in rows] == [
        f"ZAN-{min(years)}-{n:05}" for n in range(1, CITIZENS + 1)
    ]


def no_mail_waits(server: psycopg.Connection[Any]) -> bool:
    waiting = server.execute(
        "SELECT count(*) FROM core_outboxentry WHERE status NOT IN ('sent', 'done', 'unsure', 'failed')"
    )
    return waiting.fetchone() == (0,)
