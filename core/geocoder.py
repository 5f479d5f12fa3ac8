"""The address at a point, by the service of the settings (GEOCODER_URL). Workers ask it, no request.

What goes out is the point and nothing else. What comes back is not trusted: so many bytes, within so
many seconds, from the host that was asked, and an address close to the point.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.cache import cache

from core.geo import metres_between
from core.text import is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECT_SECONDS, ANSWER_SECONDS = 3, 10
MOST_BYTES = 64 * 1024
MOST_METRES = 50  # farther from the point it is the address of something else
MOST_CHARACTERS = 200
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
OK = 200
# After a failure nobody asks for so long: a service that hangs holds up what else there is to do.
REST_SECONDS, RESTING = 60, "core.geocoder.resting"


class GeocoderError(Exception):
    """No answer now. The words are our own: those of the service may repeat the point."""


def is_usable(address: str) -> bool:
    """Whole and over https, or on this machine."""
    try:
        url = urlsplit(address)
        _port = url.port
    except ValueError:
        return False
    near = url.scheme == "http" and url.hostname in LOOPBACK
    return bool(url.hostname) and (url.scheme == "https" or near) and not url.username


def address_at(latitude: float, longitude: float) -> str:
    """The address nearest to a point; nothing where none is near."""
    if cache.get(RESTING):
        message = "It failed just now; it rests for a minute."
        raise GeocoderError(message)
    try:
        found = _places(_asked(latitude, longitude))
    except GeocoderError:
        cache.set(RESTING, 1, REST_SECONDS)
        raise
    near = ((metres_between((latitude, longitude), at), text) for text, at in found)
    _metres, text = min((row for row in near if row[0] <= MOST_METRES), default=(0, ""))
    return text


def _asked(latitude: float, longitude: float) -> bytes:
    url = urlsplit(settings.GEOCODER_URL)
    if not is_usable(settings.GEOCODER_URL):
        message = "GEOCODER_URL is no address over https."
        raise GeocoderError(message)
    query = f"latlon={latitude:.6f},{longitude:.6f}&c=1"
    with _judging(), contextlib.closing(_line(url)) as line:
        line.connect()
        line.sock.settimeout(ANSWER_SECONDS)
        with _cut_off_after(ANSWER_SECONDS, line.sock):
            line.request(
                "GET", f"{url.path or '/'}?{query}", headers={"Accept": "application/json"}
            )
            return _read(line.getresponse())


def _line(url: SplitResult) -> http.client.HTTPConnection:
    """It follows no redirect to anywhere."""
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    return kind(str(url.hostname), url.port, timeout=CONNECT_SECONDS)


def _read(answer: http.client.HTTPResponse) -> bytes:
    if answer.status != OK:
        message = f"It answered with status {answer.status}."
        raise GeocoderError(message)
    content = answer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        message = "It answered with more than an address."
        raise GeocoderError(message)
    return content


@contextlib.contextmanager
def _cut_off_after(seconds: float, line: socket.socket) -> Iterator[None]:
    """A service that sends a letter now and then stays within the times of a socket for ever."""

    def cut() -> None:
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextlib.contextmanager
def _judging() -> Iterator[None]:
    try:
        yield
    except TimeoutError:
        message = "It did not answer in time."
        raise GeocoderError(message) from None
    except (OSError, http.client.HTTPException) as error:
        message = f"The connection failed ({type(error).__name__})."
        raise GeocoderError(message) from None


def _places(content: bytes) -> list[tuple[str, tuple[float, float]]]:
    """Each address with its point, as "Geolocation" of Digitaal Vlaanderen answers."""
    try:
        rows = json.loads(content)["LocationResult"]
        return [_place(row) for row in rows]
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
        message = "It answered in a way that we do not know."
        raise GeocoderError(message) from None


def _place(row: Any) -> tuple[str, tuple[float, float]]:
    text, at = row["FormattedAddress"], row["Location"]
    if not isinstance(text, str) or any(is_hidden(char) for char in text):
        raise TypeError
    return " ".join(text.split())[:MOST_CHARACTERS], (
        float(at["Lat_WGS84"]),
        float(at["Lon_WGS84"]),
    )
