"""What was decided: written down, seen by the right people, followed until it is done."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from core.confidentiality import Level
from core.models import LogEntry
from meetings.models import Body, Followed, Kind, Meeting, Resolution
from tests.conftest import World
from tests.factories import ActionFactory, MeetingFactory, ResolutionFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    return MeetingFactory.create(municipality=world.here, on=dt.date(2026, 10, 14))


@pytest.fixture
def resolution(world: World, meeting: Meeting) -> Resolution:
    """The core group asked the service for something about an action that it leads."""
    row = ResolutionFactory.create(
        municipality=world.here, meeting=meeting, owner=world.service, due=dt.date(2026, 11, 1)
    )
    row.actions.add(world.action)
    return row


def asked(**values: object) -> dict[str, object]:
    form = {"kind": Kind.DECISION, "text": "De brief vertrekt.", "confidentiality": Level.INTERNAL}
    return {**form, "form_token": "0f8fad5b-d9cb-469f-a165-70867728950e", **values}


def reads(user: User, row: Resolution) -> bool:
    return Resolution.objects.visible_to(User.objects.get(pk=user.pk)).filter(pk=row.pk).exists()


def test_a_decision_of_a_meeting_has_its_body_and_its_day(
    client: Client, world: World, meeting: Meeting
) -> None:
    client.force_login(world.coordinator)
    form = asked(owner=world.service.pk, due="2026-12-01", actions="1.1.1")
    for _twice in range(2):  # the second is the same click
        answer = client.post(reverse("meetings:resolve", args=[meeting.pk]), form)
        assert answer.status_code == 302
    row = Resolution.objects.get()
    assert (row.body, row.on, row.status) == (Body.CORE_GROUP, meeting.on, Followed.OPEN)
    assert [action.code for action in row.actions.all()] == ["1.1.1"]
    assert LogEntry.objects.filter(verb="resolution.made").count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"actions": "9.9.9"}, "Deze actie is er niet: 9.9.9."),
        ({"due": "2026-10-01"}, "De einddatum ligt voor de dag van de beslissing."),
        ({"kind": Kind.NOTED, "due": "2026-12-01"}, "heeft geen uitvoerder en geen einddatum"),
        ({"text": ""}, "verplicht"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(
    client: Client, world: World, meeting: Meeting, wrong: dict[str, str], words: str
) -> None:
    client.force_login(world.coordinator)
    answer = client.post(reverse("meetings:resolve", args=[meeting.pk]), asked(**wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Resolution.objects.exists()


def test_an_action_that_is_not_here_cannot_be_named(
    client: Client, world: World, meeting: Meeting
) -> None:
    elsewhere = ActionFactory.create(code="7.7.7")
    client.force_login(world.coordinator)
    for code in ("7.7.7", str(elsewhere.pk)):
        url = reverse("meetings:resolve", args=[meeting.pk])
        assert client.post(url, asked(actions=code)).status_code == 422


def test_who_reads_the_action_reads_what_was_decided_about_it(
    world: World, resolution: Resolution
) -> None:
    assert reads(world.cast[Role.WARDEN], resolution)
    resolution.actions.clear()
    assert not reads(world.cast[Role.WARDEN], resolution)
    assert reads(world.core_group, resolution)  # it decided this
    assert reads(world.lead, resolution)  # and the service has to do it
    assert not reads(world.coordinator_elsewhere, resolution)
    assert not reads(world.partner, resolution)


@pytest.mark.parametrize(
    ("level", "readers"),
    [
        (Level.RESTRICTED, {Role.COORDINATOR, Role.CORE_GROUP}),
        (Level.CONFIDENTIAL, {Role.COORDINATOR}),
    ],
)
def test_nobody_reads_above_their_level(
    world: World, resolution: Resolution, level: Level, readers: set[Role]
) -> None:
    Resolution.objects.update(confidentiality=level)
    assert {role for role, user in world.cast.items() if reads(user, resolution)} == readers


def test_an_action_that_one_does_not_read_is_not_named(
    client: Client, world: World, resolution: Resolution
) -> None:
    secret = ActionFactory.create(
        sub_theme=world.sub_theme, code="1.1.9", confidentiality=Level.CONFIDENTIAL, running=True
    )
    resolution.actions.add(secret)
    for user, named in ((world.coordinator, True), (world.core_group, False)):
        client.force_login(user)
        for url in (resolution.get_absolute_url(), reverse("meetings:resolutions")):
            assert ("1.1.9" in client.get(url).content.decode()) is named


def test_the_service_that_does_it_says_what_came_of_it(
    client: Client, world: World, resolution: Resolution
) -> None:
    client.force_login(world.lead)
    url = reverse("meetings:resolution-close", args=[resolution.pk])
    form = {"status": Followed.DONE, "outcome": "Verstuurd.", "version": resolution.version}
    assert client.post(url, form).status_code == 302
    resolution.refresh_from_db()
    assert (resolution.status, resolution.closed_on) == (Followed.DONE, timezone.localdate())
    assert client.get(url).status_code == 302  # nothing is left to say


def test_what_is_dropped_has_a_reason(client: Client, world: World, resolution: Resolution) -> None:
    client.force_login(world.coordinator)
    url = reverse("meetings:resolution-close", args=[resolution.pk])
    answer = client.post(url, {"status": Followed.DROPPED, "version": resolution.version})
    assert answer.status_code == 422
    assert "Zeg waarom het niet meer gebeurt." in answer.content.decode()


def test_of_two_who_close_it_the_second_hears_of_the_first(
    client: Client, world: World, resolution: Resolution
) -> None:
    client.force_login(world.lead)
    url = reverse("meetings:resolution-close", args=[resolution.pk])
    form = {"status": Followed.DONE, "outcome": "Klaar.", "version": resolution.version}
    client.post(url, form)
    client.force_login(world.coordinator)
    late = client.post(url, form | {"status": Followed.DROPPED})
    assert late.status_code == 409
    resolution.refresh_from_db()
    assert resolution.status == Followed.DONE


def test_it_can_be_opened_again(client: Client, world: World, resolution: Resolution) -> None:
    Resolution.objects.update(status=Followed.DONE, closed_on=dt.date(2026, 11, 1))
    client.force_login(world.coordinator)
    client.post(reverse("meetings:resolution-reopen", args=[resolution.pk]))
    resolution.refresh_from_db()
    assert (resolution.status, resolution.closed_on) == (Followed.OPEN, None)


def test_a_meeting_that_moves_takes_its_decisions_along(
    client: Client, world: World, meeting: Meeting, resolution: Resolution
) -> None:
    client.force_login(world.coordinator)
    url = reverse("meetings:edit", args=[meeting.pk])
    form = {"body": meeting.body, "number": meeting.number, "version": meeting.version}
    assert client.post(url, form | {"on": "2026-11-30"}).status_code == 422  # after its last day
    assert client.post(url, form | {"on": "2026-10-21"}).status_code == 302
    resolution.refresh_from_db()
    assert resolution.on == dt.date(2026, 10, 21)


def test_a_number_is_given_once(client: Client, world: World, meeting: Meeting) -> None:
    client.force_login(world.coordinator)
    form = asked(municipality=world.here.pk, body=meeting.body, number=meeting.number)
    answer = client.post(reverse("meetings:create"), form | {"on": "2026-11-02"})
    assert "Er is al een overleg met dit nummer." in answer.content.decode()


def test_the_list_is_narrowed_by_its_address(
    client: Client, world: World, resolution: Resolution
) -> None:
    ResolutionFactory.create(municipality=world.here, kind=Kind.NOTED, status="", text="Gelezen.")
    client.force_login(world.coordinator)
    for query, found in (
        ("stand=te-laat", {resolution}), ("stand=uitgevoerd", set()), ("q=1.1.1", {resolution}),
        (f"wie={world.service.pk}", {resolution}), ("wie=x", {resolution, None}),
    ):  # fmt: skip
        page = client.get(f"{reverse('meetings:resolutions')}?{query}").content.decode()
        assert (resolution.text in page) is (resolution in found)
        assert ("Gelezen." in page) is (None in found)


def test_told_in_a_period_is_what_was_decided_closed_or_still_open(world: World) -> None:
    start, end = dt.date(2026, 10, 1), dt.date(2026, 11, 1)
    place, early = world.here, dt.date(2026, 6, 1)
    still = ResolutionFactory.create(municipality=place, on=early)
    done = ResolutionFactory.create(
        municipality=place, on=early, status=Followed.DONE, closed_on=dt.date(2026, 10, 9)
    )
    new = ResolutionFactory.create(municipality=place)
    ResolutionFactory.create(
        municipality=place, on=early, status=Followed.DONE, closed_on=dt.date(2026, 7, 1)
    )
    ResolutionFactory.create(municipality=place, on=dt.date(2026, 11, 2))
    assert {*Resolution.objects.told_in(start=start, end=end)} == {still, done, new}


@pytest.mark.parametrize("rows", [3, 25])
def test_the_list_asks_as_much_for_three_as_for_many(
    client: Client, world: World, django_assert_max_num_queries: object, rows: int
) -> None:
    for row in ResolutionFactory.create_batch(rows, municipality=world.here, owner=world.service):
        row.actions.add(world.action)
    client.force_login(world.coordinator)
    client.get(reverse("meetings:list"))  # the first page of a session notes that it began
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(reverse("meetings:resolutions"))


def test_somebody_of_another_organisation_does_not_close_it(
    client: Client, world: World, resolution: Resolution
) -> None:
    client.force_login(member(world.here, Role.SERVICE, world.civ))
    url = reverse("meetings:resolution-close", args=[resolution.pk])
    assert client.post(url, {"status": Followed.DONE, "version": 1}).status_code == 403
