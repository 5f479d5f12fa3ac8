"""One mail to the mail server, and what its answer, or its silence, means.

Until the server is about to get the text, nothing has left: whatever goes wrong is tried again.
From then on only an answer tells; without one we are unsure. What the server says is never
repeated: it may hold an address.
"""

from __future__ import annotations

import smtplib
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from core import outbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _typeshed import ReadableBuffer as Buffer
    from django.core.mail import EmailMessage

    from core.models import OutboxEntry

FOR_GOOD = 500  # from here on the server refuses for good
CLOSING = 421  # the server ends the conversation, whatever it was about
MAILS_PER_LINE = 100  # many servers want a new conversation by then
REFUSALS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
NO_ANSWER: tuple[type[Exception], ...] = (smtplib.SMTPException, OSError)


class _Telling(smtplib.SMTP):
    """Says when the text is about to go, and has more patience with the answer to it."""

    before_text: Callable[[], None] | None = None

    def data(self, msg: Buffer | str) -> tuple[int, bytes]:
        if self.before_text:
            self.before_text()
        if self.sock:
            self.sock.settimeout(settings.EMAIL_TEXT_TIMEOUT)
        answer = super().data(msg)
        if self.sock:
            self.sock.settimeout(self.timeout)
        return answer


class _Sealed(_Telling, smtplib.SMTP_SSL):
    """The same, sealed from the first word."""


class Backend(EmailBackend):
    """Django's way to the mail server, by a conversation that tells how far it is."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Sealed if self.use_ssl else _Telling


class Line:
    """The conversation with the mail server, kept open over the mails of one drain."""

    def __init__(self) -> None:
        self._server: Any = None
        self._mails = 0

    def send(self, message: EmailMessage, entry: OutboxEntry) -> None:
        """Send one; on a conversation that turns out to be over, once more on a new one."""
        if self._mails >= MAILS_PER_LINE:
            self.close()
        was_open = self._server is not None
        try:
            self._send(message, entry)
        except outbox.UnreachableError:
            if not was_open or entry.handed_over_at:
                raise
            self._send(message, entry)

    def close(self) -> None:
        """Say goodbye; whether the server answers that no longer matters."""
        server, self._server, self._mails = self._server, None, 0
        if server:
            with suppress(*NO_ANSWER):
                server.close()

    def _send(self, message: EmailMessage, entry: OutboxEntry) -> None:
        try:
            self._opened(entry).send_messages([message])
        except NO_ANSWER as error:
            if not _goes_on(error):
                self._drop()
            raise judged(error, is_handed_over=entry.handed_over_at is not None) from None
        except ValueError:
            raise outbox.PermanentError(_("Het e-mailadres klopt niet.")) from None
        except BaseException:
            self._drop()  # half a conversation is of no use to the next mail
            raise
        self._mails += 1

    def _opened(self, entry: OutboxEntry) -> Any:
        server = self._server = self._server or get_connection()
        server.open()
        if isinstance(server, Backend) and isinstance(server.connection, _Telling):
            server.connection.before_text = partial(outbox.hand_over, entry)
        else:
            outbox.hand_over(entry)
        return server

    def _drop(self) -> None:
        """Hang up without waiting for an answer."""
        conversation = getattr(self._server, "connection", None)
        self._server, self._mails = None, 0
        if conversation is not None and hasattr(conversation, "close"):
            conversation.close()


_line: ContextVar[Line | None] = ContextVar("line", default=None)


@contextmanager
def one_line() -> Iterator[Line]:
    """Have all mails inside go over one line; inside another one, over that."""
    if (line := _line.get()) is not None:
        yield line
        return
    line = Line()
    token = _line.set(line)
    try:
        yield line
    finally:
        _line.reset(token)
        line.close()


def send(message: EmailMessage, entry: OutboxEntry) -> None:
    """Hand one promised mail to the mail server; how that went is an error of the outbox."""
    with one_line() as line:
        line.send(message, entry)


def judged(error: Exception, *, is_handed_over: bool) -> Exception:
    """What became of the mail, and whether the next one makes a chance."""
    code = _code(error)
    if isinstance(error, REFUSALS) and code != CLOSING:
        if code >= FOR_GOOD:
            return outbox.PermanentError(_("De mailserver weigerde dit bericht (code %s).") % code)
        return outbox.DelayedError(
            _("De mailserver nam dit bericht nog niet aan (code %s).") % code
        )
    if is_handed_over and not isinstance(error, REFUSALS):
        return outbox.UnsureError(
            _("De mailserver kreeg dit bericht, maar zei niet of hij het aannam.")
        )
    return outbox.UnreachableError(_told(error, code))


def _told(error: Exception, code: int) -> str:
    if code:
        return _("De mailserver nam dit bericht nog niet aan (code %s).") % code
    return _("De mailserver antwoordde niet (%s).") % type(error).__name__


def _goes_on(error: Exception) -> bool:
    """Whether the conversation can go on with the next mail."""
    return isinstance(error, REFUSALS) and _code(error) != CLOSING


def _code(error: Exception) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(int(code) for code, _words in error.recipients.values())
    return int(getattr(error, "smtp_code", 0) or 0)
