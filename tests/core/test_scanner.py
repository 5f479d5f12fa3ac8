"""The virus scanner: asked over a real socket, and nothing passes that it did not see."""

from __future__ import annotations

import socketserver
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from core import scanner
from core.scanner import Found
from core.uploads import clean_upload
from tests.serving import serving

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


class Clamd(socketserver.BaseRequestHandler):
    """As much of clamd as INSTREAM takes: what holds EICAR is found."""

    def handle(self) -> None:
        line = self.request.makefile("rwb")
        assert line.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", line.read(4))[0]:
            content += line.read(size)
        answer = b"stream: Eicar FOUND\0" if b"EICAR" in content else b"stream: OK\0"
        line.write(b"stream: size limit exceeded. ERROR\0" if b"LONG" in content else answer)
        line.flush()


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


@pytest.fixture
def clamd(tmp_path: Path, settings: Settings) -> Iterator[str]:
    settings.CLAMAV_SOCKET = str(tmp_path / "clamd")
    with serving(Server(settings.CLAMAV_SOCKET, Clamd)):
        yield settings.CLAMAV_SOCKET


@pytest.mark.usefixtures("clamd")
def test_the_scanner_says_what_it_found() -> None:
    assert scanner.scan(b"x" * 200_000) is Found.NOTHING
    assert scanner.scan(b"EICAR") is Found.VIRUS
    assert scanner.scan(b"LONG") is Found.NO_ANSWER


def test_over_the_network_too(settings: Settings) -> None:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd)
    with serving(server):
        settings.CLAMAV_SOCKET = f"tcp://127.0.0.1:{server.server_address[1]}"
        assert scanner.scan(b"EICAR") is Found.VIRUS


@pytest.mark.usefixtures("clamd")
def test_a_virus_is_refused_before_it_is_opened() -> None:
    with pytest.raises(ValidationError, match="weigert dit bestand"):
        clean_upload(SimpleUploadedFile("a.pdf", PDF + b"EICAR"), may_wait=True)
    assert clean_upload(SimpleUploadedFile("a.pdf", PDF)).is_scanned


def test_a_scanner_that_is_down_lets_nothing_pass(settings: Settings, tmp_path: Path) -> None:
    settings.CLAMAV_SOCKET = str(tmp_path / "nobody")

    with pytest.raises(ValidationError, match="antwoordt niet"):
        clean_upload(SimpleUploadedFile("a.pdf", PDF))
    assert not clean_upload(SimpleUploadedFile("a.pdf", PDF), may_wait=True).is_scanned


def test_without_a_scanner_nothing_is_scanned(settings: Settings) -> None:
    settings.CLAMAV_SOCKET = ""

    assert scanner.scan(b"EICAR") is Found.NOTHING
