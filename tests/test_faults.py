"""Workers that die, stop, or stand still; two clocks; and a mail server that looks on.

Real programs by script/serve, on the database of the tests. At full size: `python -m bench.faults`.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from celery import Celery
from django.db import connection
from django.utils import timezone

from accounts.models import User
from core import outbox
from core.models import Heartbeat, OutboxEntry
from ivcentrum.ports import HOST, held_port
from ivcentrum.servers import redis_program
from tests.factories import UserFactory
from tests.processes import wait_until
from tests.smtp import MailServer, mail_server

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60
LEASE = 5


@dataclass
class Machine:
    """The parts of the product, each as script/serve starts it."""

    folder: Path
    mail_port: int
    programs: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def redis(self) -> subprocess.Popen[bytes]:
        path = self.folder / "redis.sock"
        path.unlink(missing_ok=True)
        command = [str(redis_program()), "--port", "0", "--unixsocket", str(path)]
        started = self._begin([*command, "--save", "", "--appendonly", "no"], {})
        assert wait_until(path.exists)
        return started

    def start(self, part: str, **settings: str) -> subprocess.Popen[bytes]:
        return self._begin([str(ROOT / "script" / "serve"), part], self._environment() | settings)

    def _begin(self, command: list[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            started = subprocess.Popen(  # noqa: S603 - our own programs
                command, cwd=ROOT, env={**os.environ, **env}, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.programs.append(started)
        return started

    def _environment(self) -> dict[str, str]:
        server = urlsplit(os.environ["DATABASE_URL"])
        name = connection.settings_dict["NAME"]
        return {
            "DATABASE_URL": f"{server.scheme}://{server.netloc}/{name}?{server.query}",
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "REDIS_URL": f"unix://{self.folder}/redis.sock",
            "EMAIL_URL": f"smtp://{HOST}:{self.mail_port}",
            "MEDIA_ROOT": str(self.folder / "media"), "WORKER_PROCESSES": "1",
            "BEAT_SCHEDULE_FILE": str(self.folder / f"beat{len(self.programs)}"),
            "OUTBOX_TICK_SECONDS": "0.5", "OUTBOX_LEASE_SECONDS": str(LEASE), "LOG_FORMAT": "json",
        }  # fmt: skip

    @contextmanager
    def celery(self) -> Iterator[Celery]:
        app = Celery(broker=f"redis+socket://{self.folder}/redis.sock")
        try:
            yield app
        finally:
            app.close()

    def tick(self) -> None:
        """What beat sends each few seconds."""
        with self.celery() as app:
            app.send_task("core.tasks.drain_mail", queue="mail")

    @staticmethod
    def kill(program: subprocess.Popen[bytes]) -> None:
        try:
            os.killpg(program.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        program.wait()

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as found:
        yield found


@pytest.fixture
def machine(tmp_path: Path, server: MailServer) -> Iterator[Machine]:
    made = Machine(tmp_path, server.port)
    made.redis()
    yield made
    for program in made.programs:
        made.kill(program)


def promise(count: int) -> list[User]:
    people = UserFactory.create_batch(count)
    work: dict[str, dict[str, int | str]] = {
        f"notice:{user.pk}": {"mail": "user.password_changed", "user": user.pk} for user in people
    }
    outbox.promise_all("account_mail", work)
    return people


def has_taken(server: MailServer, mails: int) -> bool:
    return len(server.to) >= mails


def statuses() -> set[str]:
    return set(OutboxEntry.objects.values_list("status", flat=True))


def is_over() -> bool:
    return not OutboxEntry.objects.waiting().exists()


def seen(name: str) -> bool:
    return Heartbeat.objects.filter(name=name).exists()


def test_mails_outlive_their_workers_and_none_comes_twice(
    machine: Machine, server: MailServer
) -> None:
    """Killed while mails leave, beside a second clock: each arrives once, or is listed as unsure."""
    people = promise(100)
    server.seconds = 0.02
    beats = [machine.start("beat") for _ in range(2)]
    workers = [machine.start("worker-mail") for _ in range(2)]
    for number, mark in enumerate((20, 60)):
        assert wait_until(partial(has_taken, server, mark), PATIENCE)
        machine.kill(workers[number])
        workers.append(machine.start("worker-mail"))

    assert wait_until(is_over, PATIENCE)
    for beat in beats:
        beat.send_signal(signal.SIGTERM)
        assert beat.wait(timeout=5) == 0
    assert seen("broker")
    assert statuses() <= {"sent", "unsure"}
    unsure = set(
        OutboxEntry.objects.filter(status="unsure").values_list("payload__user", flat=True)
    )
    assert len(unsure) <= 3
    assert set(server.to.values()) == {1}
    assert {user.email for user in people if user.pk not in unsure} <= set(server.to)
    assert all(json.loads(line) for line in machine.log.splitlines() if line.startswith("{"))
    assert "@" not in "".join(line for line in machine.log.splitlines() if "outbox" in line)


def test_a_worker_told_to_stop_ends_with_the_row_in_hand(
    machine: Machine, server: MailServer
) -> None:
    promise(200)
    server.seconds = 0.1
    worker = machine.start("worker-mail")
    machine.tick()
    assert wait_until(lambda: len(server.to) >= 3, PATIENCE)

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=10) == 0
    assert statuses() == {"sent", "queued"}  # nothing half done, nobody waits for a lease
    assert len(server.to) == OutboxEntry.objects.filter(status="sent").count() < 100


def test_a_worker_that_may_not_wait_gives_back_what_it_has(
    machine: Machine, server: MailServer
) -> None:
    """Before the text left, so that nothing of it arrived."""
    promise(1)
    server.mail = "hang"
    worker = machine.start("worker-mail", EMAIL_TIMEOUT="60")
    machine.tick()
    assert wait_until(lambda: statuses() == {"sending"}, PATIENCE)

    worker.send_signal(signal.SIGQUIT)

    assert wait_until(lambda: statuses() == {"queued"}, 20)
    entry = OutboxEntry.objects.get()
    assert entry.run_after <= timezone.now()
    assert entry.deaths == 1


def test_a_worker_that_takes_up_nothing_more_ends_itself(machine: Machine) -> None:
    """As after some connections with Redis that came back."""
    worker = machine.start("worker-mail", WORKER_STALL_SECONDS="3")
    machine.tick()
    assert wait_until(lambda: seen("drain-mail"), PATIENCE)

    with machine.celery() as app:
        for queue in ("mail", "clock"):
            app.control.cancel_consumer(queue)

    def has_ended() -> bool:
        machine.tick()  # again and again, as beat does: one under way may still be taken up
        return worker.poll() is not None

    assert wait_until(has_ended, PATIENCE)
    assert worker.returncode == 0
    assert '"worker.stuck"' in machine.log


def test_a_page_that_was_asked_for_is_given_before_the_web_server_stops(machine: Machine) -> None:
    with held_port() as port:
        site = {"BIND": f"{HOST}:{port}", "SITE_URL": f"http://{HOST}:{port}"}
        web = machine.start("web", **site, WEB_PROCESSES="1")
        assert wait_until(lambda: answers(port), PATIENCE)
    with socket.create_connection((HOST, port), timeout=15) as line:
        line.sendall(b"POST /aanmelden/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                     b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\na=1")  # fmt: skip
        time.sleep(0.5)  # it is being read
        web.send_signal(signal.SIGTERM)
        time.sleep(1)
        line.sendall(b"&b=222")

        answer = line.makefile("rb").read()

    assert answer.startswith(b"HTTP/1.1 403")  # whole: a form without its token
    assert b"</html>" in answer
    assert web.wait(timeout=15) == 0


def answers(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=5) as line:
            line.sendall(b"GET /healthz/live HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            return b"200" in line.recv(64)
    except OSError:
        return False
