"""The words between braces in a standard text, and what they become."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# What each stands for, with what it looks like in an example.
EXAMPLES = {
    "ref": "ZAN-2026-00421",
    "gemeente": "Zandrode",
    "categorie": "Sluikstort",
    "plaats": "Glasbol De Linde",
    "dienst": "Openbaar domein",
    "datum": "21/11/2026",
    "norm": "26/11/2026",
    "reden": "Opgelost.",
    "link": "https://meldingen.example/volg/",
}
_WORD = re.compile(r"\{([a-z_]+)\}")


def unknown(text: str) -> list[str]:
    """What stands between braces and means nothing, a lost brace included; each once."""
    strange = [name for name in _WORD.findall(text) if name not in EXAMPLES]
    rest = _WORD.sub("", text)
    strange += re.findall(r"\{[^{}]*\}|[{}]", rest)
    return list(dict.fromkeys(strange))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its words filled in; a value is never read as a text with words of its own."""
    return _WORD.sub(lambda found: values.get(found[1], found[0]), text)
