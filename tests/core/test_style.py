"""The house style keeps its promises: readable, small, and nothing inline."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from tests.conftest import World

CSS = settings.BASE_DIR / "static" / "css"
PAGES = sorted(settings.BASE_DIR.glob("templates/**/*.html"))
# What is set for paper is no page: WeasyPrint reads it from our own folder. Nor is a mail, which
# carries its style along.
SCREEN = [page for page in PAGES if page.parent.name not in {"reports", "parts", "paper", "mail"}]
PAIR = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)")
TONES = ("ok", "info", "warn", "danger", "plum", "mute")
READ_ON = [
    *((ink, ground) for ink in ("ink", "soft") for ground in ("ground", "surface", "sunken")),
    *((tone, f"{tone}-tint") for tone in TONES),
    *((tone, "surface") for tone in TONES),
    ("soft", "mute-tint"),
]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    pairs = [digits[i : i + 2] for i in (0, 2, 4)] if len(digits) == 6 else [c * 2 for c in digits]
    parts = [int(pair, 16) / 255 for pair in pairs]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(scope="module")
def tokens() -> dict[str, tuple[str, str]]:
    return {
        name: (light, dark) for name, light, dark in PAIR.findall((CSS / "tokens.css").read_text())
    }


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READ_ON)
def test_text_is_readable(
    tokens: dict[str, tuple[str, str]], ink: str, ground: str, theme: int
) -> None:
    assert contrast(tokens[ink][theme], tokens[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("mark", ["line-strong", *(f"{tone}-solid" for tone in TONES)])
def test_what_is_no_text_can_be_seen(
    tokens: dict[str, tuple[str, str]], mark: str, theme: int
) -> None:
    assert contrast(tokens[mark][theme], tokens["surface"][theme]) >= 3


def zipped(*paths: Path | str) -> int:
    return sum(len(gzip.compress(Path(path).read_bytes())) for path in paths)


def sheets() -> list[Path]:
    html = (settings.BASE_DIR / "templates/core/styles.html").read_text()
    return [CSS / name for name in re.findall(r"'css/([a-z]+\.css)'", html)]


def test_the_style_sheets_stay_small() -> None:
    assert len(sheets()) == 8
    assert zipped(*sheets()) <= 20_000


def test_the_scripts_of_a_page_stay_small() -> None:
    html = (settings.BASE_DIR / "templates/core/scripts.html").read_text()
    names = [*re.findall(r"'(js/[a-z]+\.js)'", html), "django_htmx/htmx-2.min.js"]
    found = [finders.find(name) for name in names]

    assert None not in found
    assert zipped(*(path for path in found if path)) <= 40_000


@pytest.mark.parametrize("page", SCREEN, ids=lambda page: str(page.relative_to(settings.BASE_DIR)))
def test_no_page_carries_script_or_style_inline(page: Path) -> None:
    html = page.read_text()

    assert not re.search(r"""\sstyle=["']""", html)
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"""\s(on[a-z]+|hx-on[:a-z-]*)=["']""", html)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(settings.BASE_DIR)))
def test_every_template_says_what_it_needs_and_stays_short(page: Path) -> None:
    html = page.read_text()

    assert "{% comment %}\nContext:" in html
    assert html.count("\n") <= 100


@pytest.mark.django_db
def test_the_style_page_shows_every_component(client: Client, world: World) -> None:
    client.force_login(next(iter(world.cast.values())))

    response = client.get(reverse("style"))

    assert response.status_code == 200
    html = response.content.decode()
    for piece in (
        "btn is-primary",
        "badge",
        "stat",
        "table",
        "pager",
        "filters",
        "tree",
        "timeline",
    ):
        assert f'class="{piece}' in html
    for piece in (
        "facts",
        "notice",
        "empty",
        "conflict",
        "error-summary",
        "chart",
        "steps",
        "menu",
    ):
        assert f'class="{piece}' in html


@pytest.mark.django_db
def test_the_style_page_is_for_people_who_signed_in(client: Client) -> None:
    assert client.get(reverse("style")).status_code == 302
