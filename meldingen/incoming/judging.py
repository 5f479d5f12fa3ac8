"""What kind of mail it is, before it may become a melding. A table of marks, first match wins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings

from core.mail import LOOP_HEADER, loop_mark, own_address
from meldingen.models import Outcome
from meldingen.models.melding import NUMBER

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from meldingen.incoming.reading import Letter

MACHINES = re.compile(r"^(mailer-daemon|postmaster|bounces?)([+-].*)?@")
OWN_ID = re.compile(r"[0-9a-f]{32}")
AWAY = re.compile(
    r"^(automatisch antwoord|automatic reply|réponse automatique|out of office|afwezig\b|"
    r"afwezigheids(bericht|melding)|absence du bureau|abwesenheitsnotiz)",
    re.IGNORECASE,
)
MARKS_OF_MACHINES = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autoreply-From")
LISTS = frozenset({"bulk", "list", "junk"})
BULK = LISTS | {"auto_reply"}


def kind_of(letter: Letter, own: Collection[str]) -> str:
    """Outcome.TAKEN when it is from somebody, else why it is laid aside.

    `own` are the addresses of our mailboxes: what they send, we sent.
    """
    for outcome, holds in CHAIN:
        if holds(letter, own):
            return outcome
    return Outcome.TAKEN


def _is_own(letter: Letter, own: Collection[str]) -> bool:
    """Ours came round: by the mark we put on it, by the shape of its name, or by its sender."""
    mark, _at, domain = letter.message_id.rpartition("@")
    if domain.lower() == settings.MAIL_DOMAIN.lower() and OWN_ID.fullmatch(mark):
        return True
    if loop_mark() in letter.all(LOOP_HEADER).split():
        return True
    return bool(letter.sender) and letter.sender in {own_address(), *own}


def _is_bounce(letter: Letter, _own: Collection[str]) -> bool:
    if letter.bounce or letter.all("Return-Path").strip() == "<>":
        return True
    return bool(MACHINES.match(letter.sender))


def _is_newsletter(letter: Letter, _own: Collection[str]) -> bool:
    """To many at once, by a list that one can leave."""
    is_listed = letter.headers["List-Id"] or letter.headers["List-Unsubscribe"]
    told = letter.all("Auto-Submitted").partition(";")[0].strip()
    return bool(is_listed and LISTS & set(letter.all("Precedence").split()) and told in {"", "no"})


def _is_automatic(letter: Letter, _own: Collection[str]) -> bool:
    told = letter.all("Auto-Submitted").partition(";")[0].strip()
    if told and told != "no":
        return True
    if BULK & set(letter.all("Precedence").split()):
        return True
    if "all" in re.split(r"[\s,;]+", letter.all("X-Auto-Response-Suppress")):
        return True
    if any(letter.headers[name] for name in MARKS_OF_MACHINES):
        return True
    return bool(AWAY.match(letter.subject))


CHAIN: tuple[tuple[str, Callable[[Letter, Collection[str]], bool]], ...] = (
    (Outcome.BOUNCE, _is_bounce),  # first: it holds our own headers, and our address as sender
    (Outcome.OWN, _is_own),
    (Outcome.NEWSLETTER, _is_newsletter),
    (Outcome.AUTOMATIC, _is_automatic),
)


def numbers_in(subject: str) -> list[str]:
    """The numbers of meldingen that the subject quotes, each once."""
    return list(dict.fromkeys(found.upper() for found in NUMBER.findall(subject)))
