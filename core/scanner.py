"""The virus scanner of the installation, where it has one: clamd behind a socket."""

from __future__ import annotations

import enum
import socket
import struct
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECT_SECONDS, ANSWER_SECONDS = 3, 10
CHUNK, LONGEST_ANSWER = 64 * 1024, 4096  # bytes


class Found(enum.Enum):
    NOTHING = "nothing"
    VIRUS = "virus"
    NO_ANSWER = "no answer"  # it has to wait: what was not scanned goes nowhere


def scan(content: bytes) -> Found:
    """What the scanner says; an installation without one has nothing scanned."""
    if not settings.CLAMAV_SOCKET:
        return Found.NOTHING
    try:
        answer = _asked(settings.CLAMAV_SOCKET, content)
    except OSError:
        return Found.NO_ANSWER
    if answer.endswith(b" FOUND"):
        return Found.VIRUS
    return Found.NOTHING if answer == b"stream: OK" else Found.NO_ANSWER


def _asked(address: str, content: bytes) -> bytes:
    with _connected(address) as line:
        line.settimeout(ANSWER_SECONDS)
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            line.sendall(struct.pack("!I", len(part)) + part)
        line.sendall(struct.pack("!I", 0))
        return b"".join(_parts(line)).rstrip(b"\0\n")


def _parts(line: socket.socket) -> Iterator[bytes]:
    got = 0
    while got < LONGEST_ANSWER and (part := line.recv(1024)):
        got += len(part)
        yield part


def _connected(address: str) -> socket.socket:
    """To `tcp://host:3310`, or to the path of a socket on this machine."""
    if address.startswith("tcp://"):
        host, _colon, port = address.removeprefix("tcp://").rpartition(":")
        return socket.create_connection((host, int(port)), timeout=CONNECT_SECONDS)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(CONNECT_SECONDS)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line
