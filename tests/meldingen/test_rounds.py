"""A round: begun, gone on by another, undone, ended; each note a melding that is typed over later."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.models import User
from accounts.roles import Role
from meldingen.models import (
    Mailbox,
    MailboxNote,
    MailboxRound,
    MailboxVisit,
    Melding,
    Photo,
    Route,
    VisitResult,
    missed,
)
from meldingen.operations import rounds
from meldingen.operations.defaults import fill_lists
from tests.conftest import World, sign_in
from tests.factories import CategoryFactory, route_along
from tests.together import at_once

TOKEN = "9d0e5a52-8d8c-4b0c-8f9e-0a8d5d7d2a01"
DAY = dt.timedelta(days=1)
WORKING_DAY = dt.date(2026, 11, 18)  # a Wednesday


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def warden(world: World) -> User:
    return world.cast[Role.WARDEN]


@pytest.fixture
def walked(world: World, warden: User) -> MailboxRound:
    return rounds.begin(route_along(world.here, 3), by=warden, on=timezone.localdate())


@pytest.fixture
def phone(warden: User, client: Client) -> Client:
    sign_in(client, warden)
    return client


def first(walked: MailboxRound) -> MailboxVisit:
    return walked.visits.all()[0]


def picture(name: str = "briefje.jpg") -> SimpleUploadedFile:
    target = io.BytesIO()
    Image.new("RGB", (1200, 900), "white").save(target, "JPEG")
    return SimpleUploadedFile(name, target.getvalue(), "image/jpeg")


def test_the_map_of_the_round_has_the_numbers_of_its_list(
    walked: MailboxRound, phone: Client, warden: User
) -> None:
    boxes = [visit.mailbox_id for visit in walked.visits.all()]
    Mailbox.objects.filter(pk=boxes[0]).update(latitude=None, longitude=None)
    Mailbox.objects.filter(pk__in=boxes[1:]).update(latitude=51.1, longitude=4.1)
    rounds.empty(walked.visits.all()[1], by=warden)

    shown = phone.get(reverse("meldingen:phone-round", args=[walked.pk])).content.decode()

    assert re.findall(r">(\d)</text>", shown) == ["2", "3"]
    assert re.findall(r'<span class="code">(\d)</span>', shown) == ["1", "2", "3"]
    assert "1 bus heeft geen plek op de kaart" in shown
    assert shown.index('id="volgende"') < shown.index("round-map")
    assert "<details" in shown


def test_without_points_a_round_has_no_map(walked: MailboxRound, phone: Client) -> None:
    Mailbox.objects.update(latitude=None, longitude=None)
    shown = phone.get(reverse("meldingen:phone-round", args=[walked.pk])).content.decode()
    assert "round-map" not in shown


def test_one_tap_and_the_box_is_empty(walked: MailboxRound, phone: Client, warden: User) -> None:
    visit = first(walked)

    for _twice in range(2):
        phone.post(reverse("meldingen:visit-empty", args=[visit.pk]))

    visit.refresh_from_db()
    assert (visit.result, visit.by) == (VisitResult.EMPTY, warden)
    shown = phone.get(reverse("meldingen:phone-round", args=[walked.pk]))
    assert shown.context["next"] == walked.visits.all()[1]


def test_each_note_is_a_melding_with_its_photo(walked: MailboxRound, phone: Client) -> None:
    visit = first(walked)
    form = {"notes": 2, "photos": [picture("a.jpg"), picture("b.jpg")], "form_token": TOKEN}

    first_answer = phone.post(reverse("meldingen:visit-notes", args=[visit.pk]), form)
    form["photos"] = []
    again = phone.post(reverse("meldingen:visit-notes", args=[visit.pk]), form)

    assert first_answer.status_code == again.status_code == 302
    made = Melding.objects.all()
    assert {(row.mailbox, row.status, row.source.code) for row in made} == {
        (visit.mailbox, "ontvangen", "box")
    }
    assert [row.photos.count() for row in made] == [1, 1]
    assert Photo.objects.exclude(thumbnail="").count() == 2


def test_with_the_notes_stands_what_holds_for_them(
    world: World, walked: MailboxRound, phone: Client
) -> None:
    address = reverse("meldingen:visit-notes", args=[first(walked).pk])
    assert "briefje zonder naam" not in phone.get(address).content.decode()

    fill_lists(world.here)

    shown = phone.get(address).content.decode()
    assert shown.count("Een briefje zonder naam is prima.") == 1
    assert "antwoorden en verwijderen ze" not in shown  # that is the web's


def test_what_is_no_photo_is_refused(walked: MailboxRound, phone: Client) -> None:
    disguised = SimpleUploadedFile("briefje.jpg", b"%PDF-1.7", "image/jpeg")
    form = {"notes": 1, "photos": [disguised], "form_token": TOKEN}

    answer = phone.post(reverse("meldingen:visit-notes", args=[first(walked).pk]), form)

    assert answer.status_code == 422
    assert not Melding.objects.exists()


def test_a_box_out_of_order_shows_in_the_list(walked: MailboxRound, phone: Client) -> None:
    visit = first(walked)
    form = {"notes": 0, "state": "slot stuk", "remark": "Klemt", "form_token": TOKEN}

    phone.post(reverse("meldingen:visit-notes", args=[visit.pk]), form)

    visit.mailbox.refresh_from_db()
    assert (visit.mailbox.state, visit.mailbox.state_note) == ("slot stuk", "Klemt")


@pytest.mark.django_db(transaction=True)
def test_of_two_wardens_at_one_box_one_is_told(world: World) -> None:
    people = [world.cast[Role.WARDEN], world.cast[Role.FINDER]]
    walked = rounds.begin(route_along(world.here, 1), by=people[0], on=timezone.localdate())
    visit = first(walked)

    done = at_once(*(lambda by=by: rounds.empty(visit, by=by, notes=1) for by in people))

    assert sum(isinstance(row, rounds.VisitedError) for row in done) == 1
    assert Melding.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_walk_one_round(world: World) -> None:
    route, today = route_along(world.here, 2), timezone.localdate()
    people = [world.cast[Role.WARDEN], world.cast[Role.FINDER]]

    begun = at_once(*(lambda by=by: rounds.begin(route, by=by, on=today) for by in people))

    assert len({row.pk for row in begun if isinstance(row, MailboxRound)}) == 1
    assert MailboxVisit.objects.count() == 2


def test_another_goes_on_where_one_stopped(walked: MailboxRound, world: World) -> None:
    rounds.empty(first(walked), by=world.cast[Role.WARDEN])

    rounds.empty(walked.visits.all()[1], by=world.cast[Role.NEIGHBOURHOOD_POLICE])

    assert walked.visits.filter(result=VisitResult.EMPTY).count() == 2


def test_undo_takes_back_the_notes_too(walked: MailboxRound, warden: User, phone: Client) -> None:
    visit = first(walked)
    rounds.empty(visit, by=warden, notes=2)

    phone.post(reverse("meldingen:visit-undo", args=[visit.pk]))

    visit.refresh_from_db()
    assert (visit.result, visit.notes) == (VisitResult.TO_DO, 0)
    assert not Melding.objects.exists()


def test_a_note_that_was_typed_over_stays(walked: MailboxRound, warden: User) -> None:
    visit = rounds.empty(first(walked), by=warden, notes=1)
    MailboxNote.objects.update(copied_at=timezone.now())

    with pytest.raises(PermissionDenied):
        rounds.undo(visit, by=warden)

    assert Melding.objects.exists()


def test_who_ends_early_says_why_once(walked: MailboxRound, phone: Client, warden: User) -> None:
    rounds.empty(first(walked), by=warden)
    address = reverse("meldingen:round-finish", args=[walked.pk])

    assert phone.post(address, {}).status_code == 422
    phone.post(address, {"reason": "weg afgesloten", "remark": "Werken"})

    walked.refresh_from_db()
    assert walked.finished_by == warden
    assert walked.visits.filter(skip_reason="weg afgesloten").count() == 2


def test_a_day_that_nobody_walked_is_missed_until_somebody_says_why(
    world: World, warden: User
) -> None:
    route = route_along(world.here, 1)
    days = {"since": WORKING_DAY - DAY, "until": WORKING_DAY}
    assert len(missed([route], **days)) == 2

    rounds.explain(route, WORKING_DAY, "Ziekte", by=warden)

    assert missed([route], **days) == [(route, WORKING_DAY - DAY)]


def test_nothing_is_missed_on_a_holiday_or_in_the_weekend(world: World) -> None:
    route: Route = route_along(world.here, 1)

    assert not route.is_due(dt.date(2026, 11, 11))
    assert not route.is_due(dt.date(2026, 11, 21))


def test_the_code_in_the_box_opens_it_in_the_round(walked: MailboxRound, phone: Client) -> None:
    visit = walked.visits.all()[1]

    answer = phone.get(reverse("meldingen:phone-box", args=[visit.mailbox.code.lower()]))

    assert answer["Location"].endswith(f"/m/ronde/{walked.pk}/?bus={visit.pk}")


def test_the_desk_types_a_note_over(
    walked: MailboxRound, warden: User, world: World, client: Client
) -> None:
    rounds.empty(first(walked), by=warden, notes=1)
    note = MailboxNote.objects.get()
    category = CategoryFactory.create(municipality=world.here, handler=world.service)
    form = {"text": "De lamp is stuk.", "category": category.pk, "urgency": "gewoon", "version": 1}
    sign_in(client, world.coordinator)

    client.post(reverse("meldingen:note-copy", args=[note.pk]), form)

    melding = Melding.objects.get()
    assert (melding.text, melding.handler) == ("De lamp is stuk.", world.service)
    assert not MailboxNote.objects.all().to_copy().exists()
    form["text"] = "De lamp knippert."
    late = client.post(reverse("meldingen:note-copy", args=[note.pk]), form)
    assert late.status_code == 409


@pytest.mark.parametrize("count", [3, 20])
@pytest.mark.parametrize("name", ["phone-round", "round"])
def test_a_round_asks_little(
    world: World, warden: User, phone: Client, count: int, name: str,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    route = route_along(world.here, count)
    walked = rounds.begin(route, by=warden, on=timezone.localdate())
    for visit in list(walked.visits.all())[:-1]:
        rounds.empty(visit, by=warden, notes=1)

    with django_assert_max_num_queries(13):
        assert phone.get(reverse(f"meldingen:{name}", args=[walked.pk])).status_code == 200
