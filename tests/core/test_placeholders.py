"""Words between braces: which are known, and what they become."""

from __future__ import annotations

import pytest

from core.placeholders import fill, unknown, used


@pytest.mark.parametrize(("text", "strange"), [
    ("Uw melding {ref}.", []), ("{naam} {ref} {naam}", ["naam"]), ("{", ["{"]),
    ("{Ref}", ["{Ref}"]), ("{ref}}", ["}"]), ("{0.__class__}", ["{0.__class__}"]),
])  # fmt: skip
def test_a_word_that_is_never_filled_in_is_told(text: str, strange: list[str]) -> None:
    assert unknown(text, {"ref", "reden"}) == strange


def test_a_value_is_not_read_as_a_text() -> None:
    assert fill("{reden} {ref}", {"reden": "{ref}", "ref": "Z-1"}) == "{ref} Z-1"


def test_what_a_text_asks_for_is_told_once() -> None:
    assert used("{ref} en {naam}, {ref}") == ["ref", "naam"]
