"""What becomes of a mail by what a real mail server says, or does not say."""

from __future__ import annotations

import datetime as dt
import smtplib
import time
from collections.abc import Iterator

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from core import outbox, smtp, tasks
from core.models import OutboxEntry, OutboxPause
from tests.smtp import MailServer, mail_server, silent_server

pytestmark = pytest.mark.django_db


def write(entry: OutboxEntry) -> None:
    """The handler of these tests: a mail to somebody by number."""
    smtp.send(
        EmailMessage("Dag", "Tekst", to=[f"p{entry.payload['person']}@ergens.example"]), entry
    )


def write_and_break(entry: OutboxEntry) -> None:
    write(entry)
    raise RuntimeError


@pytest.fixture(autouse=True)
def _handlers(settings: Settings) -> None:
    handler = {"queue": "mail", "run": f"{__name__}.write", "needs": "mailserver"}
    settings.OUTBOX_HANDLERS = {"letter": handler}
    settings.EMAIL_BACKEND = "core.smtp.Backend"
    settings.EMAIL_TIMEOUT = settings.EMAIL_TEXT_TIMEOUT = 1


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as found:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
        yield found


def letters(count: int) -> list[OutboxEntry]:
    return [outbox.promise("letter", key=f"letter:{n}", person=n) for n in range(count)]


def states() -> list[str]:
    return list(OutboxEntry.objects.order_by("pk").values_list("status", flat=True))


def is_paused() -> bool:
    return OutboxPause.objects.exists()


def after_a_while() -> None:
    past = timezone.now() - dt.timedelta(seconds=1)
    OutboxEntry.objects.filter(status="queued").update(run_after=past)
    OutboxPause.objects.update(until=past)


# Moment, answer; the state of that mail; whether the other mails wait.
SAID = [
    ("data", "250 OK", "sent", False),
    ("mail", "451 later", "queued", False),
    ("mail", "550 never", "failed", False),
    ("mail", "421 closing", "queued", True),
    ("mail", "drop", "queued", True),
    ("mail", "hang", "queued", True),
    ("rcpt", "451 greylisted", "queued", False),
    ("rcpt", "550 no such user", "failed", False),
    ("rcpt", "421 closing", "queued", True),
    ("rcpt", "drop", "queued", True),
    ("rcpt", "hang", "queued", True),
    ("data", "451 later", "queued", False),
    ("data", "550 spam", "failed", False),
    ("data", "552 too large", "failed", False),
    ("data", "421 closing", "queued", True),
    ("data", "drop", "unsure", True),
    ("data", "hang", "unsure", True),
]


@pytest.mark.parametrize(("moment", "answer", "state", "others_wait"), SAID)
def test_each_answer_gives_its_state(
    server: MailServer, moment: str, answer: str, state: str, others_wait: bool
) -> None:
    letters(1)
    setattr(server, moment, answer)

    tasks.drain_mail()

    entry = OutboxEntry.objects.get()
    assert (entry.status, is_paused()) == (state, others_wait)
    assert (entry.handed_over_at is None) == (state == "queued" or moment != "data")
    assert "ergens.example" not in entry.last_error


@pytest.mark.parametrize(("moment", "answer"), [row[:2] for row in SAID if row[2] == "queued"])
def test_what_surely_did_not_leave_is_sent_once_later(
    server: MailServer, moment: str, answer: str
) -> None:
    letters(1)
    setattr(server, moment, answer)
    tasks.drain_mail()
    server.mail, server.rcpt, server.data = "", "", "250 OK"
    after_a_while()

    tasks.drain_mail()

    assert states() == ["sent"]
    assert server.to == {"p0@ergens.example": 1}
    assert not is_paused()


@pytest.mark.parametrize("answer", ["drop", "hang"])
def test_what_may_have_left_is_not_sent_again(server: MailServer, answer: str) -> None:
    letters(1)
    server.data = answer
    tasks.drain_mail()
    server.data = "250 OK"
    after_a_while()

    tasks.drain_mail()

    assert states() == ["unsure"]
    assert server.heard == {"p0@ergens.example": 1}


def test_one_refused_address_keeps_nobody_else_from_their_mail(server: MailServer) -> None:
    letters(4)
    server.refused = {"p1@ergens.example": "550 unknown", "p2@ergens.example": "451 greylisted"}

    tasks.drain_mail()

    assert states() == ["sent", "failed", "queued", "sent"]
    assert server.lines == 1


def test_a_drain_sends_its_mails_over_one_line(server: MailServer) -> None:
    letters(30)

    tasks.drain_mail()

    assert states() == ["sent"] * 30
    assert server.lines == 1


def test_a_line_is_renewed_in_time(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "MAILS_PER_LINE", 4)
    letters(9)

    tasks.drain_mail()

    assert states() == ["sent"] * 9
    assert server.lines == 3


def test_a_line_that_was_hung_up_between_two_mails_is_no_fault(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters(2)
    with smtp.one_line() as line:
        assert outbox.drain("mail", limit=1) == 1
        line._server.connection.sock.close()

        outbox.drain("mail")

    assert states() == ["sent", "sent"]
    assert set(OutboxEntry.objects.values_list("attempts", flat=True)) == {1}
    assert not is_paused()


def test_a_goodbye_without_an_answer_changes_nothing(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_line: smtplib.SMTP) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(smtplib.SMTP, "quit", gone)
    letters(1)

    tasks.drain_mail()

    assert states() == ["sent"]


def test_a_server_that_says_nothing_costs_one_try_of_one_mail(settings: Settings) -> None:
    letters(50)
    with silent_server() as port:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        began = time.monotonic()
        tasks.drain_mail()

        assert time.monotonic() - began < 5
    assert OutboxEntry.objects.filter(attempts=1).count() == 1
    assert set(states()) == {"queued"}


def test_a_server_that_hangs_after_the_text_makes_one_mail_unsure(server: MailServer) -> None:
    letters(50)
    server.data = "hang"

    tasks.drain_mail()

    assert states().count("unsure") == 1
    assert OutboxEntry.objects.filter(attempts__gt=0).count() == 1


def test_an_address_that_is_none_fails_with_a_reason(
    server: MailServer, settings: Settings
) -> None:
    settings.OUTBOX_HANDLERS["letter"]["run"] = f"{__name__}.write_to_nobody"
    letters(1)

    tasks.drain_mail()

    assert OutboxEntry.objects.get().last_error == "Het e-mailadres klopt niet."


def write_to_nobody(entry: OutboxEntry) -> None:
    smtp.send(EmailMessage("Dag", "Tekst", to=["a@b@c\r\nBcc: x"]), entry)


def test_a_fault_after_the_server_took_it_never_sends_it_twice(
    server: MailServer, settings: Settings
) -> None:
    settings.OUTBOX_HANDLERS["letter"]["run"] = f"{__name__}.write_and_break"
    letters(1)
    tasks.drain_mail()
    after_a_while()
    tasks.drain_mail()

    assert states() == ["unsure"]
    assert sum(server.to.values()) == 1
