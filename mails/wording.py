"""A mail of one kind to one person, in the words of the municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from core import letters
from core.mail import House, Mail
from core.placeholders import used
from mails.kinds import SIGNATURE
from mails.models import texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import Municipality, User
    from core.letters import Value
    from mails.kinds import MailKind
    from mails.models import MailText

FRENCH = "fr"


def letter(
    kind: MailKind,
    place: Municipality | None,
    *,
    to: User | tuple[str, str],
    values: Mapping[str, Value],
    under: MailKind = SIGNATURE,
    subject: str = "",
    language: str = "nl",
) -> Mail:
    """The mail of this kind to a person, or to an address and a name; French where it was written."""
    text, signature = texts_of(place, kind, under)
    address, name = to if isinstance(to, tuple) else (to.email, to.name)
    filled = {"gemeente": place.name if place else "", "site": settings.SITE_URL, **values}
    return Mail(
        address,
        name,
        letters.plain(subject or text.subject, filled),
        _in(text, language),
        filled,
        signature=_in(signature, language),
        house=House(place.name, place.colour) if place else House(),
        language=language,
    )


def _in(text: MailText, language: str) -> str:
    return text.french or text.text if language == FRENCH else text.text


def example(kind: MailKind, text: MailText, place: Municipality, to: User) -> Mail:
    """How a text reads, filled in with what its words look like."""
    words = {word.name: word for word in kind.all_words}
    values: dict[str, Value] = {
        name: found.example if isinstance(found.example, letters.Link | letters.Block)
        else str(found.example)
        for name, found in words.items()
        if name in {*used(text.subject), *used(text.text), *used(text.french)}
    }  # fmt: skip
    [signature] = texts_of(place, SIGNATURE)
    values |= {"gemeente": place.name, "naam": to.name, "site": settings.SITE_URL}
    under = "" if kind == SIGNATURE else signature.text
    return Mail(
        to.email, to.name, letters.plain(text.subject or str(kind.name), values), text.text,
        values, signature=under or text.text, house=House(place.name, place.colour),
    )  # fmt: skip
