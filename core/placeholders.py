"""Words between braces in a text that people write themselves, and what they become."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

WORD = re.compile(r"\{([a-z_]+)\}")


def used(text: str) -> list[str]:
    """The words that a text asks to fill in, each once."""
    return list(dict.fromkeys(WORD.findall(text)))


def unknown(text: str, known: Collection[str]) -> list[str]:
    """What stands between braces and means nothing, a lost brace included; each once."""
    strange = [name for name in WORD.findall(text) if name not in known]
    rest = WORD.sub("", text)
    strange += re.findall(r"\{[^{}]*\}|[{}]", rest)
    return list(dict.fromkeys(strange))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its words filled in; a value is never read as a text with words of its own."""
    return WORD.sub(lambda found: values.get(found[1], found[0]), text)
