"""Mail that leaves through a real mail server: taken, put off, refused."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_django import Settings

from accounts.tasks import MAILS
from core import outbox
from core.models import OutboxEntry
from ivcentrum.ports import held_port
from tests.conftest import World


@dataclass
class Sink:
    """A mail server that answers what the test wants."""

    answer: str = "250 OK"
    taken: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append(envelope.content)
        return self.answer


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    handler = Sink()
    with held_port() as port:
        controller = Controller(handler, hostname="127.0.0.1", port=port)
        controller.start()
    settings.EMAIL_BACKEND = "core.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield handler
    controller.stop()


@pytest.fixture
def entry(world: World) -> OutboxEntry:
    return outbox.promise(
        "account_mail", key="reset:1", mail="password_reset", user=world.reader.pk
    )


def sent(entry: OutboxEntry) -> OutboxEntry:
    outbox.drain("mail")
    entry.refresh_from_db()
    return entry


def test_a_taken_mail_is_done_and_has_a_name_that_stays(sink: Sink, entry: OutboxEntry) -> None:
    assert sent(entry).status == "sent"

    [message] = sink.taken
    assert b"Message-ID: <" in message
    assert b"@ivcentrum.example>" in message
    assert b"/wachtwoord-vergeten/" in message


def test_sending_again_carries_the_same_name(sink: Sink, entry: OutboxEntry) -> None:
    sink.answer = "451 later"
    sent(entry)
    OutboxEntry.objects.update(run_after=entry.created_at)
    sink.answer = "250 OK"
    sent(entry)

    names = {line for mail in sink.taken for line in mail.splitlines() if b"Message-ID" in line}
    assert (len(sink.taken), len(names)) == (2, 1)


def test_a_server_that_says_later_is_tried_later(sink: Sink, entry: OutboxEntry) -> None:
    sink.answer = "451 try later"

    assert sent(entry).status == "queued"
    assert entry.run_after > entry.created_at
    assert "451" in entry.last_error
    assert entry.handed_over_at is None


def test_a_server_that_refuses_is_not_asked_again(
    sink: Sink, entry: OutboxEntry, world: World
) -> None:
    sink.answer = f"550 no such user {world.reader.email}"

    assert sent(entry).status == "failed"
    assert entry.last_error == "De mailserver weigerde dit bericht (code 550)."


def test_a_server_that_is_away_is_tried_later(
    entry: OutboxEntry, settings: Settings, caplog: pytest.LogCaptureFixture, world: World
) -> None:
    caplog.set_level(logging.INFO)  # as the product, not as tests
    settings.EMAIL_BACKEND = "core.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert sent(entry).status == "queued"
    assert entry.last_error == "De mailserver antwoordde niet (ConnectionRefusedError)."
    assert world.reader.email not in caplog.text


@pytest.mark.parametrize("name", sorted(MAILS))
def test_a_mail_whose_reason_is_gone_stays_unsent(sink: Sink, world: World, name: str) -> None:
    promised = outbox.promise(
        "account_mail", key=name, mail=name, user=0, invitation=0, membership=0, entry=0
    )

    assert sent(promised).status == "sent"
    assert sink.taken == []
