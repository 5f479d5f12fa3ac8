"""Bytes of strangers into text that we can keep: wrong charsets, broken headers, hidden marks."""

from __future__ import annotations

import email.errors
import unicodedata
from email.header import decode_header

from core.text import is_hidden

# What mail programs use. Python knows more, and some of those are slow or run wild on long input.
CHARSETS = frozenset({
    "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "koi8-r", "koi8-u", "gb2312", "gbk",
    "gb18030", "big5", "shift_jis", "iso-2022-jp", "euc-jp", "euc-kr", "cp437", "cp850", "cp1252",
    "macintosh", *(f"iso-8859-{n}" for n in range(1, 17)),
    *(f"windows-{n}" for n in (874, *range(1250, 1259))),
})  # fmt: skip
WESTERN = "cp1252"  # what says it is ASCII or Latin-1 is this, or UTF-8 under a wrong name
MOST_HEADER = 1000  # characters of one header that we look at


def as_text(raw: bytes, charset: str) -> str:
    """Whatever it says it is, it becomes text; UTF-8 is seldom anything else by chance."""
    told = charset.strip().strip("\"'").lower().replace("_", "-")
    told = {"shift-jis": "shift_jis", "latin-1": WESTERN, "latin1": WESTERN}.get(told, told)
    if told in {"us-ascii", "ascii", "iso-8859-1"}:
        told = WESTERN
    tries = [told, "utf-8"] if told.startswith(("utf-16", "iso-2022")) else ["utf-8", told]
    for name in tries:
        if name not in CHARSETS:
            continue
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode(WESTERN, "replace")


def cleaned(text: str) -> str:
    """Lines that end in one way, without NUL, control characters, bidi marks or lone surrogates."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    kept = "".join(char for char in plain if not is_hidden(char))
    return unicodedata.normalize("NFC", kept)


def header(value: object) -> str:
    """One line of a header as people read it (RFC 2047), whatever is wrong with it."""
    given = str(value or "")[:MOST_HEADER]
    try:
        parts = decode_header(given)
    except (email.errors.HeaderParseError, ValueError):
        parts = [(given, None)]
    words = [
        part if isinstance(part, str) else as_text(part, charset or "utf-8")
        for part, charset in parts
    ]
    return " ".join(cleaned("".join(words)).replace("\n", " ").replace("\t", " ").split())
