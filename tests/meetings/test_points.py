"""Points that nobody dealt with come onto the agenda of the core group, and are handled there."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.confidentiality import Level
from core.models import LogEntry
from meetings.models import AgendaItem, Body, Kind, Meeting, Resolution
from meetings.operations import take_points
from reminders.models import CoreGroupItem
from tests.conftest import World, build_world
from tests.factories import MeetingFactory

pytestmark = pytest.mark.django_db
AHEAD = timezone.localdate() + dt.timedelta(days=10)


def open_point(world: World, number: int = 1, **values: Any) -> CoreGroupItem:
    return CoreGroupItem.objects.create(
        **{
            "municipality": world.here, "rule": "actie-bijwerken", "subject_pk": number,
            "due": dt.date(2026, 4, 12), "text": f"1.1.{number} Zeehond",
            "made_on": dt.date(2026, 5, 12), **values,
        }
    )  # fmt: skip


@pytest.fixture
def meeting(world: World) -> Meeting:
    return MeetingFactory.create(municipality=world.here, on=AHEAD)


def take(client: Client, meeting: Meeting) -> int:
    return client.post(reverse("meetings:take-points", args=[meeting.pk])).status_code


def decide(client: Client, point: AgendaItem, text: str = "Uitstel tot mei.") -> Any:
    form = {"kind": Kind.DECISION, "text": text, "confidentiality": Level.INTERNAL}
    url = reverse("meetings:point-resolve", args=[point.pk])
    return client.post(url, form | {"form_token": str(uuid.uuid4())})


def test_open_points_come_on_the_agenda_with_one_button(
    client: Client, world: World, meeting: Meeting
) -> None:
    points = [open_point(world, number) for number in (1, 2)]
    open_point(world, 3, closed_at=timezone.now(), outcome="Gedaan.")
    open_point(world, 4, municipality=world.elsewhere)
    client.force_login(world.coordinator)
    assert "Nog op geen agenda" in client.get(meeting.get_absolute_url()).content.decode()

    assert [take(client, meeting) for _twice in range(2)] == [302, 302]

    assert [row.item for row in meeting.agenda_items.all()] == points
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "1.1.1 Zeehond" in page
    assert "Nog op geen agenda" not in page
    assert LogEntry.objects.filter(verb="meeting.points_taken").count() == 1


def test_what_was_decided_handles_the_point(client: Client, world: World, meeting: Meeting) -> None:
    item = open_point(world)
    client.force_login(world.coordinator)
    take(client, meeting)
    point = AgendaItem.objects.get()
    assert decide(client, point).status_code == 302

    item.refresh_from_db()
    resolution = Resolution.objects.get()
    assert (item.closed_by, item.outcome) == (world.coordinator, "Beslissing: Uitstel tot mei.")
    assert (resolution.meeting, resolution.body) == (meeting, Body.CORE_GROUP)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Afgehandeld" in page
    assert "Beslissing noteren" in page  # the button of the meeting itself

    late = decide(client, point, "Nog eens.")
    assert late.status_code == 422
    assert "noteerde iemand net al een beslissing" in late.content.decode()
    assert Resolution.objects.count() == 1


def test_what_was_done_meanwhile_is_handled_too(
    client: Client, world: World, meeting: Meeting
) -> None:
    item = open_point(world)
    client.force_login(world.coordinator)
    take(client, meeting)
    CoreGroupItem.objects.filter(pk=item.pk).update(closed_at=timezone.now(), outcome="Gedaan.")
    assert "Afgehandeld" in client.get(meeting.get_absolute_url()).content.decode()


def test_what_was_not_dealt_with_comes_back_for_the_next(
    client: Client, world: World, meeting: Meeting
) -> None:
    open_point(world)
    client.force_login(world.coordinator)
    take(client, meeting)
    following = MeetingFactory.create(municipality=world.here, on=AHEAD + dt.timedelta(days=50))
    take(client, following)
    assert not following.agenda_items.exists()  # it stands on one that is still to come
    Meeting.objects.filter(pk=meeting.pk).update(on=timezone.localdate() - dt.timedelta(days=1))
    take(client, following)
    assert following.agenda_items.count() == 1


def test_the_core_group_reads_the_agenda_and_takes_nothing(
    client: Client, world: World, meeting: Meeting
) -> None:
    open_point(world)
    client.force_login(world.core_group)
    assert "Zeehond" not in client.get(meeting.get_absolute_url()).content.decode()
    assert take(client, meeting) == 403
    client.force_login(world.coordinator)
    take(client, meeting)
    client.force_login(world.core_group)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Zeehond" in page
    assert "Te bespreken" in page
    assert decide(client, AgendaItem.objects.get()).status_code == 403


def test_only_the_core_group_has_these_points(client: Client, world: World) -> None:
    open_point(world)
    college = MeetingFactory.create(municipality=world.here, on=AHEAD, body=Body.COLLEGE)
    client.force_login(world.coordinator)
    assert "Nog op geen agenda" not in client.get(college.get_absolute_url()).content.decode()
    assert take(client, college) == 403


@pytest.mark.django_db(transaction=True, serialized_rollback=False)
def test_of_two_at_once_one_takes_them() -> None:
    world = build_world()
    meetings = [
        MeetingFactory.create(municipality=world.here, on=AHEAD + dt.timedelta(days=number))
        for number in (0, 1)
    ]
    open_point(world)
    start, taken = threading.Barrier(2), []

    def attempt(meeting: Meeting) -> None:
        start.wait()
        try:
            taken.append(take_points(meeting, by=world.coordinator))
        finally:
            connection.close()

    pair = [threading.Thread(target=attempt, args=[meeting]) for meeting in meetings]
    for one in pair:
        one.start()
    for one in pair:
        one.join()
    assert sorted(taken) == [0, 1]
    assert AgendaItem.objects.count() == 1


def test_the_page_asks_as_much_for_many(client: Client, world: World, meeting: Meeting) -> None:
    client.force_login(world.coordinator)
    counts = []
    for start in (1, 50):
        for number in range(start, start + 3 * start):
            open_point(world, number)
        take(client, meeting)
        open_point(world, 1000 + start)
        client.get(meeting.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(meeting.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_a_resolution_shows_what_happened_to_who_keeps_the_record(
    client: Client, world: World, meeting: Meeting
) -> None:
    open_point(world)
    client.force_login(world.coordinator)
    take(client, meeting)
    decide(client, AgendaItem.objects.get())
    row = Resolution.objects.get()
    url = reverse("meetings:resolution-edit", args=[row.pk])
    form = {"text": "Uitstel tot juni.", "confidentiality": row.confidentiality}
    client.post(url, form | {"version": row.version})
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Genoteerd" in page
    assert "<del>Uitstel tot mei.</del>" in page
    client.force_login(world.core_group)
    assert "Uitstel tot mei." not in client.get(row.get_absolute_url()).content.decode()
