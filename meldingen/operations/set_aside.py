"""Mail that nobody wrote makes nothing; the desk may find that somebody did write it."""

from __future__ import annotations

import json
from email.message import Message
from typing import TYPE_CHECKING

from core.sealing import seal, unseal
from meldingen.incoming.reading import Letter

if TYPE_CHECKING:
    from meldingen.models import InboundMail

KEPT = ("sender", "name", "subject", "text")


def keep(row: InboundMail, letter: Letter) -> None:
    """What the list shows, and under a seal what a melding is made of. The caller saves the row."""
    told = {name: getattr(letter, name) for name in KEPT}
    row.subject, row.sender_shown = letter.subject, masked(letter.sender)
    row.kept = seal(json.dumps(told))


def masked(address: str) -> str:
    """m…@burger.example: enough to judge by, not to know who it is."""
    local, _at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"[:100] if local else ""


def opened(row: InboundMail) -> Letter:
    """As far as it was kept; may raise LostKeyError."""
    told = json.loads(unseal(row.kept))
    return Letter(message_id="", sent="", headers=Message(), **told)
