"""The small marks of the house."""

from __future__ import annotations

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from core.templatetags.house import badge, initials, pages_around, progress


def test_a_badge_is_a_word_on_a_tint() -> None:
    assert badge("Lopend", "info") == '<span class="badge" data-tone="info">Lopend</span>'


def test_a_badge_keeps_text_text() -> None:
    assert "<b>" not in badge("<b>Lopend</b>", "info")


def test_a_long_badge_may_break() -> None:
    assert 'class="badge is-long"' in badge("Gedeeltelijk gerealiseerd", "ok")


def test_a_tone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="paars"):
        badge("Lopend", "paars")


def test_progress_is_a_bar_and_a_number() -> None:
    html = progress(62, "Voortgang van A1.1")

    assert 'value="62"' in html
    assert 'aria-label="Voortgang van A1.1"' in html
    assert "62\u202f%" in html


def test_unknown_progress_is_a_dash() -> None:
    assert "–" in progress(None, "Voortgang")
    assert "<progress" not in progress(None, "Voortgang")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Els Peeters", "EP"),
        ("Jan Van den Berg", "JB"),
        ("Systeem", "S"),
        ("", "?"),
        ("Adjunct (demo)", "A"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_changing_one_parameter_keeps_the_others(rf: RequestFactory) -> None:
    template = Template("{% with_query page=2 sort=None %}")
    request = rf.get("/", {"q": "a&b", "page": "9", "sort": "code"})

    assert template.render(Context({"request": request})) == "?q=a%26b&amp;page=2"


def test_a_long_list_shows_its_ends_and_what_is_near() -> None:
    assert pages_around(Paginator(range(600), 50), 6) == [1, 0, 5, 6, 7, 0, 12]
