"""The coordinator sees which mails did not arrive, and decides."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import outbox
from core.models import LogEntry, OutboxEntry, OutboxStatus
from mails.operations import follow_up
from meldingen.models import Answer, AnswerState, Channel
from reminders import engine
from tests.conftest import World
from tests.factories import AnswerFactory, ReporterFactory
from tests.reminders.clock import at

PAGE, ACT = "/mails/", "/mails/doen/"


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def entry(world: World, status: str = "failed", **other: object) -> OutboxEntry:
    made = outbox.promise("digest", key=f"digest:{status}:{other}", place=world.here,
                          person=world.lead.pk, on="2026-04-13")  # fmt: skip
    OutboxEntry.objects.filter(pk=made.pk).update(status=status, **other)
    made.refresh_from_db()
    return made


def texts(client: Client, **query: str) -> str:
    return client.get(PAGE, query).content.decode()


def test_it_tells_whom_what_why_and_what_one_can_do(desk: Client, world: World) -> None:
    entry(world, "failed", last_error="De mailserver weigerde dit bericht (code 550).")
    page = texts(desk)

    assert world.lead.name in page
    assert "Herinneringen van 13 april" in page
    assert "code 550" in page
    assert "Opnieuw sturen" in page
    assert "Het is aangekomen" not in page  # it was refused: that is certain


def test_each_state_can_be_looked_at(desk: Client, world: World) -> None:
    states = {"te-bekijken": "unsure", "wacht": "queued", "verstuurd": "sent",
              "geannuleerd": "cancelled"}  # fmt: skip
    for status in states.values():
        entry(world, status)

    for name, status in states.items():
        page = texts(desk, toon=name)
        assert page.count("Herinneringen van 13 april") >= 1
        assert str(OutboxStatus(status).label) in page
    assert "Het is aangekomen" in texts(desk, toon="onzin")


def test_what_is_sent_again_goes_out(desk: Client, world: World) -> None:
    engine.run(at("2026-04-13"))
    OutboxEntry.objects.filter(kind="digest").update(status="failed", attempts=1)
    stuck = OutboxEntry.objects.get(kind="digest", payload__person=world.lead.pk)
    assert stuck.municipality == world.here

    desk.post(ACT, {"doen": f"opnieuw:{stuck.pk}"})
    outbox.drain("mail")

    stuck.refresh_from_db()
    assert stuck.status == "sent"
    assert [message.to for message in mail.outbox] == [[world.lead.email]]
    assert LogEntry.objects.filter(verb="outbox.again", context=f"municipality:{world.here.pk}")


def test_an_unsure_one_that_arrived_is_done(desk: Client, world: World) -> None:
    doubtful = entry(world, "unsure")

    desk.post(ACT, {"doen": f"aangekomen:{doubtful.pk}"})

    doubtful.refresh_from_db()
    assert doubtful.status == "sent"
    assert "Alles is aangekomen" in texts(desk)


def test_an_answer_to_a_citizen_that_arrived_is_called_given(world: World, desk: Client) -> None:
    reporter = ReporterFactory.create(
        melding__municipality=world.here, email="mia@burger.example", channel=Channel.MAIL
    )
    answer = AnswerFactory.create(melding=reporter.melding, reporter=reporter, channel=Channel.MAIL)
    made = outbox.promise(
        "melding_mail", key="m", place=world.here, mail="answer", answer=answer.pk
    )
    OutboxEntry.objects.filter(pk=made.pk).update(status="unsure")
    page = texts(desk)
    assert reporter.melding.number in page
    assert "mia@burger.example" not in page
    assert reporter.name not in page

    desk.post(ACT, {"doen": f"aangekomen:{made.pk}"})

    assert Answer.objects.get(pk=answer.pk).state == AnswerState.MAILED


def test_several_are_chosen_and_given_up(desk: Client, world: World) -> None:
    rows = [entry(world, "failed", attempts=number) for number in range(3)]

    desk.post(ACT, {"doen": "annuleren", "mail": [str(row.pk) for row in rows[:2]]})

    assert OutboxEntry.objects.filter(status="cancelled").count() == 2
    assert OutboxEntry.objects.filter(status="failed").count() == 1


def test_of_two_people_one_does_it(desk: Client, world: World) -> None:
    doubtful = entry(world, "unsure")
    desk.post(ACT, {"doen": f"annuleren:{doubtful.pk}"})

    page = desk.post(ACT, {"doen": f"aangekomen:{doubtful.pk}"}, follow=True).content.decode()

    doubtful.refresh_from_db()
    assert doubtful.status == "cancelled"
    assert "intussen al opgevolgd" in page
    assert LogEntry.objects.filter(verb="outbox.arrived").count() == 0


@pytest.mark.parametrize("typed", ["", "opnieuw", "opnieuw:x", "opnieuw:-1", "wis:1",
                                   f"opnieuw:{'9' * 30}", "opnieuw:²"])  # fmt: skip
def test_nonsense_does_nothing(desk: Client, world: World, typed: str) -> None:
    kept = entry(world, "failed")

    assert desk.post(ACT, {"doen": typed}).status_code == 302
    kept.refresh_from_db()
    assert kept.status == "failed"


def test_mail_of_elsewhere_and_of_no_place_stays_hidden(world: World, desk: Client) -> None:
    other = entry(world, "failed")
    OutboxEntry.objects.filter(pk=other.pk).update(municipality=world.elsewhere)
    nowhere = outbox.promise("account_mail", key="a", mail="password_reset", user=world.lead.pk)
    OutboxEntry.objects.filter(pk=nowhere.pk).update(status="failed")

    assert world.lead.name not in texts(desk)
    assert follow_up([other.pk, nowhere.pk], "opnieuw", by=world.coordinator) == 0
    assert set(OutboxEntry.objects.values_list("status", flat=True)) == {"failed"}


def test_the_page_asks_as_much_for_fifty_as_for_one(desk: Client, world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(PAGE)
        return len(queries)

    entry(world, "failed")
    asked()
    few = asked()
    for number in range(1, 51):
        entry(world, "failed", attempts=number)

    assert asked() == few <= 10


def test_home_tells_the_coordinator(desk: Client, world: World) -> None:
    assert "misschien niet aankwamen" not in desk.get("/").content.decode()
    entry(world, "unsure", finished_at=timezone.now())

    page = desk.get("/").content.decode()
    assert "Mails die misschien niet aankwamen" in page
    assert PAGE in page
