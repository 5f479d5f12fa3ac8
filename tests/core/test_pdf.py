"""The PDF writer fetches nothing but what a document carries and the files on the house's list."""

from __future__ import annotations

import gc
import io
import resource
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pypdf import PdfReader

from core import memory, pdf
from tests.serving import serving

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


class Recorder(BaseHTTPRequestHandler):
    """A server that remembers who came, and sends each visitor on to a file of this machine."""

    visits: list[str] = []

    def do_GET(self) -> None:
        self.visits.append(self.path)
        self.send_response(302)
        self.send_header("Location", "file:///etc/hostname")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    Recorder.visits = []
    server = HTTPServer(("127.0.0.1", 0), Recorder)
    with serving(server):
        yield f"http://127.0.0.1:{server.server_port}"


def render(body: str, css: str = "", head: str = "") -> pdf.Pdf:
    html = f'<html lang="nl-BE"><head><title>T</title>{head}</head><body>{body}</body></html>'
    return pdf.render_pdf(html, css=css)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "http://127.0.0.1:9/x",
        "https://x.example/x",
        "ftp://x.example/x",
        "house:../../manage.py",
        "house:unknown",
        "/etc/passwd",
        "//x.example/x",
        "jar:file:///x",
        "",
    ],
)
def test_any_other_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"not served|Not an absolute"):
        pdf.fetcher().fetch(address)


@pytest.mark.parametrize("name", sorted(pdf.FILES))
def test_the_files_on_the_list_are_there(name: str) -> None:
    assert pdf.fetcher().fetch(name).read(4) == b"\0\1\0\0", "unpacked, once"


def test_what_a_document_carries_itself_is_read() -> None:
    assert pdf.fetcher().fetch(PIXEL).read(4) == b"\x89PNG"


def test_no_way_of_naming_a_file_makes_a_visit(site: str, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("NIET-MEEGEVEN")
    ways = "".join(
        f'<img alt="x" src="{address}"><object data="{address}">x</object>'
        f'<embed src="{address}"><p style="background: url({address})">x</p>'
        f'<a rel="attachment" href="{address}">x</a>'
        f'<svg><title>t</title><image href="{address}"/><use href="{address}#a"/></svg>'
        for address in (site, f"file://{secret}", str(secret))
    )
    head = "".join(
        f'<link rel="{kind}" href="{address}">'
        for kind in ("stylesheet", "attachment", "icon")
        for address in (site, f"file://{secret}")
    )
    css = f'@import url("{site}/css"); @font-face {{ font-family: x; src: url("{site}/font"); }}'

    made = render(ways, css=css, head=head)

    assert Recorder.visits == []
    reader = PdfReader(io.BytesIO(made.content))
    assert reader.attachments == {}
    assert b"NIET-MEEGEVEN" not in made.content


def test_an_image_that_carries_an_image_cannot_fetch_either(site: str) -> None:
    picture = f"<svg xmlns='http://www.w3.org/2000/svg'><image href='{site}/deep'/></svg>"

    render(f'<img alt="x" src="data:image/svg+xml,{picture}">'.replace("<svg", "%3Csvg"))

    assert Recorder.visits == []


@pytest.fixture
def unsettled() -> Iterator[None]:
    """A process that set nothing apart at its start, as a worker."""
    gc.unfreeze()
    yield
    memory.settle()


def test_what_was_set_apart_at_the_start_stays_so() -> None:
    memory.settle()
    before = gc.get_freeze_count()

    render("<p>x</p>")

    assert gc.get_freeze_count() >= before


@pytest.mark.usefixtures("unsettled")
def test_garbage_collection_and_memory_are_as_before() -> None:
    threshold, limit = gc.get_threshold(), resource.getrlimit(resource.RLIMIT_AS)

    render("<p>x</p>")

    assert gc.get_threshold() == threshold
    assert resource.getrlimit(resource.RLIMIT_AS) == limit
    assert gc.get_freeze_count() == 0


@pytest.mark.usefixtures("unsettled")
def test_they_are_as_before_after_a_failure_too(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr(pdf, "fetcher", lambda: "not a fetcher")

    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever WeasyPrint makes of it
        render('<img alt="x" src="house:inter.woff2">', css="@import url(house:x)")

    assert resource.getrlimit(resource.RLIMIT_AS) == limit
    assert gc.get_freeze_count() == 0


def test_a_document_that_eats_all_memory_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MEMORY_LIMIT", 50_000_000)

    with pdf._memory_limited(), pytest.raises(MemoryError):
        bytearray(200_000_000)


def test_it_counts_its_pages() -> None:
    assert render('<p>een</p><p style="break-before: page">twee</p>').pages == 2
