"""A geocoder on loopback, for one test: it answers as it is told, and remembers what was asked."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.serving import serving

STREET = "Dorpsplein 5, 9999 Zandrode"


def answer(latitude: float, longitude: float, address: str = STREET) -> bytes:
    """As "Geolocation" of Digitaal Vlaanderen writes it."""
    row = {
        "Municipality": "Zandrode", "Zipcode": "9999", "Thoroughfarename": "Dorpsplein",
        "Housenumber": "5", "ID": 1, "FormattedAddress": address,
        "Location": {"Lat_WGS84": latitude, "Lon_WGS84": longitude, "X_Lambert72": 1.0,
                     "Y_Lambert72": 1.0},
        "LocationType": "crab_huisnummer_afgeleidVanGebouw", "BoundingBox": {},
    }  # fmt: skip
    return json.dumps({"LocationResult": [row]}).encode()


@dataclass
class Geocoder:
    """How it behaves, and each path with its headers as they came."""

    content: bytes = b'{"LocationResult": []}'
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drips: float = 0.0  # seconds between two letters of its answer
    drops: bool = False
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    address: str = ""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    told: Geocoder

    def handle_error(self, *_words: Any) -> None:
        """What goes wrong here is what the test is about."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        told = self.server.told
        told.asked.append((self.path, dict(self.headers)))
        if told.drops:
            return
        self.send_response(told.status)
        for name, value in told.headers.items():
            self.send_header(name, value)
        self.end_headers()
        for letter in [bytes([one]) for one in told.content] if told.drips else [told.content]:
            self.wfile.write(letter)
            time.sleep(told.drips)

    def log_message(self, *_words: Any) -> None:
        """Nothing on the screen of the tests."""


@contextlib.contextmanager
def running() -> Iterator[Geocoder]:
    server = Server(("127.0.0.1", 0), Handler)
    server.told = Geocoder(address=f"http://127.0.0.1:{server.server_address[1]}/v4/Location")
    with serving(server):
        yield server.told
