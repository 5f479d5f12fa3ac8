"""The mail server: IMAP over the standard library, with times that end."""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core.sealing import LostKeyError, seal, unseal
from meldingen.incoming.reading import MOST_BYTES
from meldingen.incoming.tokens import fetch
from meldingen.incoming.trouble import ANSWER_SECONDS, CONNECT_SECONDS, ServerTroubleError
from meldingen.models import Security, SignIn, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from meldingen.models import InboundMailbox

# IMAP writes months in English, whatever the machine speaks.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SIZE = re.compile(rb"RFC822\.SIZE (\d{1,15})")
VALIDITY = re.compile(r"\d{1,10}", re.ASCII)


class Folder:
    """The folder of a mailbox while it is open."""

    def __init__(self, imap: Any, mailbox: InboundMailbox, validity: int) -> None:
        self.imap, self.mailbox, self.validity = imap, mailbox, validity

    def uids(self) -> list[int]:
        """Every mail that stands there since the day from which we read, oldest first."""
        day = self.mailbox.since
        since = f"{day.day}-{MONTHS[day.month - 1]}-{day.year}"
        [found] = self._ask("SEARCH", "UNDELETED", "SINCE", since) or [b""]
        return sorted({int(word) for word in (found or b"").split() if word.isdigit()})

    def size(self, uid: int) -> int | None:
        """None when it is gone: somebody else moved it."""
        for part in self._ask("FETCH", str(uid), "(RFC822.SIZE)"):
            told = part[0] if isinstance(part, tuple) else part
            if told and (found := SIZE.search(told)):
                return int(found[1])
        return None

    def content(self, uid: int) -> bytes | None:
        """Without marking it as read; never more than we take."""
        asked = f"(BODY.PEEK[]<0.{MOST_BYTES + 1}>)"
        for part in self._ask("FETCH", str(uid), asked):
            if isinstance(part, tuple) and len(part) > 1:
                return bytes(part[1])
        return None

    def move(self, uid: int, folder: str) -> None:
        """In one step where the server knows how; else copied first and only then taken away."""
        name = _quoted(folder)
        if "MOVE" in self.imap.capabilities:
            self._ask("MOVE", str(uid), name)
            return
        self._ask("COPY", str(uid), name)
        self._ask("STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted)")
        if "UIDPLUS" in self.imap.capabilities:
            self._ask("EXPUNGE", str(uid))

    def _ask(self, command: str, *words: str) -> list[Any]:
        with _judging():
            kind, found = self.imap.uid(command, *words)
        if kind != "OK":
            raise ServerTroubleError(Trouble.FOLDER)
        return [part for part in found if part is not None]


@contextlib.contextmanager
def opened(mailbox: InboundMailbox) -> Iterator[Folder]:
    """Sign in, make our two folders where they are missing, and open the one that is read."""
    imap = _signed_in(mailbox)
    try:
        with _judging():
            folder = _open(imap, mailbox)
        yield folder
    finally:
        _leave(imap)


def _signed_in(mailbox: InboundMailbox) -> Any:
    secret = _unsealed(mailbox.password)
    if mailbox.sign_in == SignIn.PASSWORD:
        return _enter(mailbox, lambda imap: _by_password(imap, mailbox.username, secret))
    if kept := mailbox.kept_token(now=timezone.now()):
        try:
            return _by_token(mailbox, _unsealed(kept))
        except ServerTroubleError as error:
            if error.trouble != Trouble.LOGIN:
                raise  # else it was withdrawn before its time: once more, with a new one
    token = fetch(mailbox, secret)
    mailbox.keep_token(seal(token.text), token.until)
    return _by_token(mailbox, token.text)


def _by_token(mailbox: InboundMailbox, token: str) -> Any:
    return _enter(mailbox, lambda imap: _show_token(imap, mailbox.username, token))


def _unsealed(sealed: str) -> str:
    try:
        return unseal(sealed)
    except LostKeyError:
        raise ServerTroubleError(Trouble.PASSWORD) from None


def _enter(mailbox: InboundMailbox, sign_in: Callable[[Any], None]) -> Any:
    """A connection of its own each time: a server that refused may hang up."""
    with _judging():
        imap = _connected(mailbox)
    try:
        with _judging():
            sign_in(imap)
            _kind, told_now = imap.capability()  # some of what it can do is known only now
            known = (told_now[-1] or b"").decode("ascii", "replace").upper()
            imap.capabilities = tuple(known.split())
    except BaseException:
        _leave(imap)
        raise
    return imap


def _leave(imap: Any) -> None:
    with contextlib.suppress(OSError, imaplib.IMAP4.error):
        imap.sock.settimeout(CONNECT_SECONDS)
        imap.logout()


@contextlib.contextmanager
def _judging() -> Iterator[None]:
    """What went wrong, in one of our own words."""
    try:
        yield
    except TimeoutError:
        raise ServerTroubleError(Trouble.SLOW) from None
    except ssl.SSLError as error:  # before what is wrong with a value: it is that too
        eof = isinstance(error, ssl.SSLEOFError)
        raise ServerTroubleError(Trouble.BROKEN if eof else Trouble.CERTIFICATE) from None
    except (ConnectionError, imaplib.IMAP4.error, UnicodeError, ValueError):
        raise ServerTroubleError(Trouble.BROKEN) from None
    except OSError:
        raise ServerTroubleError(Trouble.UNREACHABLE) from None


def _connected(mailbox: InboundMailbox) -> Any:
    """Certificates are always looked at; only a server on this machine may go without."""
    host, port = mailbox.host, mailbox.port
    try:
        if mailbox.security == Security.TLS:
            context = ssl.create_default_context()
            imap: Any = imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=CONNECT_SECONDS)
        else:
            imap = imaplib.IMAP4(host, port, timeout=CONNECT_SECONDS)
        imap.sock.settimeout(ANSWER_SECONDS)
        if mailbox.security == Security.STARTTLS:
            _secure(imap)
    except ConnectionRefusedError:
        raise ServerTroubleError(Trouble.UNREACHABLE) from None
    return imap


def _secure(imap: Any) -> None:
    try:
        imap.starttls(ssl.create_default_context())
    except Exception:
        with contextlib.suppress(OSError):
            imap.shutdown()
        raise


def _by_password(imap: Any, username: str, password: str) -> None:
    with _refusing():
        if "AUTH=PLAIN" in imap.capabilities:
            told = f"\0{username}\0{password}".encode()
            imap.authenticate("PLAIN", lambda _challenge: told)
        else:
            imap.login(_quoted(username), password)


def _show_token(imap: Any, username: str, token: str) -> None:
    """XOAUTH2. Why it refuses comes as a question; it is answered with nothing, to hear the no."""
    told = f"user={username}\1auth=Bearer {token}\1\1".encode()
    with _refusing():
        imap.authenticate("XOAUTH2", lambda challenge: b"" if challenge else told)


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, UnicodeError):
        raise ServerTroubleError(Trouble.LOGIN) from None


def _open(imap: Any, mailbox: InboundMailbox) -> Folder:
    for folder in (mailbox.done_folder, mailbox.failed_folder):
        kind, _found = imap.status(_quoted(folder), "(UIDVALIDITY)")
        if kind != "OK":
            imap.create(_quoted(folder))
    kind, _found = imap.select(_quoted(mailbox.folder))
    if kind != "OK":
        raise ServerTroubleError(Trouble.FOLDER)
    _kind, found = imap.response("UIDVALIDITY")
    told = (found[0] or b"").decode("ascii", "replace") if found else ""
    if not VALIDITY.fullmatch(told):
        raise ServerTroubleError(Trouble.BROKEN)
    return Folder(imap, mailbox, int(told))


def _quoted(text: str) -> str:
    """The model lets nothing through that would end the quotes or the line; look once more."""
    if any(char in '"\\' or not char.isprintable() for char in text):
        raise ServerTroubleError(Trouble.FOLDER)
    return f'"{text}"'
