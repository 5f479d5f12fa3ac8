"""HTML in, tagged PDF (PDF/UA-1) out. Nothing is fetched: only `data:` and a fixed list of our own."""

from __future__ import annotations

import contextlib
import gc
import io
import logging
import re
import resource
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from core.colours import ink_on

logger = logging.getLogger(__name__)

# What a document may name, by a scheme of our own that no browser knows.
SCHEME = "house:"
_INTER = "node_modules/@fontsource-variable/inter/files"
FILES = {
    "house:inter.woff2": f"{_INTER}/inter-latin-wght-normal.woff2",
    "house:inter-ext.woff2": f"{_INTER}/inter-latin-ext-wght-normal.woff2",
}
MEMORY_LIMIT = 1_500_000_000  # bytes of address space while a document is made
# WeasyPrint makes very many objects that live until the end: looking for garbage only costs time.
GC_THRESHOLD = 50_000
OPTIONS = {"pdf_variant": "pdf/ua-1"}


class RefusedError(ValueError):
    """A document asked for something that is not on the list."""


@lru_cache(maxsize=1)
def _fetcher_class() -> type[Any]:
    # WeasyPrint takes a second to import and only workers need it.
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class HouseFetcher(URLFetcher):  # type: ignore[misc]
        """Serve the files of the list and what a document carries itself; refuse all else."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=["data"], allow_redirects=False)

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url in FILES:
                return URLFetcherResponse(url, _font(FILES[url]), {"Content-Type": "font/ttf"})
            if url[:5].lower() == "data:":
                return super().fetch(url, headers)
            logger.warning("a document asked for an address that is not served")
            message = f"not served: {url[:80]}"
            raise RefusedError(message)

    return HouseFetcher


@lru_cache(maxsize=len(FILES))
def _font(path: str) -> bytes:
    """A font of ours, unpacked: WeasyPrint would do that for each document, a quarter of a second."""
    from fontTools.ttLib import woff2

    unpacked = io.BytesIO()
    woff2.decompress(io.BytesIO((settings.BASE_DIR / path).read_bytes()), unpacked)
    return unpacked.getvalue()


def fetcher() -> Any:
    return _fetcher_class()()


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished document."""

    content: bytes
    pages: int


def render_pdf(html: str, *, css: str, identifier: str = "") -> Pdf:
    """Make the PDF of a finished page, with bookmarks, tags, title and language."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    own, fonts = fetcher(), FontConfiguration()
    with _garbage_frozen(), _memory_limited():
        sheet = CSS(string=css, url_fetcher=own, font_config=fonts, base_url=SCHEME)
        page = HTML(string=html, url_fetcher=own, base_url=SCHEME)
        document = page.render(font_config=fonts, stylesheets=[sheet], **OPTIONS)
        content: bytes = document.write_pdf(pdf_identifier=identifier.encode() or None, **OPTIONS)
    return Pdf(content, len(document.pages))


def style(name: str) -> str:
    """One of the house's style sheets for paper."""
    path: Path = settings.BASE_DIR / "static" / "css" / name
    return path.read_text(encoding="utf-8")


HEX = re.compile(r"#[0-9a-fA-F]{6}")
DEFAULT_COLOUR = "#0b5cad"


def safe_colour(colour: str) -> str:
    """Anything that is not a colour never reaches a style sheet."""
    return colour if HEX.fullmatch(colour) else DEFAULT_COLOUR


def house_style(colour: str, *names: str) -> str:
    """The look of the house on paper, in the colour of the municipality, then these sheets."""
    safe = safe_colour(colour)
    root = f":root {{ --brand: {safe}; --brand-ink: {ink_on(safe)}; }}\n"
    return root + "\n".join(style(name) for name in ("paper.css", *names))


@contextlib.contextmanager
def _garbage_frozen() -> Iterator[None]:
    before, settled = gc.get_threshold(), gc.get_freeze_count()
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        if not settled:  # else all that was set apart at the start would be searched again
            gc.unfreeze()


@contextlib.contextmanager
def _memory_limited() -> Iterator[None]:
    """Let a document that eats all memory fail with an error, and the worker live on."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_LIMIT + _address_space()
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space() -> int:
    """What this process holds already, in bytes; the limit counts from there."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()
