"""Which organisations came to a meeting, and what that says of their engagement."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import LogEntry
from meetings.forms import NOT_ASKED
from meetings.models import Attendance, Meeting, Presence
from partners.models import Partner
from plans.engagement import Engagement, engagement_of
from plans.workflow import Light
from tests.conftest import World, build_world
from tests.factories import MeetingFactory, PartnerFactory
from tests.together import at_once

TODAY = timezone.localdate()


@pytest.fixture
def meeting(world: World) -> Meeting:
    return MeetingFactory.create(municipality=world.here, on=TODAY - dt.timedelta(days=7))


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def page(meeting: Meeting) -> str:
    return reverse("meetings:attendance", args=[meeting.pk])


def note(meeting: Meeting, partner: Partner, presence: str = Presence.CAME) -> Attendance:
    return Attendance.objects.create(meeting=meeting, partner=partner, presence=presence)


def row(partner: Partner, new: str, old: str = NOT_ASKED) -> dict[str, str]:
    name = f"partner-{partner.pk}"
    return {name: new, f"initial-{name}": old}


def noted(meeting: Meeting) -> dict[str, str]:
    return dict(meeting.attendances.values_list("partner__name", "presence"))


def of(partner: Partner) -> Engagement:
    [one] = engagement_of([partner], on=TODAY)
    return one


def test_who_came_is_ticked_once_and_stands_on_the_page(
    desk: Client, world: World, meeting: Meeting
) -> None:
    data = {"more": [world.care.pk, world.civ.pk]}

    assert desk.post(page(meeting), data).status_code == 302
    again = row(world.care, Presence.ABSENT, Presence.CAME)
    again |= row(world.civ, Presence.CAME, Presence.CAME)
    desk.post(page(meeting), again)

    assert noted(meeting) == {"CGG": "afwezig", "Centrum IV": "aanwezig"}
    lines = LogEntry.objects.filter(verb="meeting.attendance").order_by("pk")
    assert [line.changes[0]["new"] for line in lines][-1] == "CGG (Afwezig); Centrum IV (Aanwezig)"
    shown = desk.get(meeting.get_absolute_url()).content.decode()
    assert "CGG" in shown
    assert "Afwezig" in shown


def test_who_is_ticked_for_a_meeting_to_come_is_invited(desk: Client, world: World) -> None:
    ahead = MeetingFactory.create(municipality=world.here, on=TODAY + dt.timedelta(days=7))

    desk.post(page(ahead), {"more": [world.care.pk]})

    assert noted(ahead) == {"CGG": "uitgenodigd"}


def test_those_of_the_last_meeting_of_that_body_stand_there_already(
    desk: Client, world: World, meeting: Meeting
) -> None:
    before = MeetingFactory.create(municipality=world.here, on=meeting.on - dt.timedelta(days=60))
    note(before, world.care)

    shown = desk.get(page(meeting)).content.decode()

    assert f'name="partner-{world.care.pk}"' in shown
    assert not meeting.attendances.exists()


def test_who_was_not_asked_after_all_is_taken_off(
    desk: Client, world: World, meeting: Meeting
) -> None:
    note(meeting, world.care)

    desk.post(page(meeting), row(world.care, NOT_ASKED, Presence.CAME))

    assert noted(meeting) == {}


def test_two_people_keep_what_each_of_them_noted(
    desk: Client, world: World, meeting: Meeting
) -> None:
    """The second had the page open before the first saved."""
    for partner in (world.care, world.civ):
        note(meeting, partner, Presence.INVITED)
    desk.post(page(meeting), row(world.care, Presence.CAME, Presence.INVITED)
              | row(world.civ, Presence.INVITED, Presence.INVITED))  # fmt: skip

    desk.post(page(meeting), row(world.care, Presence.INVITED, Presence.INVITED)
              | row(world.civ, Presence.ABSENT, Presence.INVITED))  # fmt: skip

    assert noted(meeting) == {"CGG": "aanwezig", "Centrum IV": "afwezig"}


@pytest.mark.parametrize(
    "data",
    [{"more": "x"}, {"more": "0"}, {"more": "9" * 40}, {"partner-1": "x"}, {"more": "a\0b"}],
)
def test_bad_input_notes_nothing(desk: Client, meeting: Meeting, data: dict[str, str]) -> None:
    assert desk.post(page(meeting), data).status_code in {302, 422}
    assert noted(meeting) == {}


def test_a_partner_of_another_municipality_is_not_offered(
    desk: Client, world: World, meeting: Meeting
) -> None:
    far = PartnerFactory.create(municipality=world.elsewhere)

    assert desk.post(page(meeting), {"more": [far.pk]}).status_code == 422


def test_the_database_keeps_one_row_per_organisation(world: World, meeting: Meeting) -> None:
    note(meeting, world.care)
    with pytest.raises(IntegrityError), transaction.atomic():
        note(meeting, world.care, Presence.ABSENT)


@pytest.mark.parametrize(
    ("presences", "percent", "light"),
    [
        (["aanwezig", "aanwezig"], 100, Light.GREEN),
        (["aanwezig", "aanwezig", "afwezig"], 67, Light.AMBER),
        (["afwezig", "afwezig", "aanwezig"], 33, Light.RED),
        (["verontschuldigd", "aanwezig", "aanwezig"], 100, Light.GREEN),
        (["afwezig"], 0, ""),  # of one meeting nothing follows
    ],
)
def test_the_meetings_of_a_year_count_in_the_engagement(
    world: World, presences: list[str], percent: int, light: str
) -> None:
    for number, presence in enumerate(presences):
        day = TODAY - dt.timedelta(days=30 * number)
        note(MeetingFactory.create(municipality=world.here, on=day), world.care, presence)

    one = of(world.care)

    assert one.meetings is not None
    assert (one.meetings.percent, one.light) == (percent, light)
    assert bool(one.reasons) == (light in {Light.AMBER, Light.RED})


def test_what_is_long_ago_to_come_or_not_noted_does_not_count(world: World) -> None:
    for days, presence in ((-400, "afwezig"), (7, "aanwezig"), (-7, "uitgenodigd")):
        day = TODAY + dt.timedelta(days=days)
        note(MeetingFactory.create(municipality=world.here, on=day), world.care, presence)

    assert of(world.care).meetings is None


def test_the_engagement_page_tells_it(desk: Client, world: World, meeting: Meeting) -> None:
    note(meeting, world.care)

    shown = desk.get(reverse("plans:engagement", args=[world.care.pk])).content.decode()

    assert "Aanwezig op overleg" in shown
    assert "1 van 1" in shown


@pytest.mark.django_db(transaction=True)
def test_two_at_once_note_the_same_organisation_once() -> None:
    world = build_world()
    meeting = MeetingFactory.create(municipality=world.here, on=TODAY)

    def save() -> Any:
        client = Client()
        client.force_login(world.coordinator)
        return client.post(page(meeting), {"more": [world.care.pk]}).status_code

    assert set(at_once(save, save)) <= {302, 422}
    assert noted(meeting) == {"CGG": "aanwezig"}
