"""A text with words to fill in, as a mail shows it: in plain text and in HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, urlize
from django.utils.safestring import SafeString, mark_safe

from core.placeholders import WORD, fill

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Link:
    """An address that its reader opens: in plain text the address, in HTML these words upon it."""

    url: str
    label: str

    def __str__(self) -> str:
        return self.url


@dataclass(frozen=True, slots=True)
class Block:
    """A part that the product draws, such as a list: it stands in a paragraph of its own."""

    plain: str
    html: SafeString

    def __str__(self) -> str:
        return self.plain


Value = str | Link | Block
BLANK_LINES = re.compile(r"\n\s*\n")


def plain(text: str, values: Mapping[str, Value]) -> str:
    """What a mail program without HTML shows."""
    filled = fill(text, {name: str(value) for name, value in values.items()})
    lines = [line.rstrip() for line in filled.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def html(text: str, values: Mapping[str, Value]) -> SafeString:
    """The same in paragraphs. A link that stands alone becomes a button."""
    parts = (part.strip() for part in BLANK_LINES.split(text) if part.strip())
    return mark_safe("\n".join(_paragraph(part, values) for part in parts))  # noqa: S308 - escaped


def _paragraph(part: str, values: Mapping[str, Value]) -> str:
    alone = WORD.fullmatch(part)
    value = values.get(alone[1]) if alone else None
    if isinstance(value, Block):
        return value.html
    if isinstance(value, Link):
        return format_html('<p><a class="button" href="{}">{}</a></p>', value.url, value.label)
    drawn, end = "", 0
    for found in WORD.finditer(part):
        drawn += _typed(part[end : found.start()])
        drawn += _value(values.get(found[1], found[0]))
        end = found.end()
    drawn += _typed(part[end:])
    paragraphs = BLANK_LINES.split(drawn.strip())
    return "".join(f"<p>{one}</p>" for one in paragraphs).replace("\n", "<br>")


def _typed(text: str) -> str:
    """Addresses in it can be followed; whatever else it holds is text."""
    return urlize(text, autoescape=True)


def _value(value: Value) -> str:
    if isinstance(value, Link):
        return format_html('<a href="{}">{}</a>', value.url, value.label)
    return _typed(str(value))
