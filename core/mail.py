"""Mail that was promised in the outbox: drawn and handed to the mail server when its turn comes."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from core import smtp

if TYPE_CHECKING:
    from core.models import OutboxEntry

LOOP_HEADER = "X-Loop"


@dataclass(frozen=True, slots=True)
class Mail:
    """One message before it is drawn. The subject holds no personal data: it is read in passing."""

    address: str
    name: str  # of the person, for the salutation
    template: str
    subject: str
    words: dict[str, Any] = field(default_factory=dict)
    reply_to: str = ""
    html: str = ""  # a template of the same words in the house style, beside the plain text
    unsubscribe: str = ""  # where one chooses not to get this kind of mail


def message_id(key: str) -> str:
    """The name of the mail of one promise: the same each time, and nobody else can make it up."""
    mark = salted_hmac("core.mail", key, algorithm="sha256").hexdigest()[:32]
    return f"{mark}@{settings.MAIL_DOMAIN}"


def loop_mark() -> str:
    """By this we know our own mail when it comes round."""
    return str(urlsplit(settings.SITE_URL).netloc).lower()


def own_address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()


def deliver(entry: OutboxEntry, mail: Mail | None) -> None:
    """Send one promised mail; a promise that lost its reason is kept by doing nothing."""
    if mail is None:
        return
    smtp.send(drawn(mail, entry.key), entry)


def drawn(mail: Mail, key: str) -> EmailMultiAlternatives:
    """The whole message of one promise, in plain text and, where it has one, in HTML."""
    words = {"name": mail.name, "site": settings.SITE_URL, **mail.words}
    text = render_to_string(mail.template, words)
    headers = {
        "Message-ID": f"<{message_id(key)}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",  # no "out of office" in answer
        LOOP_HEADER: loop_mark(),
    }
    if mail.unsubscribe:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
    message = EmailMultiAlternatives(
        f"IV-centrum: {mail.subject}",
        text,
        to=[mail.address],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
    )
    if mail.html:
        message.attach_alternative(render_to_string(mail.html, words), "text/html")
    return message
