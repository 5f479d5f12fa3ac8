"""A mail of one kind to one person, in the words of the municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from core import letters
from core.languages import Language
from core.mail import House, Mail
from mails.kinds import all_kinds
from mails.models import texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import Municipality, User
    from core.letters import Value
    from mails.kinds import MailKind, Word
    from mails.models import MailText


def letter(
    kind: MailKind,
    place: Municipality | None,
    *,
    to: User | tuple[str, str],
    values: Mapping[str, Value],
    subject: str = "",
    language: str = "",
) -> Mail:
    """The mail of this kind to a person, or to an address and a name; French where it was written.

    A person has a language of its own.
    """
    texts = texts_of(place, *_with_signature(kind))
    if isinstance(to, tuple):
        return _mail(texts, place, to, values, subject=subject, language=language or Language.DUTCH)
    receiver = (to.email, to.name)
    return _mail(texts, place, receiver, values, subject=subject, language=language or to.language)


def example(kind: MailKind, text: MailText, place: Municipality, to: User, language: str) -> Mail:
    """How a text reads, filled in with what its words look like."""
    parts = [text, *texts_of(place, *_with_signature(kind)[1:])]
    values = {
        word.name: _shown(word) for part in parts for word in all_kinds()[part.kind].all_words
    }
    values |= {"gemeente": place.name}
    subject = text.subject_in(language) or str(kind.name)
    return _mail(parts, place, (to.email, to.name), values, subject=subject, language=language)


def _with_signature(kind: MailKind) -> list[MailKind]:
    return [kind, all_kinds()[kind.under]] if kind.under else [kind]


def _shown(word: Word) -> Value:
    value = word.example
    return value if isinstance(value, letters.Link | letters.Block) else str(value)


def _mail(
    texts: list[MailText],
    place: Municipality | None,
    to: tuple[str, str],
    values: Mapping[str, Value],
    *,
    subject: str,
    language: str,
) -> Mail:
    """A text, and what stands below it; alone, it is what stands below."""
    filled = {"gemeente": place.name if place else "", "site": settings.SITE_URL, **values}
    filled.pop("naam", None)  # the name is of who gets it
    text, signature = (one.text_in(language) for one in (texts * 2)[:2])
    return Mail(
        *to,
        letters.plain(subject or texts[0].subject_in(language), filled),
        "" if len(texts) == 1 else text,
        filled,
        signature=signature,
        house=House(place.name, place.colour) if place else House(),
        language=language,
    )
