"""Mail from a real IMAP server: workers that are killed, servers that hang, refuse and forget."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.db import connection
from django.utils import timezone

from core.sealing import seal
from meldingen.incoming import server as client_side
from meldingen.incoming.reading import MOST_BYTES
from meldingen.models import (
    InboundMail,
    InboundMailbox,
    Melding,
    Outcome,
    Reason,
    Security,
    Trouble,
)
from meldingen.operations import polling
from tests.conftest import World, build_world
from tests.factories import InboundMailboxFactory
from tests.imap import PASSWORD, ImapServer, imap_server, program
from tests.meldingen.letters import nested, photo, raw, with_file
from tests.together import at_once

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not program(), reason="Dovecot is not installed: script/test does that"),
]
MOMENTS = ["while reading", "before the end of the transaction", "before moving"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Short and open to the user as whom the server runs; pytest's own are neither."""
    with tempfile.TemporaryDirectory(prefix="imap-", dir="/tmp") as made:
        yield Path(made) / "imap"


@pytest.fixture
def imap(folder: Path) -> Iterator[ImapServer]:
    with imap_server(folder) as started:
        yield started


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def box(world: World, imap: ImapServer) -> InboundMailbox:
    return InboundMailboxFactory.create(
        municipality=world.here, port=imap.plain, username=imap.user, password=seal(PASSWORD),
        since=timezone.localdate() - dt.timedelta(days=2),
    )  # fmt: skip


def due_again() -> None:
    """As if a minute went by, and the lease of a dead worker ran out."""
    InboundMailbox.objects.update(next_at=None, lease_until=None)


def read_until_done() -> None:
    for _times in range(5):
        due_again()
        if not polling.read_all():
            break


def test_mails_become_meldingen_and_are_moved(imap: ImapServer, box: InboundMailbox) -> None:
    for n in range(3):
        imap.deliver(raw(f"Nummer {n}."))

    assert polling.read_all() == 3

    assert Melding.objects.count() == 3
    assert (imap.count("INBOX"), imap.count("Gelezen")) == (0, 3)
    box.refresh_from_db()
    assert (box.trouble, box.failures) == ("", 0)
    assert box.read_at


def test_one_that_nobody_can_read_stops_no_other(imap: ImapServer, box: InboundMailbox) -> None:
    imap.deliver(nested(300))
    imap.deliver(raw())

    polling.read_all()

    assert Melding.objects.count() == 1
    assert (imap.count("Gelezen"), imap.count("Niet gelezen")) == (1, 1)
    assert InboundMail.objects.to_look_at().get().reason == Reason.NESTED


def test_a_mail_that_is_too_large_is_not_even_fetched(
    imap: ImapServer, box: InboundMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    imap.deliver(with_file(photo() * 50, "groot.jpg"))
    monkeypatch.setattr(polling, "MOST_BYTES", 10_000)
    monkeypatch.setattr(client_side.Folder, "content", None)

    polling.read_all()

    assert InboundMail.objects.get().reason == Reason.SIZE
    assert MOST_BYTES > 10_000


def test_ten_megabytes_arrive_whole(imap: ImapServer, box: InboundMailbox) -> None:
    imap.deliver(raw("regel tekst\n" * 900_000))

    polling.read_all()

    assert len(Melding.objects.get().text) == 4000


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_worker_killed_half_way_loses_and_doubles_nothing(
    imap: ImapServer, box: InboundMailbox, moment: str
) -> None:
    imap.deliver(raw())

    died = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.meldingen.poll_and_die", moment],
        cwd=ROOT, env=environment(), check=False, capture_output=True,
    )  # fmt: skip
    assert died.returncode == -9, died.stderr.decode()
    read_until_done()

    assert Melding.objects.count() == 1
    assert (imap.count("INBOX"), imap.count("Gelezen")) == (0, 1)


def environment() -> dict[str, str]:
    """Of a worker on the database of the tests."""
    server = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    return {
        **os.environ,
        "DATABASE_URL": f"{server.scheme}://{server.netloc}/{name}?{server.query}",
        "DJANGO_SETTINGS_MODULE": "ivcentrum.settings",
    }


def test_a_mail_that_kills_each_worker_is_laid_aside(imap: ImapServer, box: InboundMailbox) -> None:
    imap.deliver(raw("Dodelijk."))
    polling.read_all()
    InboundMail.objects.update(outcome=Outcome.READING, tries=3, moved=False, melding=None)
    with imap.session() as session:
        session.select("Gelezen")
        session.uid("MOVE", "1:*", "INBOX")
    InboundMail.objects.update(uid=2)

    read_until_done()

    assert InboundMail.objects.get(uid=2).reason == Reason.CRASH
    assert imap.count("Niet gelezen") == 1


def test_two_workers_at_once_read_each_mail_once(imap: ImapServer, box: InboundMailbox) -> None:
    for n in range(8):
        imap.deliver(raw(f"Nummer {n}."))

    at_once(polling.read_all, polling.read_all, polling.read_all)
    read_until_done()

    assert Melding.objects.count() == 8
    assert InboundMail.objects.filter(outcome=Outcome.TAKEN).count() == 8
    assert imap.count("INBOX") == 0


def test_two_that_both_hold_the_mailbox_double_nothing_either(
    imap: ImapServer, box: InboundMailbox
) -> None:
    """As after a lease that ran out while its worker went on."""
    for n in range(8):
        imap.deliver(raw(f"Nummer {n}."))
    until = time.monotonic() + 30

    at_once(lambda: polling._visit(box, until), lambda: polling._visit(box, until))
    read_until_done()

    assert Melding.objects.count() == 8
    assert imap.count("INBOX") == 0


def test_a_server_that_forgot_its_numbers_doubles_nothing(
    imap: ImapServer, box: InboundMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    imap.deliver(raw())
    with monkeypatch.context() as once:
        once.setattr(client_side.Folder, "move", lambda *_words: None)  # nobody may take it away
        polling.read_all()
    time.sleep(1.1)  # the new numbers are of another second
    imap.forget_numbers()

    read_until_done()

    assert Melding.objects.count() == 1
    assert InboundMail.objects.filter(outcome=Outcome.DOUBLE).count() == 1
    assert len(set(InboundMail.objects.values_list("uid_validity", flat=True))) == 2


def test_without_move_it_is_copied_and_taken_away(folder: Path, world: World) -> None:
    with imap_server(folder, capability="IMAP4rev1 AUTH=PLAIN UIDPLUS") as old:
        InboundMailboxFactory.create(
            municipality=world.here, port=old.plain, username=old.user, password=seal(PASSWORD)
        )
        old.deliver(raw())

        read_until_done()

        assert Melding.objects.count() == 1
        assert (old.count("INBOX"), old.count("Gelezen")) == (0, 1)


def test_what_came_before_the_day_stays_untouched(imap: ImapServer, box: InboundMailbox) -> None:
    imap.deliver(raw())
    box.since = dt.date(2126, 1, 1)
    box.save(update_fields=["since"])

    assert polling.read_all() == 0
    assert imap.count("INBOX") == 1


# --- What may be wrong with a server ------------------------------------------------------------


def test_a_server_that_hangs_is_left_after_some_seconds(
    imap: ImapServer, box: InboundMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_side, "CONNECT_SECONDS", 1)
    imap.freeze()
    began = time.monotonic()

    polling.read_all()

    box.refresh_from_db()
    assert (box.trouble, box.failures) == (Trouble.SLOW, 1)
    assert box.next_at
    assert box.next_at > timezone.now()
    assert time.monotonic() - began < 30  # it hung for good; a busy machine is slow


def test_a_server_that_is_not_there_is_said_and_tried_later(
    imap: ImapServer, box: InboundMailbox
) -> None:
    box.port = 1
    box.save(update_fields=["port"])

    for _times in range(3):
        due_again()
        polling.read_all()

    box.refresh_from_db()
    assert (box.trouble, box.failures) == (Trouble.UNREACHABLE, 3)
    assert box.next_at
    assert box.next_at - timezone.now() > dt.timedelta(minutes=4)


@pytest.mark.parametrize(
    ("values", "trouble"),
    [
        ({"password": seal("fout")}, Trouble.LOGIN),
        ({"password": "geen zegel"}, Trouble.PASSWORD),
        ({"folder": "Bestaat niet"}, Trouble.FOLDER),
        ({"security": Security.STARTTLS}, Trouble.CERTIFICATE),
    ],
)
def test_what_is_wrong_is_told_in_our_own_words(
    imap: ImapServer, box: InboundMailbox, values: dict[str, str], trouble: str
) -> None:
    InboundMailbox.objects.update(**values)
    box.refresh_from_db()

    assert polling.test(box) == trouble

    box.refresh_from_db()
    assert box.trouble == trouble


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_that_is_trusted_is_enough(
    imap: ImapServer, box: InboundMailbox, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.security = security
    box.port = imap.secure if security == Security.TLS else imap.plain
    assert polling.test(box) == Trouble.CERTIFICATE

    monkeypatch.setenv("SSL_CERT_FILE", str(imap.folder / "cert.pem"))

    assert polling.test(box) == ""


def test_a_switched_off_mailbox_is_left_alone(
    imap: ImapServer, box: InboundMailbox, settings: LazySettings
) -> None:
    imap.deliver(raw())
    InboundMailbox.objects.update(is_active=False)

    assert polling.read_all() == 0
    assert imap.count("INBOX") == 1
