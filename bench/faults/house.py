"""The product on servers of its own, each of which can be killed, frozen and brought back."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
from aiosmtpd.controller import Controller

from ivcentrum.ports import HOST, held_port
from ivcentrum.processes import Programs
from ivcentrum.servers import Place, start_postgres, start_redis, throwaway_place

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Letterbox:
    """A mail server that takes its time, counts who got what, and can be told to hang."""

    seconds: float = 0.0
    is_hanging: bool = False
    taken: Counter[str] = field(default_factory=Counter)

    async def handle_MAIL(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        while self.is_hanging:
            await asyncio.sleep(0.2)
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(self.seconds / 2)
        self.taken.update(envelope.rcpt_tos)
        await asyncio.sleep(self.seconds / 2)  # took it, and has not said so yet
        return "250 OK"


@dataclass
class House:
    programs: Programs
    place: Place
    folder: Path
    box: Letterbox
    env: dict[str, str] = field(default_factory=dict)
    parts: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, part: str = "", **settings: str) -> subprocess.Popen[bytes]:
        """Start a part of the product; several of one kind go by names of their own."""
        with (self.folder / f"{name}.log").open("ab") as log:
            command: list[str | Path] = [ROOT / "script" / "serve", part or name]
            env = self.env | settings
            started = self.programs.start(command, log=log, env=env, cwd=ROOT)
        self.parts[name] = started
        return started

    def kill(self, name: str) -> None:
        """Kill it with all its children at once, as the system does when memory runs out."""
        program = self.parts.pop(name)
        self.programs.forget(program)
        program.wait()

    def kill_child(self, name: str) -> None:
        """Kill one child and leave the program."""
        pid = self.parts[name].pid
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        for child in told.split()[:1]:
            os.kill(int(child), signal.SIGKILL)

    def signal(self, name: str, number: signal.Signals) -> None:
        os.killpg(self.parts[name].pid, number)

    def postgres(self) -> str:
        url = start_postgres(self.place, self.programs)
        self.parts["postgres"] = self.programs.running[-1]
        return url

    def redis(self) -> str:
        url = start_redis(self.place, self.programs)
        self.parts["redis"] = self.programs.running[-1]
        return url

    def restart_postgres(self) -> None:
        self.parts["postgres"].send_signal(signal.SIGINT)  # whoever is connected is cut off
        self.parts["postgres"].wait(timeout=60)
        self.postgres()

    @property
    def logs(self) -> str:
        return "".join(path.read_text(errors="replace") for path in self.folder.glob("*.log"))


@contextmanager
def house(folder: Path, **settings: str) -> Iterator[House]:
    """Have the servers up and Django set up on them; the parts are started by who needs them."""
    box = Letterbox()
    with held_port() as port:
        controller = Controller(box, hostname=HOST, port=port)
        controller.start()
    with Programs() as programs, held_port() as web:
        found = House(programs, throwaway_place(programs), folder, box)
        given = {
            "DATABASE_URL": found.postgres(), "REDIS_URL": found.redis(),
            "DJANGO_SETTINGS_MODULE": "bench.settings", "BIND": f"{HOST}:{web}",
            "SITE_URL": f"http://{HOST}:{web}", "WEB_PROCESSES": "2", "WORKER_PROCESSES": "1",
            "OUTBOX_TICK_SECONDS": "1", "MEDIA_ROOT": str(folder / "media"), "DEMO": "1",
            "BEAT_SCHEDULE_FILE": str(folder / "beat"), "LOG_FORMAT": "json",
            "EMAIL_URL": f"smtp://{HOST}:{port}", "PYTHONUNBUFFERED": "1",
        }  # fmt: skip
        os.environ.update(given | settings)
        found.env = dict(os.environ)
        _prepare()
        yield found
    controller.stop()


def _prepare() -> None:
    django.setup()
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # every word that our mail server hears
    from django.core.management import call_command  # noqa: PLC0415 - needs Django

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def wait_until(fact: Callable[[], object], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not fact():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# --- What the outbox says -------------------------------------------------------------------------


def states() -> Counter[str]:
    """How many rows in which state; a database that is starting anew is waited for."""
    from django.db import Error, connection  # noqa: PLC0415 - needs Django

    from core.models import OutboxEntry  # noqa: PLC0415

    for _attempt in range(200):
        try:
            return Counter(OutboxEntry.objects.values_list("status", flat=True))
        except Error:
            connection.close()
            time.sleep(0.1)
    message = "the database does not come back"
    raise RuntimeError(message)


def waiting() -> int:
    found = states()
    return found["queued"] + found["sending"]
