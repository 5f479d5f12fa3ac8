"""Workers that are killed, a Redis that is gone: each report still gets one whole PDF.

Real Celery workers with their own beat, a real Redis, and the real database of the tests.
"""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from core.models import OutboxEntry
from ivcentrum.servers import redis_program
from reports.models import Report
from tests.conftest import World, build_world
from tests.processes import wait_until
from tests.reports.stage import draft, frozen

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parent.parent
SHORT_LEASE = 15  # seconds; longer than one of these small PDFs takes on a busy machine
LONG_LEASE = 120
PATIENCE = 90


@dataclass
class Machine:
    """The folder, the Redis and the workers of one test; the last two can be killed."""

    folder: Path
    lease: int = LONG_LEASE
    programs: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def socket(self) -> Path:
        return self.folder / "redis.sock"

    def redis(self) -> subprocess.Popen[bytes]:
        self.socket.unlink(missing_ok=True)
        command = [str(redis_program()), "--port", "0", "--unixsocket", str(self.socket)]
        started = self._start([*command, "--save", "", "--appendonly", "no"])
        assert wait_until(self.socket.exists)
        return started

    def worker(self) -> subprocess.Popen[bytes]:
        number = len(self.programs)
        command = [sys.executable, "-m", "celery", "-A", "ivcentrum", "worker", "-B", "-c", "1"]
        command += ["-Q", "mail,pdf", "-n", f"worker{number}@test", "--without-gossip"]
        command += ["-s", str(self.folder / f"beat{number}"), "-l", "WARNING"]
        return self._start(command)

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            started = subprocess.Popen(  # noqa: S603 - our own programs
                command,
                cwd=ROOT,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.programs.append(started)
        return started

    def _environment(self) -> dict[str, str]:
        server = urlsplit(os.environ["DATABASE_URL"])
        name = connection.settings_dict["NAME"]
        return {
            **os.environ,
            "DATABASE_URL": f"{server.scheme}://{server.netloc}/{name}?{server.query}",
            "DJANGO_SETTINGS_MODULE": "ivcentrum.settings",
            "REDIS_URL": f"unix://{self.socket}",
            "MEDIA_ROOT": str(self.folder / "media"),
            "OUTBOX_TICK_SECONDS": "0.5",
            "OUTBOX_LEASE_SECONDS": str(self.lease),
            "CELERY_SKIP_CHECKS": "yes",  # as in script/serve
        }

    @staticmethod
    def kill(program: subprocess.Popen[bytes]) -> None:
        """Kill it with all its children at once, as the system does when memory runs out."""
        try:
            os.killpg(program.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        program.wait()

    @property
    def files(self) -> list[Path]:
        return [path for path in (self.folder / "media").rglob("*") if path.is_file()]


@pytest.fixture
def machine(tmp_path: Path, settings: LazySettings) -> Iterator[Machine]:
    settings.MEDIA_ROOT = tmp_path / "media"
    # A Unix socket has a short name; pytest's folders do not always.
    made = Machine(tmp_path)
    yield made
    for program in made.programs:
        made.kill(program)


@pytest.fixture
def world() -> World:
    return build_world()


def stage() -> str:
    return OutboxEntry.objects.values_list("stage", flat=True).get()


def built() -> bool:
    statuses = OutboxEntry.objects.values_list("status", flat=True)
    return all(status == "sent" for status in statuses)


def is_whole(report: Report) -> bool:
    report.refresh_from_db()
    content = Path(report.pdf.path).read_bytes()
    pages = len(PdfReader(io.BytesIO(content)).pages)
    return (
        hashlib.sha256(content).hexdigest() == report.pdf_sha256
        and len(content) == report.pdf_size
        and pages == report.pdf_pages
    )


@pytest.mark.parametrize("moment", ["Cijfers klaarzetten", "Bladzijden opmaken", "Bewaren"])
def test_a_worker_killed_during_a_build_leaves_one_whole_pdf(
    machine: Machine, world: World, moment: str
) -> None:
    machine.lease = SHORT_LEASE
    machine.redis()
    worker = machine.worker()
    report = frozen(world)
    # The last stage may be over before we see it; then the work is done, which is fine as well.
    assert wait_until(lambda: stage() == moment or built(), PATIENCE)
    machine.kill(worker)

    machine.worker()

    assert wait_until(built, PATIENCE)
    assert is_whole(report)
    assert len(machine.files) == 1


def test_two_workers_at_once_make_each_pdf_once(machine: Machine, world: World) -> None:
    machine.redis()
    machine.worker()
    machine.worker()

    reports = [frozen(world) for _ in range(3)]

    assert wait_until(built, PATIENCE)
    assert all(is_whole(report) for report in reports)
    assert len(machine.files) == len(reports)
    assert set(OutboxEntry.objects.values_list("attempts", flat=True)) == {1}


def test_without_redis_every_page_works_and_the_pdf_comes_when_it_is_back(
    machine: Machine, world: World, client: Client
) -> None:
    redis = machine.redis()
    machine.worker()
    assert wait_until(lambda: (machine.folder / "log").stat().st_size >= 0)
    machine.kill(redis)
    client.force_login(world.coordinator)
    report = draft(world)

    freezing = reverse("reports:freeze", args=[report.pk])
    page = client.post(freezing, {"version": report.version}, follow=True)
    assert "De PDF staat in de wachtrij" in page.content.decode()
    for name in ("home", "plans:list", "plans:actions", "plans:mine", "reports:list"):
        assert client.get(reverse(name)).status_code == 200
    assert not built()

    machine.redis()

    assert wait_until(built, PATIENCE)
    assert is_whole(report)
    assert "PDF openen" in client.get(report.get_absolute_url()).content.decode()
