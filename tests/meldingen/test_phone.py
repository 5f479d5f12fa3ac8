"""The warden's phone: close in four taps, find in five, and take back what a thumb did."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Neighbourhood, User
from accounts.roles import Role
from meldingen.models import Category, ClosureReason, Melding
from tests.conftest import World, sign_in
from tests.factories import (
    CategoryFactory,
    ClosureReasonFactory,
    MeldingFactory,
    NeighbourhoodFactory,
)
from tests.meldingen.test_rounds import picture

TOKEN = "9d0e5a52-8d8c-4b0c-8f9e-0a8d5d7d2a01"
HERE = {"lat": "50.910000", "lon": "4.190000"}


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def warden(world: World) -> User:
    return world.cast[Role.WARDEN]


@pytest.fixture
def phone(warden: User, client: Client) -> Client:
    sign_in(client, warden)
    return client


@pytest.fixture
def mine(world: World, warden: User) -> Melding:
    return MeldingFactory.create(municipality=world.here, assignee=warden)


@pytest.fixture
def reason(world: World) -> ClosureReason:
    return ClosureReasonFactory.create(municipality=world.here, name="Niet aangetroffen")


@pytest.fixture
def category(world: World) -> Category:
    return CategoryFactory.create(municipality=world.here, name="Sluikstort")


@pytest.fixture
def hood(world: World) -> Neighbourhood:
    return NeighbourhoodFactory.create(municipality=world.here)


def closing(melding: Melding) -> str:
    return reverse("meldingen:phone-close", args=[melding.pk])


def test_the_list_holds_what_is_mine_the_most_urgent_first(
    world: World, warden: User, phone: Client
) -> None:
    today = timezone.localdate()
    later, soon = (
        MeldingFactory.create(
            municipality=world.here, assignee=warden, due=today + dt.timedelta(days=days)
        )
        for days in (9, 1)
    )
    MeldingFactory.create(municipality=world.here, assignee=world.coordinator)

    page = phone.get(reverse("meldingen:phone-list")).context["page"]

    assert list(page) == [soon, later]


def test_with_a_place_the_closest_comes_first(world: World, warden: User, phone: Client) -> None:
    for latitude in (None, 50.95, 50.911):
        longitude = None if latitude is None else 4.19
        MeldingFactory.create(
            municipality=world.here, assignee=warden, latitude=latitude, longitude=longitude
        )

    answer = phone.get(reverse("meldingen:phone-list"), HERE)

    assert [row.latitude for row in answer.context["page"]] == [50.911, 50.95, None]
    assert "110 m" in answer.content.decode()
    assert "4,5 km" in answer.content.decode()


@pytest.mark.parametrize("place", [{"lat": "x", "lon": "4"}, {"lat": "nan", "lon": "4"},
                                   {"lat": "999", "lon": "4"}])  # fmt: skip
def test_a_place_that_is_none_is_passed_over(
    mine: Melding, phone: Client, place: dict[str, str]
) -> None:
    assert not phone.get(reverse("meldingen:phone-list"), place).context["near"]


def test_closing_takes_a_reason_and_leads_back(
    mine: Melding, reason: ClosureReason, phone: Client
) -> None:
    form = {"reason": reason.pk, "form_token": TOKEN}

    answers = [phone.post(f"{closing(mine)}?wie=ik&na=12", form) for _twice in range(2)]

    mine.refresh_from_db()
    assert (mine.status, mine.closure_reason) == ("afgehandeld", reason)
    back = f"{reverse('meldingen:phone-list')}?wie=ik&na=12&net={mine.pk}#m12"
    assert [answer["Location"] for answer in answers] == [back, back]


def test_a_reason_that_asks_words_gets_them(
    mine: Melding, reason: ClosureReason, phone: Client
) -> None:
    ClosureReason.objects.update(needs_text=True)

    answer = phone.post(closing(mine), {"reason": reason.pk, "form_token": TOKEN})

    assert answer.status_code == 422
    assert "Deze reden vraagt een woord uitleg." in answer.content.decode()


def test_a_reason_of_another_municipality_is_none(
    mine: Melding, world: World, phone: Client
) -> None:
    far = ClosureReasonFactory.create(municipality=world.elsewhere)

    assert phone.post(closing(mine), {"reason": far.pk, "form_token": TOKEN}).status_code == 422


def test_undo_opens_it_again(mine: Melding, reason: ClosureReason, phone: Client) -> None:
    phone.post(closing(mine), {"reason": reason.pk, "form_token": TOKEN})
    shown = phone.get(reverse("meldingen:phone-list"), {"net": mine.pk})
    assert shown.context["undo"] == mine

    phone.post(reverse("meldingen:phone-undo", args=[mine.pk]))

    mine.refresh_from_db()
    assert (mine.status, mine.closed_at) == ("heropend", None)


def test_undo_is_for_the_moment_itself(mine: Melding, reason: ClosureReason, phone: Client) -> None:
    phone.post(closing(mine), {"reason": reason.pk, "form_token": TOKEN})
    Melding.objects.update(closed_at=timezone.now() - dt.timedelta(minutes=3))

    assert phone.post(reverse("meldingen:phone-undo", args=[mine.pk])).status_code == 403


def test_waiting_says_for_whom(mine: Melding, phone: Client) -> None:
    address = reverse("meldingen:phone-step", args=[mine.pk, "wachten"])

    assert phone.post(address, {}).status_code == 422
    phone.post(address, {"text": "De netbeheerder"})

    mine.refresh_from_db()
    assert (mine.status, mine.waits_for) == ("wacht op derde", "De netbeheerder")


def test_a_finding_needs_no_words(phone: Client, category: Category, warden: User) -> None:
    form = {"category": category.pk, "latitude": "50.91", "longitude": "4.19",
            "form_token": TOKEN}  # fmt: skip

    for _twice in range(2):
        phone.post(reverse("meldingen:finding"), form | {"photos": [picture()]})

    made = Melding.objects.get()
    assert (made.source.code, made.entered_by, made.latitude) == ("eigen", warden, 50.91)
    assert made.text == "Eigen vaststelling: Sluikstort."
    assert made.photos.count() == 1


def test_a_finding_by_neighbourhood(phone: Client, category: Category, hood: Neighbourhood) -> None:
    form = {"category": category.pk, "neighbourhood": hood.pk, "form_token": TOKEN}

    phone.post(reverse("meldingen:finding"), form)

    assert Melding.objects.get().neighbourhood == hood


def test_a_finding_needs_a_place_and_a_tile(phone: Client, category: Category) -> None:
    answer = phone.post(reverse("meldingen:finding"), {"form_token": TOKEN, "latitude": "50.9"})

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Tik op wat je ziet." in text
    assert "Gebruik je locatie of kies de wijk." in text


def test_a_photo_is_seen_by_who_sees_the_melding(
    phone: Client, category: Category, hood: Neighbourhood, world: World
) -> None:
    form = {"category": category.pk, "neighbourhood": hood.pk, "form_token": TOKEN}
    phone.post(reverse("meldingen:finding"), form | {"photos": [picture()]})
    address = reverse("meldingen:photo-small", args=[Melding.objects.get().photos.get().key])
    assert phone.get(address)["Content-Type"] == "image/jpeg"

    sign_in(phone, world.coordinator_elsewhere)

    assert phone.get(address).status_code == 404


@pytest.mark.parametrize("count", [3, 25])
def test_the_list_asks_little(
    world: World, warden: User, phone: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    for _row in range(count):
        MeldingFactory.create(municipality=world.here, assignee=warden)

    with django_assert_max_num_queries(12):
        assert phone.get(reverse("meldingen:phone-list"), HERE).status_code == 200
