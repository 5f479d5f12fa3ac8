"""A service that gives tokens and says whose they are, on loopback, for one test."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from tests.serving import serving

USER = "meldpunt"


@dataclass
class TokenService:
    """What it was asked, which tokens it knows, and how it behaves."""

    address: str = ""
    given: list[str] = field(default_factory=list)
    valid: set[str] = field(default_factory=set)
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    answer: Callable[[], tuple[int, bytes]] | None = None
    slow: float = 0.0
    lasts: int = 3600

    @property
    def token_url(self) -> str:
        return f"{self.address}/token"

    @property
    def introspection(self) -> str:
        return f"{self.address}/whose"

    def give(self) -> tuple[int, bytes]:
        token = f"token-{len(self.given)}"
        self.given.append(token)
        self.valid.add(token)
        return 200, json.dumps({"access_token": token, "expires_in": self.lasts}).encode()

    def whose(self, token: str) -> tuple[int, bytes]:
        found = {"active": token in self.valid, "username": USER}
        return 200, json.dumps(found).encode()


@contextmanager
def token_service() -> Iterator[TokenService]:
    service = TokenService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            told = parse_qs(body)
            if self.path == "/whose":
                self._say(*service.whose(told.get("token", [""])[0]))
                return
            service.asked.append(told)
            time.sleep(service.slow)
            self._say(*(service.answer or service.give)())

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.address = f"http://127.0.0.1:{server.server_port}"
    with serving(server):
        yield service
