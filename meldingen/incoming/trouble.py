"""Why a mailbox cannot be read now, and how long we wait for anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meldingen.models import Trouble

CONNECT_SECONDS, ANSWER_SECONDS = 3, 10


class ServerTroubleError(Exception):
    """The mailbox cannot be read now. The server's own words may hold an address: they stay out."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
