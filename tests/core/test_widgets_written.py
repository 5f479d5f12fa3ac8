"""A widget that is written by hand reads as Django's template draws it, whatever is in it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe

from core.forms_rendering import WRITTEN, HouseRenderer

EVIL = "\"><script>alert('x')</script>&amp;"
OPTIONS = [("", "–"), ("1", "Eén"), (EVIL, EVIL), (3, 3), ("veilig", mark_safe("<b>Vet</b>"))]
GROUPS = [("a", "Los"), (EVIL, [("1", "Eén"), ("2", EVIL)]), ("Leeg", [])]
ATTRS: list[dict[str, Any]] = [
    {}, {"id": "id_x", "class": "wide"}, {"required": True, "hidden": False, "rows": 3},
    {"data-x": EVIL, "id": EVIL}, {"data-x": mark_safe("a&amp;b"), "aria-describedby": ""},
]  # fmt: skip
VALUES = ["", None, "tekst", EVIL, mark_safe("a&amp;b"), 0, 12345, "\nregel", ["1", EVIL]]
ONE_VALUE = (
    forms.TextInput, forms.EmailInput, forms.PasswordInput, forms.HiddenInput, forms.URLInput,
    forms.Textarea, forms.CheckboxInput, forms.DateInput, forms.TimeInput, forms.DateTimeInput,
)  # fmt: skip
TO_CHOOSE = (
    forms.Select, forms.SelectMultiple, forms.NullBooleanSelect, forms.RadioSelect,
    forms.CheckboxSelectMultiple,
)  # fmt: skip


def tight(html: str) -> str:
    """Without the lines between tags, which Django's templates leave and ours do not."""
    return re.sub(r"\s+(?=<)", "", re.sub(r"\s+", " ", html))


def assert_same(widget: forms.Widget, value: Any, attrs: dict[str, Any]) -> None:
    ours, theirs = (
        widget.render("naam", value, attrs, renderer=renderer())
        for renderer in (HouseRenderer, TemplatesSetting)
    )
    assert tight(ours) == tight(theirs)


@pytest.mark.parametrize("attrs", ATTRS, ids=str)
@pytest.mark.parametrize("kind", ONE_VALUE)
def test_a_box_is_the_same(kind: type[forms.Widget], attrs: dict[str, Any]) -> None:
    for value in VALUES:
        assert_same(kind(), value, attrs)
    assert_same(kind(attrs={"class": EVIL}), dt.datetime(2026, 4, 12, 9, 30), attrs)  # noqa: DTZ001


@pytest.mark.ignore_template_errors  # Django's own ask for an id that may not be there
@pytest.mark.parametrize("options", [OPTIONS, GROUPS, []], ids=["plain", "grouped", "empty"])
@pytest.mark.parametrize("attrs", ATTRS, ids=str)
@pytest.mark.parametrize("kind", TO_CHOOSE)
def test_a_choice_is_the_same(
    kind: type[forms.Select], attrs: dict[str, Any], options: list[Any]
) -> None:
    for value in VALUES[: -1 if kind is forms.NullBooleanSelect else None]:  # no list of it
        widget = kind()
        widget.choices = options
        assert_same(widget, value, attrs)


def test_a_first_empty_line_of_a_text_is_kept() -> None:
    assert ">\n\nregel</textarea>" in forms.Textarea().render("x", "\nregel")


def test_each_that_is_written_is_a_template_of_django() -> None:
    for name in WRITTEN:
        TemplatesSetting().get_template(name)
