"""Mail that was promised in the outbox: drawn and handed to the mail server when its turn comes."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from core import letters, smtp
from core.colours import ink_on
from core.languages import Language, speaking

if TYPE_CHECKING:
    from core.letters import Value
    from core.models import OutboxEntry

LOOP_HEADER = "X-Loop"


@dataclass(frozen=True, slots=True)
class House:
    """In whose name a mail goes out: what stands before its subject, and its colour."""

    name: str = "IV-centrum"
    colour: str = "#0b5cad"

    @property
    def ink(self) -> str:
        return ink_on(self.colour)


@dataclass(frozen=True, slots=True)
class Mail:
    """One message before it is drawn. The subject holds no personal data: it is read in passing."""

    address: str
    name: str  # of the person: what {naam} becomes
    subject: str
    text: str
    values: dict[str, Value] = field(default_factory=dict)  # what stands for its words in braces
    signature: str = ""  # ours, where a municipality has none
    house: House = House()
    language: str = Language.DUTCH
    reply_to: str = ""
    unsubscribe: str = ""  # where one stops this kind of mail, by a POST without signing in


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
    """The whole message of one promise, in plain text and in HTML, in the language of its reader."""
    with speaking(mail.language):
        text, page = plain(mail), html(mail)
    headers = {
        "Message-ID": f"<{message_id(key)}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",  # no "out of office" in answer
        LOOP_HEADER: loop_mark(),
    }
    if mail.unsubscribe:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        f"{mail.house.name}: {mail.subject}",
        text,
        to=[mail.address],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
    )
    message.attach_alternative(page, "text/html")
    return message


def plain(mail: Mail) -> str:
    """What a mail program without HTML shows."""
    drawn = (letters.plain(text, values) for text, values in _parts(mail))
    return "\n\n".join(part for part in drawn if part) + "\n"


def html(mail: Mail) -> str:
    """The same in the house style: a whole page, which looks the same wherever it is opened."""
    main, signature = (letters.html(text, values) for text, values in _parts(mail))
    words = {"mail": mail, "main": main, "signature": signature}
    return render_to_string("core/mail/letter.html", words)


def _parts(mail: Mail) -> list[tuple[str, dict[str, Value]]]:
    """The text and what stands under it; a name is put in, and never read as anything else."""
    values = {"naam": mail.name, "site": settings.SITE_URL, **mail.values}
    ours = _("IV-centrum, centrum voor integrale veiligheid") + "\n{site}"
    return [(mail.text, values), (mail.signature or ours, values)]
