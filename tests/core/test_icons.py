"""The list of icons and the templates agree."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.template import Context, Template

from core import icons

USE = re.compile(r"""\{%\s*icon\s+["']([a-z0-9-]+)["']""")
MENTION = re.compile(r"""["']([a-z0-9-]+)["']""")


def texts(*patterns: str) -> str:
    files = [path for pattern in patterns for path in settings.BASE_DIR.glob(pattern)]
    return "\n".join(path.read_text() for path in files if path.name != "icons.py")


def test_every_icon_in_a_template_is_in_the_list() -> None:
    assert set(USE.findall(texts("templates/**/*.html"))) <= icons.ICONS


def test_no_icon_in_the_list_is_without_use() -> None:
    apps = (
        "core",
        "accounts",
        "reminders",
        "partners",
        "plans",
        "mails",
        "meetings",
        "meldingen",
        "evaluations",
        "reports",
        "ivcentrum",
    )
    code = texts("templates/**/*.html", *(f"{app}/**/*.py" for app in apps))
    assert icons.ICONS - set(MENTION.findall(code)) == set()


def test_an_unknown_icon_is_refused_when_the_page_is_drawn() -> None:
    with pytest.raises(ValueError, match="bestaat-niet"):
        Template('{% icon "bestaat-niet" %}').render(Context())


def test_an_icon_is_hidden_from_screen_readers() -> None:
    drawn = Template('{% icon "plus" %}').render(Context())

    assert 'aria-hidden="true"' in drawn
    assert drawn.endswith('icons/sprite.svg#plus"/></svg>')


def test_the_sprite_holds_every_icon_once() -> None:
    sprite = icons.sprite(icons.source_folder())

    assert re.findall(r'<symbol id="([^"]+)"', sprite) == sorted(icons.ICONS)
    assert "style=" not in sprite


def test_a_file_that_is_no_icon_is_refused() -> None:
    with pytest.raises(ValueError, match="plus"):
        icons.symbol("plus", "<html></html>")
