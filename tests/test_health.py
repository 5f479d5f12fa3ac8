"""How the installation is doing, for the administrator and for machines."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.tasks import tidy
from core import outbox, pauses
from core.models import Heartbeat, LogEntry, OutboxEntry, OutboxPause
from ivcentrum import health
from ivcentrum.health_views import KINDS
from tests.conftest import World

PAGE = "/beheer/toestand/"


@pytest.fixture
def beating(world: World) -> None:
    for name in ("drain-mail", "drain-pdf", "beat", "broker", "worker-mail@huis"):
        Heartbeat.beat(name)


@pytest.fixture
def desk(client: Client, world: World, beating: None) -> Client:
    client.force_login(world.administrator)
    return client


def promise(world: World, **values: object) -> OutboxEntry:
    entry = outbox.promise(
        "account_mail", key="reset:1", mail="password_reset", user=world.reader.pk
    )
    OutboxEntry.objects.filter(pk=entry.pk).update(**values)
    entry.refresh_from_db()
    return entry


def minutes_ago(minutes: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(minutes=minutes)


def test_a_good_day_is_told_in_one_sentence(desk: Client) -> None:
    page = desk.get(PAGE).content.decode()

    assert "Alles werkt." in page
    assert "Niets mislukt." in page


@pytest.mark.parametrize(("minutes", "level"), [(1, 0), (6, 1), (16, 2)])
def test_work_that_waits_too_long_turns_amber_and_red(
    world: World, beating: None, minutes: int, level: int
) -> None:
    promise(world, run_after=minutes_ago(minutes))

    assert health.worst(health.parts()) == level


@pytest.mark.parametrize(("minutes", "level"), [(1, 0), (6, 1), (16, 2)])
def test_a_worker_that_is_silent_turns_amber_and_red(
    world: World, beating: None, minutes: int, level: int
) -> None:
    Heartbeat.objects.filter(name="drain-pdf").update(at=minutes_ago(minutes))

    assert health.worst(health.parts()) == level


def silent(name: str, minutes: float) -> None:
    """The part gave no sign for so long."""
    Heartbeat.objects.filter(name=name).update(at=minutes_ago(minutes))


def part(name: str) -> health.Part:
    return next(found for found in health.parts() if found.name.startswith(name))


@pytest.mark.parametrize(("minutes", "level"), [(1, 0), (6, 1), (16, 2)])
def test_a_clock_that_stands_still_turns_amber_and_red(
    world: World, beating: None, minutes: int, level: int
) -> None:
    silent("beat", minutes)

    assert part("Klok").level == level


@pytest.mark.parametrize(("minutes", "level"), [(0.5, 0), (1, 1), (16, 2)])
def test_a_redis_that_does_not_answer_is_told_within_a_minute(
    desk: Client, minutes: float, level: int
) -> None:
    silent("broker", minutes)

    found = part("Redis")
    assert found.level == level
    page = desk.get(PAGE).content.decode()
    assert ("komen vanzelf als Redis terug is" in page) == (level > 0)


def test_of_redis_nothing_is_known_while_the_clock_stands_still(
    world: World, beating: None
) -> None:
    silent("beat", 6)
    silent("broker", 6)

    assert part("Redis").told == "Niet te zeggen zolang de klok stilstaat."


@pytest.mark.parametrize(("minutes", "level"), [(1, 1), (16, 2)])
def test_a_mail_server_that_does_not_answer_is_told_at_once(
    desk: Client, minutes: int, level: int
) -> None:
    pauses.note("mailserver", "De mailserver antwoordde niet (TimeoutError).")
    since = minutes_ago(minutes)
    OutboxPause.objects.update(since=since)

    found = part("Mailserver")
    assert found.level == level
    told, _since, moment = found.told.partition(" Sinds ")
    assert told == "De mailserver antwoordde niet (TimeoutError)."
    # Before midnight it was another day, and the page says so.
    assert moment.endswith(f"{timezone.localtime(since):%H:%M}.")
    page = desk.get(PAGE).content.decode()
    assert "vertrekken vanzelf zodra hij antwoordt" in page
    assert "Kijk na of de mailserver werkt" in page


# What stands still, and what the page says to do about the mail that waits for it.
CAUSES = [
    (["beat", "broker", "drain-mail"], "De klok staat stil: zie hieronder."),
    (["broker", "drain-mail"], "De werker krijgt geen seintjes: zie Redis hieronder."),
    (["drain-mail"], "De werker draait niet. Laat de systeembeheerder worker-mail herstarten."),
    ([], "Er is meer werk dan de werker aankan. Duurt het lang, laat er dan een bij starten."),
]


@pytest.mark.parametrize(("still", "todo"), CAUSES)
def test_mail_that_waits_names_what_it_waits_for(
    world: World, beating: None, still: list[str], todo: str
) -> None:
    promise(world, run_after=minutes_ago(20))
    for name in still:
        silent(name, 20)

    assert part("Mail").todo == todo


def test_a_clock_that_differs_is_told(world: World, beating: None) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=90)):
        found = health._database()

    assert found.level == health.RED
    assert "NTP" in found.todo


def test_the_workers_that_were_seen_are_named(world: World, beating: None) -> None:
    Heartbeat.beat("worker-pdf@ander")
    silent("worker-pdf@ander", 20)

    assert part("Werkers").told == "1 gezien: mail."


def test_workers_of_days_ago_are_forgotten_by_night(world: World, beating: None) -> None:
    Heartbeat.beat("worker-pdf@gisteren")
    silent("worker-pdf@gisteren", 60 * 25)
    silent("drain-pdf", 60 * 25)

    tidy()

    left = set(Heartbeat.objects.values_list("name", flat=True))
    assert "worker-pdf@gisteren" not in left
    assert {"worker-mail@huis", "drain-pdf"} <= left


def test_the_coordinator_hears_of_what_stands_still(
    client: Client, world: World, beating: None
) -> None:
    client.force_login(world.coordinator)
    assert "Er staat iets stil" not in client.get("/").content.decode()

    silent("drain-mail", 16)

    page = client.get("/").content.decode()
    assert "Er staat iets stil: Mail" in page
    assert "Er gaat niets verloren." in page


def test_the_page_asks_as_much_whatever_happens(
    desk: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    outbox.promise_all("digest", {str(n): {"person": n} for n in range(300)})
    pauses.note("mailserver", "Stil.")

    with django_assert_max_num_queries(20):
        desk.get(PAGE)


def test_failed_work_is_shown_with_its_reason_and_tried_again(desk: Client, world: World) -> None:
    entry = promise(world, status="failed", last_error="De mailserver weigerde dit bericht.")
    assert "De mailserver weigerde dit bericht." in desk.get(PAGE).content.decode()

    desk.post(f"{PAGE}{entry.pk}/opnieuw/")

    entry.refresh_from_db()
    assert entry.status == "queued"
    assert LogEntry.objects.about(entry).get().verb == "outbox.again"


def test_unsure_work_can_be_given_up(desk: Client, world: World) -> None:
    entry = promise(world, status="unsure")

    desk.post(f"{PAGE}{entry.pk}/annuleren/")

    entry.refresh_from_db()
    assert entry.status == "cancelled"


@pytest.mark.parametrize("status", ["queued", "sent", "cancelled"])
def test_work_that_is_not_in_trouble_is_left_alone(desk: Client, world: World, status: str) -> None:
    entry = promise(world, status=status)

    assert desk.post(f"{PAGE}{entry.pk}/opnieuw/").status_code == 404
    assert desk.post(f"{PAGE}{entry.pk}/annuleren/").status_code == 404


def test_a_machine_hears_that_work_gets_done(client: Client, beating: None) -> None:
    assert client.get("/healthz/ready").status_code == 200


def test_a_machine_hears_that_nobody_works(client: Client, db: None) -> None:
    response = client.get("/healthz/ready")

    assert (response.status_code, response.content) == (503, b"not ready")


def test_a_machine_hears_that_the_database_is_gone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> list[health.Part]:
        raise DatabaseError

    monkeypatch.setattr(health, "parts", gone)

    assert client.get("/healthz/ready").status_code == 503


def test_being_alive_asks_nothing_of_the_database(client: Client) -> None:
    assert client.get("/healthz/live").content == b"ok"  # no database in this test


def test_every_kind_of_work_has_a_name() -> None:
    assert set(KINDS) == set(settings.OUTBOX_HANDLERS)
