"""Rules of the house that no other tool looks at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

APPS = ("core", "accounts", "reminders", "partners", "plans", "reports", "ivcentrum", "demo")
ROOT: Path = settings.BASE_DIR


def lines_with(pattern: str, files: list[Path]) -> list[str]:
    found = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if found.search(line)
    ]


def python_files() -> list[Path]:
    return [path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))]


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize(
    "pattern",
    [
        r"\.delay\(|\.apply_async\(|\bsend_task\(",  # the outbox is the only way out
        r"\beta=|\bcountdown=",  # what is due follows from data
    ],
)
def test_no_code_talks_to_the_broker(pattern: str) -> None:
    assert lines_with(pattern, python_files()) == []


def test_no_template_trusts_text_that_people_wrote() -> None:
    assert lines_with(r"\|\s*safe\b|autoescape off", templates()) == []


def test_templates_hold_no_script_or_style_of_their_own() -> None:
    pages = [path for path in templates() if path.parent.name != "mail"]  # which brings its style
    assert lines_with(r"<style|\sstyle=|\son[a-z]+=\"|<script>", pages) == []


def test_the_search_itself_finds_what_it_looks_for() -> None:
    page = ROOT / "templates" / "base.html"
    assert lines_with(r"<html", [page])
