"""Signing in with a token, on a real IMAP server that asks a real service whose the token is."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from core.sealing import seal, unseal
from meldingen.incoming import tokens
from meldingen.models import InboundMailbox, Melding, SignIn, Trouble
from meldingen.operations import polling
from tests.conftest import World, build_world
from tests.factories import InboundMailboxFactory
from tests.imap import ImapServer, imap_server, program
from tests.meldingen.letters import raw
from tests.oauth import TokenService, token_service

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not program(), reason="Dovecot is not installed: script/test does that"),
]
SECRET = "client geheim é"


@pytest.fixture
def service() -> Iterator[TokenService]:
    with token_service() as started:
        yield started


@pytest.fixture
def imap(service: TokenService) -> Iterator[ImapServer]:
    with (
        tempfile.TemporaryDirectory(prefix="imap-", dir="/tmp") as made,
        imap_server(Path(made) / "imap", introspection=service.introspection) as started,
    ):
        yield started


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def box(world: World, imap: ImapServer, service: TokenService) -> InboundMailbox:
    return InboundMailboxFactory.create(
        municipality=world.here, port=imap.plain, username=imap.user, password=seal(SECRET),
        sign_in=SignIn.OAUTH, token_url=service.token_url, client_id="iv", scope="mail/.default",
        since=timezone.localdate() - dt.timedelta(days=2),
    )  # fmt: skip


def read(imap: ImapServer, text: str = "De glasbol is vol.") -> None:
    imap.deliver(raw(text))
    InboundMailbox.objects.update(next_at=None, lease_until=None)
    polling.read_all()


def test_with_a_token_mail_is_read(
    imap: ImapServer, box: InboundMailbox, service: TokenService
) -> None:
    read(imap)

    assert Melding.objects.count() == 1
    assert service.asked == [{
        "grant_type": ["client_credentials"], "client_id": ["iv"], "client_secret": [SECRET],
        "scope": ["mail/.default"],
    }]  # fmt: skip
    box.refresh_from_db()
    assert box.trouble == ""
    assert (unseal(box.token), "token-0" in box.token) == ("token-0", False)


def test_a_token_is_used_until_shortly_before_its_end(
    imap: ImapServer, box: InboundMailbox, service: TokenService
) -> None:
    read(imap, "Een.")
    read(imap, "Twee.")
    assert service.given == ["token-0"]

    InboundMailbox.objects.update(token_until=timezone.now())
    read(imap, "Drie.")

    assert service.given == ["token-0", "token-1"]
    assert Melding.objects.count() == 3


def test_a_token_that_was_withdrawn_is_asked_again_once(
    imap: ImapServer, box: InboundMailbox, service: TokenService
) -> None:
    read(imap, "Een.")
    service.valid.clear()

    read(imap, "Twee.")

    assert Melding.objects.count() == 2
    assert service.given == ["token-0", "token-1"]


def test_a_new_token_that_is_refused_is_not_asked_again(
    imap: ImapServer, box: InboundMailbox, service: TokenService
) -> None:
    service.answer = lambda: (200, json.dumps({"access_token": "vreemd"}).encode())

    read(imap)

    box.refresh_from_db()
    assert (box.trouble, len(service.asked)) == (Trouble.LOGIN, 1)


BAD = {
    "refused": (400, b'{"error": "invalid_client"}', Trouble.REFUSED),
    "unknown": (401, b"", Trouble.REFUSED),
    "broken": (500, b"oops", Trouble.TOKEN),
    "moved": (302, b"", Trouble.TOKEN),
    "nonsense": (200, b"\xff<html>", Trouble.TOKEN),
    "a list": (200, b"[]", Trouble.TOKEN),
    "no token": (200, b'{"access_token": 7}', Trouble.TOKEN),
    "another line": (200, b'{"access_token": "a\\u0001b"}', Trouble.TOKEN),
    "endless number": (200, b'{"access_token": "a", "expires_in": 1e999}', Trouble.TOKEN),
    "too much": (200, b"[" * 70_000, Trouble.TOKEN),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_with_the_service_is_said_and_nothing_is_lost(
    imap: ImapServer, box: InboundMailbox, service: TokenService, case: str
) -> None:
    status, body, trouble = BAD[case]
    service.answer = lambda: (status, body)
    read(imap)
    box.refresh_from_db()
    assert (box.trouble, imap.count("INBOX")) == (trouble, 1)

    service.answer = None
    InboundMailbox.objects.update(next_at=None)
    polling.read_all()

    assert Melding.objects.count() == 1


def test_a_service_that_hangs_is_left_in_time(
    imap: ImapServer, box: InboundMailbox, service: TokenService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "ANSWER_SECONDS", 1)
    service.slow = 3

    read(imap)

    box.refresh_from_db()
    assert (box.trouble, imap.count("INBOX")) == (Trouble.TOKEN, 1)


def test_a_service_that_is_not_there_is_said(imap: ImapServer, box: InboundMailbox) -> None:
    InboundMailbox.objects.update(token_url="http://127.0.0.1:9/token")

    read(imap)

    box.refresh_from_db()
    assert box.trouble == Trouble.TOKEN
