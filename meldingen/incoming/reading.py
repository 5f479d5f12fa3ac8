"""From the bytes of a mail to what we use of it. Nothing here trusts what it reads."""

from __future__ import annotations

import email
import hashlib
import re
from dataclasses import dataclass, field
from email.message import Message
from email.utils import collapse_rfc2231_value, getaddresses
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from meldingen.incoming import plain
from meldingen.incoming.decoding import as_text, cleaned, header
from meldingen.models import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 25 * 1024 * 1024
MOST_HEADERS = 256 * 1024  # bytes before the first empty line
MOST_DEPTH, MOST_PARTS = 20, 200
MOST_BOUNDARIES, MOST_DIVIDERS = 100, 5000  # looked for before the parser sees it
MOST_TEXT = 100_000  # characters that we keep
MOST_FILES = 20  # that we look at; more stand in the mail itself
LOGO_BYTES = 20_000  # a smaller picture within the text is a signature's
BOUNDARY = re.compile(rb"boundary\s*\*?\d*\*?\s*=", re.IGNORECASE)


class UnreadableError(Exception):
    """A mail that we do not try to read, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a mail server says of a mail of ours."""

    is_final: bool
    message_ids: tuple[str, ...]  # of the mail that came back
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as we use it."""

    message_id: str
    sender: str  # the bare address in small letters; empty when there is none that works
    name: str
    subject: str
    text: str  # all of it
    sent: str  # the header as it stands
    headers: Message = field(repr=False)
    attachments: tuple[Attachment, ...] = ()
    overlooked: int = 0  # attachments beyond what we look at
    bounce: Bounce | None = None

    @property
    def words(self) -> str:
        return plain.own_words(self.text, subject=self.subject)

    def all(self, name: str) -> str:
        """Every header of that name, in small letters."""
        return " ".join(header(value) for value in self.headers.get_all(name, [])).lower()

    @property
    def fingerprint(self) -> str:
        """The same for the same mail, by whatever way and in whatever mailbox it came."""
        told = [self.message_id, self.sender, self.sent, self.subject, self.text]
        told += [hashlib.sha256(one.content).hexdigest() for one in self.attachments]
        return hashlib.sha256("\x1f".join(told).encode()).hexdigest()


def read(raw: bytes) -> Letter:
    """Read it, or say why not."""
    _refuse_monsters(raw)
    try:
        message = email.message_from_bytes(raw)
        parts = list(_parts(message))
    except RecursionError:
        raise UnreadableError(Reason.NESTED) from None
    name, sender = _sender(message)
    text = _text(parts)
    files, overlooked = _files(parts)
    return Letter(
        message_id=header(message["Message-ID"]).strip("<> "),
        sender=sender,
        name=name,
        subject=header(message["Subject"])[:200],
        text=text[:MOST_TEXT],
        sent=header(message["Date"]),
        headers=message,
        attachments=files,
        overlooked=overlooked,
        bounce=_bounce(message, parts),
    )


def _refuse_monsters(raw: bytes) -> None:
    """What would take the parser minutes is seen from the bytes."""
    if len(raw) > MOST_BYTES:
        raise UnreadableError(Reason.SIZE)
    ends = [at for at in (raw.find(b"\n\n"), raw.find(b"\n\r\n")) if at >= 0]
    if min(ends, default=len(raw)) > MOST_HEADERS:
        raise UnreadableError(Reason.HEADERS)
    if len(BOUNDARY.findall(raw)) > MOST_BOUNDARIES or raw.count(b"\n--") > MOST_DIVIDERS:
        raise UnreadableError(Reason.NESTED)


def _parts(message: Message) -> Iterator[Message]:
    """Every part that holds something, in order; not by recursion, and not without end."""
    todo: list[tuple[Any, int]] = [(message, 0)]
    seen = 0
    while todo:
        part, depth = todo.pop()
        seen += 1
        if depth > MOST_DEPTH or seen > MOST_PARTS:
            raise UnreadableError(Reason.NESTED)
        yield part
        if part.is_multipart():
            todo += [(child, depth + 1) for child in reversed(part.get_payload())]


def _sender(message: Message) -> tuple[str, str]:
    """Who wrote it, by the first address that can be one."""
    given = [str(value) for value in message.get_all("From", [])]
    try:
        found = getaddresses([value[:1000] for value in given])
    except (ValueError, IndexError):
        found = []
    for name, address in found:
        bare = cleaned(header(address)).strip().lower()
        try:
            validate_email(bare)
        except ValidationError:
            continue
        if len(bare) <= 254:  # noqa: PLR2004 - what the field holds
            return header(name).strip("\"' ")[:150], bare
    return "", ""


def _text(parts: list[Message]) -> str:
    """The best part there is: plain text, else the words of the HTML."""
    bodies = [part for part in parts if not part.is_multipart() and not _is_file(part)]
    for part in bodies:
        if part.get_content_type() == "text/plain" and (told := _decoded(part).strip()):
            return told
    for part in bodies:
        if part.get_content_type() == "text/html" and (told := plain.of_html(_decoded(part))):
            return told
    return ""


def _decoded(part: Message) -> str:
    charset = part.get_param("charset", "utf-8")
    return cleaned(as_text(_payload(part), collapse_rfc2231_value(charset or "utf-8")))


def _payload(part: Message) -> bytes:
    """The bytes of a part; broken base64 gives what could be read of it."""
    try:
        found: Any = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        found = None
    return found if isinstance(found, bytes) else b""


def _is_file(part: Message) -> bool:
    if part.get_content_disposition() == "attachment":
        return True
    return part.get_content_maintype() not in {"text", "multipart", "message"} or bool(_name(part))


def _name(part: Message) -> str:
    """The name of a file, in the three ways in which programs write it."""
    try:
        return header(part.get_filename())[:200]
    except (ValueError, LookupError, TypeError):
        return ""


def _files(parts: list[Message]) -> tuple[tuple[Attachment, ...], int]:
    files = [part for part in parts if not part.is_multipart() and _is_file(part)]
    found = [
        Attachment(_name(part) or _nameless(part), _payload(part)) for part in files[:MOST_FILES]
    ]
    logos = [_is_inline(part) for part in files[:MOST_FILES]]
    kept = [
        one
        for one, inline in zip(found, logos, strict=True)
        if not (inline and len(one.content) < LOGO_BYTES)
    ]
    return tuple(kept), max(len(files) - MOST_FILES, 0)


def _is_inline(part: Message) -> bool:
    inline = part.get_content_disposition() == "inline" or bool(part["Content-ID"])
    return inline and part.get_content_maintype() == "image"


def _nameless(part: Message) -> str:
    endings = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
    return f"bijlage{endings.get(part.get_content_type(), '')}"


# --- What came back -----------------------------------------------------------------------------


def _bounce(message: Message, parts: list[Message]) -> Bounce | None:
    is_report = message.get_content_type() == "multipart/report"
    told = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if not (is_report and told):
        return None
    fields = [block for part in told for block in _blocks(part)]
    actions = {header(block["Action"]).lower() for block in fields}
    statuses = [header(block["Status"]) for block in fields]
    people = [header(block[name]) for block in fields for name in RECIPIENTS if block[name]]
    return Bounce(
        is_final="failed" in actions and not all(one.startswith("4") for one in statuses if one),
        message_ids=tuple(_returned_ids(message, parts)),
        addresses=tuple(one.rpartition(";")[2].strip().lower() for one in people),
    )


RECIPIENTS = ("Final-Recipient", "Original-Recipient")
RETURNED = frozenset({"text/rfc822-headers", "message/rfc822-headers"})


def _blocks(part: Message) -> list[Message]:
    payload: Any = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _returned_ids(message: Message, parts: list[Message]) -> Iterator[str]:
    for part in parts:
        if part.get_content_type() in RETURNED:
            part = email.message_from_bytes(_payload(part))  # noqa: PLW2901
        if part is not message and part["Message-ID"]:
            yield header(part["Message-ID"]).strip("<> ")
