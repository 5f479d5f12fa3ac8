"""The whole product as people meet it: web, worker and clock on a database with the demo in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from psycopg import sql

from demo import PASSWORD
from ivcentrum.ports import HOST, held_port
from ivcentrum.processes import Programs
from tests.processes import wait_until
from tests.smtp import MailServer, mail_server
from tests.template import template

ROOT = Path(__file__).resolve().parent.parent.parent
PREPARE = "from django.core.management import call_command as do; import django; django.setup(); "
READY = PREPARE + "do('migrate', verbosity=0); do('createcachetable'); do('load_demo')"
BROKER_DATABASE = 7  # so that a worker of ours never takes the ticks of another
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class House:
    """Where the product answers, and what its parts run with."""

    address: str
    env: dict[str, str]
    mail: MailServer  # what the product sends ends up there
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def run(self, program: str) -> None:
        """Do something as the product itself would, on its own database."""
        command = [sys.executable, "-c", f"{PREPARE}\n{program}"]
        subprocess.run(command, check=True, env=self.env, cwd=ROOT)  # noqa: S603 - our own

    def visitor(self, username: str) -> Visitor:
        """A signed-in person; signed in once."""
        if username not in self.visitors:
            self.visitors[username] = Visitor(self.address)
            self.visitors[username].sign_in(username)
        return self.visitors[username]


class Visitor:
    """A person without a browser, to find out quickly what a page says."""

    def __init__(self, address: str) -> None:
        self.address, self.jar = address, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> tuple[int, str, bytes]:
        """Status, kind and body of a page."""
        try:
            with self.opener.open(self.address + path, timeout=60) as answer:
                return answer.status, answer.headers.get_content_type(), answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers.get_content_type(), error.read()

    def post(self, path: str, **fields: str) -> str:
        """Send a form and give the address where that led."""
        data = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(  # noqa: S310 - our own address
            self.address + path, data, headers={"Referer": self.address + path}
        )
        with self.opener.open(request, timeout=60) as answer:
            return str(answer.url)

    def sign_in(self, username: str) -> None:
        _status, _kind, body = self.get("/aanmelden/")
        found = TOKEN.search(body.decode())
        assert found, body.decode()[:2000]
        email = f"{username}@zandrode.example"
        arrived = self.post("/aanmelden/", csrfmiddlewaretoken=found.group(1), login=email,
                            password=PASSWORD)  # fmt: skip
        homes = {f"{self.address}/", f"{self.address}/ruimte/"}  # a partner begins in its space
        assert arrived in homes, f"{username} could not sign in: {arrived}"

    def cookies(self) -> list[Any]:
        """What a browser needs to be this person."""
        return [
            {"name": item.name, "value": item.value or "", "url": self.address} for item in self.jar
        ]


@contextmanager
def open_house() -> Iterator[House]:
    """Start the product on a database of its own, and leave nothing behind."""
    with (
        Programs() as programs, _database() as url, TemporaryDirectory() as folder,
        mail_server() as mail,
    ):  # fmt: skip
        with held_port() as port:
            env = _environment(url, port, folder) | {"EMAIL_URL": f"smtp://{HOST}:{mail.port}"}
            subprocess.run([sys.executable, "-c", READY], check=True, env=env, cwd=ROOT)  # noqa: S603
            _start(programs, env, Path(folder))
            assert wait_until(lambda: _answers(port), 60), (Path(folder) / "web.log").read_text()
        yield House(f"http://127.0.0.1:{port}", env, mail)


def _start(programs: Programs, env: dict[str, str], folder: Path) -> None:
    for name in ("web", "worker", "beat"):
        with (folder / f"{name}.log").open("ab") as log:
            programs.start([ROOT / "script" / "serve", name], log=log, env=env, cwd=ROOT)


def _environment(url: str, port: int, folder: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": url,
        "REDIS_URL": _broker(os.environ["REDIS_URL"]),
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DEMO": "1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "BIND": f"127.0.0.1:{port}",
        "WEB_PROCESSES": "1",
        "WORKER_PROCESSES": "1",
        "OUTBOX_TICK_SECONDS": "2",
        "MEDIA_ROOT": f"{folder}/media",
        "BEAT_SCHEDULE_FILE": f"{folder}/beat",
    }


def _broker(url: str) -> str:
    if url.startswith("unix://"):
        return f"{url}?virtual_host={BROKER_DATABASE}"
    return urllib.parse.urlsplit(url)._replace(path=f"/{BROKER_DATABASE}").geturl()


@contextmanager
def _database() -> Iterator[str]:
    """An empty database beside the one of the environment."""
    name = f"ivcentrum_house_{os.getpid()}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(copy.format(sql.Identifier(name), sql.Identifier(template())))
    try:
        yield urllib.parse.urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            with suppress(psycopg.OperationalError):
                server.execute(drop)


def _answers(port: int) -> bool:
    with (
        suppress(OSError),
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/live") as found,
    ):
        return bool(found.status == 200)
    return False
