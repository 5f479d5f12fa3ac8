"""Mail that nobody wrote makes nothing; the desk may find that somebody did write it."""

from __future__ import annotations

import json
from email.message import Message
from typing import TYPE_CHECKING

from core.sealing import LostKeyError, seal, unseal
from meldingen.incoming.reading import Letter

if TYPE_CHECKING:
    from meldingen.models import InboundMail

KEPT = ("sender", "name", "subject", "text")


def keep(row: InboundMail, letter: Letter) -> None:
    """A hint of the sender, and all else under a seal. The caller saves the row."""
    told = {name: getattr(letter, name) for name in KEPT}
    row.sender_shown, row.kept = masked(letter.sender), seal(json.dumps(told))


def masked(address: str) -> str:
    """m…@burger.example: enough to judge by, not to know who it is."""
    local, _at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"[:100] if local else ""


def subject(row: InboundMail) -> str:
    """For the list; of mail that came under a key that is lost, nothing can be said."""
    try:
        return opened(row).subject
    except LostKeyError:
        return ""


def opened(row: InboundMail) -> Letter:
    """As far as it was kept; may raise LostKeyError."""
    told = json.loads(unseal(row.kept))
    return Letter(message_id="", sent="", headers=Message(), **told)
