"""How the installation is doing, for the administrator and for machines."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from core import outbox
from core.models import Heartbeat, LogEntry, OutboxEntry
from ivcentrum import health
from ivcentrum.health_views import KINDS
from tests.conftest import World

PAGE = "/beheer/toestand/"


@pytest.fixture
def beating(world: World) -> None:
    for name in ("drain-mail", "drain-pdf"):
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


def minutes_ago(minutes: int) -> dt.datetime:
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
