"""A mail server that does what a test wants: takes, puts off, refuses, hangs, hangs up."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller

from ivcentrum.ports import HOST, held_port


@dataclass
class MailServer:
    """Its answers by moment; "hang" says nothing, "drop" hangs up. Knows what it took, and when."""

    mail: str = ""
    rcpt: str = ""
    data: str = "250 OK"
    refused: dict[str, str] = field(default_factory=dict)  # answers per recipient
    taken: list[bytes] = field(default_factory=list)
    to: Counter[str] = field(default_factory=Counter)
    heard: Counter[str] = field(default_factory=Counter)  # texts that came in, taken or not
    seconds: float = 0.0  # that it takes over a text
    lines: int = 0
    port: int = 0

    def letters_to(self, address: str) -> list[str]:
        """What this person can read: the plain text of each letter, the oldest first."""
        letters = [message_from_bytes(text, policy=policy.default) for text in self.taken]
        mine = [letter for letter in letters if address in str(letter["To"])]
        return [letter.get_body(("plain",)).get_content() for letter in mine]  # type: ignore[union-attr]

    async def handle_EHLO(  # noqa: N802
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.lines += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.mail:
            return await self._say(self.mail, server)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if answer := self.refused.get(address, self.rcpt):
            return await self._say(answer, server)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.heard.update(envelope.rcpt_tos)
        if self.data.startswith("250"):
            self.taken.append(envelope.content)
            self.to.update(envelope.rcpt_tos)
        await asyncio.sleep(self.seconds)
        return await self._say(self.data, server)

    @staticmethod
    async def _say(answer: str, server: Any) -> str:
        if answer == "hang":
            await asyncio.sleep(3600)
        if answer == "drop":
            server.transport.abort()
            await asyncio.sleep(3600)
        return answer


@contextmanager
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    with held_port() as port:
        controller = Controller(server, hostname=HOST, port=port)
        controller.start()
    server.port = port
    try:
        yield server
    finally:
        controller.stop()


@contextmanager
def silent_server() -> Iterator[int]:
    """One that takes up the telephone and says nothing."""
    with socket.socket() as line:
        line.bind((HOST, 0))
        line.listen()
        yield int(line.getsockname()[1])
