"""What somebody wrote, without the markup, the mail they answer to and what stands below it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MOST_HTML = 500_000  # characters; nobody types more
SILENT = frozenset({"script", "style", "head", "title", "noscript", "template", "svg", "math"})
BLOCKS = frozenset({
    "address", "article", "blockquote", "div", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul",
})  # fmt: skip

PREFIX = re.compile(
    r"^(?:(?:re|fw|fwd|aw|antw|tr|wg|doorst|rép|ref)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE
)
FORWARD = re.compile(r"^\s*(?:re\s*:\s*)*(?:fw|fwd|tr|wg|doorst)\s*:", re.IGNORECASE)
DIVIDER = re.compile(
    r"^[-_* ]{2,}\s*(?:oorspronkelijk bericht|original message|message d'origine|"
    r"ursprüngliche nachricht)\s*[-_* ]*$",
    re.IGNORECASE,
)
# "Op ma 3 nov 2026 om 10:00 schreef Jan <…>:", also broken over two lines.
WROTE = re.compile(
    r"^(?:op|on|le|am)\b.{3,200}\b(?:schreef|wrote|a écrit|schrieb)\b.{0,200}:$", re.IGNORECASE
)
FROM_LINE = re.compile(r"^\*?(?:van|from|de|von)\s*:\*?\s*\S", re.IGNORECASE)
SENT_LINE = re.compile(r"^\*?(?:verzonden|sent|envoyé|gesendet|datum|date)\s*:", re.IGNORECASE)
SIGNED = re.compile(
    r"^(?:-- ?|(?:verstuurd|verzonden|sent|envoyé|gesendet) (?:vanaf|vanuit|met|from|depuis|de mon|"
    r"à partir de|von)\b.{0,60}|outlook voor (?:ios|android).{0,60}|get outlook for .{0,40})$",
    re.IGNORECASE,
)


class _Reader(HTMLParser):
    """The words alone: nothing is fetched, nothing runs, nothing is kept of the markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in SILENT:
            self.silent += 1
        elif tag == "br" or tag in BLOCKS:
            self.words.append("\n- " if tag == "li" else "\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "br" or tag in BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(re.sub(r"\s+", " ", data))


def of_html(markup: str) -> str:
    reader = _Reader()
    reader.feed(markup[:MOST_HTML])
    reader.close()
    lines = [line.strip() for line in "".join(reader.words).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def own_words(text: str, *, subject: str = "") -> str:
    """Without the mail that is answered and without what stands below it; all, if nothing is left.

    What is passed on ("Fw:") is what the sender has to say.
    """
    lines = text.split("\n")
    end = len(lines)
    if not FORWARD.match(subject):
        end = next((n for n in range(len(lines)) if _begins_history(lines, n)), end)
    kept = [line for line in lines[:end] if not line.startswith(">")]
    signed = (n for n, line in enumerate(kept) if n and SIGNED.match(line.strip("\t\r")))
    mine = re.sub(r"\n{3,}", "\n\n", "\n".join(kept[: next(signed, None)])).strip()
    return mine or text.strip()


def _begins_history(lines: list[str], at: int) -> bool:
    line = lines[at].strip()[:400]
    if DIVIDER.match(line):
        return True
    if FROM_LINE.match(line):
        return any(SENT_LINE.match(other.strip()) for other in lines[at + 1 : at + 5])
    if not line[:3].lower().startswith(("op ", "on ", "le ", "am ")):
        return False
    following = lines[at + 1].strip()[:200] if at + 1 < len(lines) else ""
    return bool(WROTE.match(line) or WROTE.match(f"{line} {following}"))


def bare_subject(subject: str) -> str:
    """Without what mail programs put before it."""
    return PREFIX.sub("", subject).strip()


# --- Which language -----------------------------------------------------------------------------

DUTCH = frozenset(["de", "het", "een", "en", "ik", "we", "wij", "van", "is", "niet", "op", "dat", "er", "te", "voor", "met", "aan", "bij", "ligt", "staat", "al", "ook", "dag", "beste", "geachte", "groeten", "onze", "straat", "graag"])  # fmt: skip
FRENCH = frozenset(["le", "la", "les", "un", "une", "et", "je", "nous", "de", "des", "du", "est", "pas", "que", "il", "y", "pour", "avec", "dans", "sur", "bonjour", "merci", "madame", "monsieur", "rue", "cordialement", "vous", "ce", "cette", "depuis", "devant"])  # fmt: skip
CLEAR = 3  # so many more words of the one than of the other


def is_french(text: str) -> bool:
    """Only when that is clear: who is not clear is answered in Dutch."""
    words = re.findall(r"[a-zà-ÿ]+", text.lower()[:5000])
    french = sum(word in FRENCH and word not in DUTCH for word in words)
    dutch = sum(word in DUTCH and word not in FRENCH for word in words)
    return french >= dutch + CLEAR
