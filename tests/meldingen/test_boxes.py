"""The letterboxes: where they hang, how they are, and which may do better elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Border, Neighbourhood
from core.models import AskedPdf, LogEntry
from meldingen import box_paper
from meldingen.models import Mailbox, MailboxRound, MailboxVisit, RouteStop, Terms, VisitResult
from tests.conftest import World, sign_in
from tests.core.test_geo import SQUARE, polygon
from tests.factories import MailboxFactory, NeighbourhoodFactory, RouteFactory, route_along

TODAY = timezone.localdate


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    sign_in(client, world.coordinator)
    return client


def visited(box: Mailbox, day: dt.date, notes: int = 0) -> None:
    """A round of its own on that day, with so many notes in the box."""
    walked = MailboxRound.objects.create(
        route=RouteFactory.create(municipality=box.municipality), on=day
    )
    result = VisitResult.NOTES if notes else VisitResult.EMPTY
    MailboxVisit.objects.create(
        round=walked, mailbox=box, position=1, result=result, notes=notes, at=timezone.now()
    )


def words(world: World, **more: Any) -> dict[str, Any]:
    return {
        "municipality": world.here.pk,
        "code": "PB01",
        "name": "Gemeentehuis",
        "place": "Naast de hoofdingang",
        "state": "goed",
        "since": "2026-02-16",
        "form_token": "9d0e5a52-8d8c-4b0c-8f9e-0a8d5d7d2a01",
        **more,
    }


def test_a_box_is_made_once_however_often_it_is_sent(world: World, desk: Client) -> None:
    first = desk.post(reverse("meldingen:box-create"), words(world))
    second = desk.post(reverse("meldingen:box-create"), words(world))

    assert first["Location"] == second["Location"]
    assert Mailbox.objects.get().code == "PB01"
    assert LogEntry.objects.about(Mailbox.objects.get()).get().verb == "mailbox.made"


@pytest.mark.parametrize(
    "wrong", [{"code": "PB 01"}, {"latitude": "95", "longitude": "4.1"}, {"name": ""}]
)
def test_what_is_wrong_is_refused(world: World, desk: Client, wrong: dict[str, str]) -> None:
    assert desk.post(reverse("meldingen:box-create"), words(world, **wrong)).status_code == 422
    assert not Mailbox.objects.exists()


@pytest.fixture
def hood(world: World) -> Neighbourhood:
    made = NeighbourhoodFactory.create(municipality=world.here)
    Border.objects.create(neighbourhood=made, shape=polygon(SQUARE))
    return made


INSIDE = {"latitude": "51.1", "longitude": "4.1"}


def test_a_box_is_laid_on_the_map_and_that_tells_its_neighbourhood(
    world: World, desk: Client, hood: Neighbourhood
) -> None:
    assert "data-map-pick" in desk.get(reverse("meldingen:box-create")).content.decode()
    desk.post(reverse("meldingen:box-create"), words(world, **INSIDE))

    box = Mailbox.objects.get()
    assert (box.point, box.neighbourhood) == ((51.1, 4.1), hood)


def test_a_neighbourhood_that_was_chosen_stays_and_half_a_point_is_none(
    world: World, desk: Client, hood: Neighbourhood
) -> None:
    other = NeighbourhoodFactory.create(municipality=world.here)
    desk.post(reverse("meldingen:box-create"), words(world, **INSIDE, neighbourhood=other.pk))
    box = Mailbox.objects.get()
    assert box.neighbourhood == other

    form = words(world, code=box.code, version=1, latitude="51.1")
    assert desk.post(reverse("meldingen:box-edit", args=[box.pk]), form).status_code == 302
    assert Mailbox.objects.filter(latitude=None, longitude=None, neighbourhood=None).exists()


def test_two_who_change_one_box_see_both_texts(world: World, desk: Client) -> None:
    box = MailboxFactory.create(municipality=world.here)
    form = words(world, code=box.code, version=1)
    desk.post(reverse("meldingen:box-edit", args=[box.pk]), form | {"name": "Station"})

    late = desk.post(reverse("meldingen:box-edit", args=[box.pk]), form | {"name": "Perron"})

    assert late.status_code == 409
    assert Mailbox.objects.get().name == "Station"


def test_what_stays_empty_for_weeks_is_proposed_to_move(world: World) -> None:
    quiet, busy, new = (MailboxFactory.create(municipality=world.here) for _ in range(3))
    Mailbox.objects.filter(pk=new.pk).update(since=TODAY())
    Terms.objects.create(municipality=world.here, mailbox_weeks=5)
    weeks = dt.timedelta(weeks=5, days=1)
    visited(quiet, TODAY() - weeks, notes=2)
    visited(quiet, TODAY())
    visited(busy, TODAY() - dt.timedelta(days=3), notes=1)

    assert list(Mailbox.objects.all().to_move(on=TODAY())) == [quiet]


def test_the_figures_of_a_box(world: World) -> None:
    box = MailboxFactory.create(municipality=world.here)
    visited(box, TODAY() - dt.timedelta(days=15), notes=3)
    visited(box, TODAY())

    found: Any = Mailbox.objects.with_figures(on=TODAY()).get()

    assert (found.last_emptied, found.notes_lately) == (TODAY(), 3)
    assert found.weeks_empty(on=TODAY()) == 2


def test_a_box_that_is_archived_stands_on_no_route(world: World, desk: Client) -> None:
    box = route_along(world.here, 2).mailboxes.first()
    assert box

    desk.post(reverse("meldingen:box-archive", args=[box.pk]))

    assert not RouteStop.objects.filter(mailbox=box).exists()
    assert box not in desk.get(reverse("meldingen:boxes")).context["page"].object_list


def test_boxes_are_put_in_order(world: World, desk: Client) -> None:
    route = route_along(world.here, 3)
    one, two, three = (stop.mailbox for stop in route.stops.all())

    desk.post(
        reverse("meldingen:route-boxes", args=[route.pk]),
        {f"bus-{three.pk}": "1", f"bus-{one.pk}": "2", f"bus-{two.pk}": "niets"},
    )

    assert [stop.mailbox for stop in route.stops.all()] == [three, one]


def test_the_codes_lead_to_the_box_on_the_phone(world: World, desk: Client) -> None:
    box = MailboxFactory.create(municipality=world.here, code="PB07")

    desk.post(reverse("meldingen:box-codes"))

    made = AskedPdf.objects.get()
    address = made.snapshot["boxes"][0]["address"]
    assert address == f"{settings.SITE_URL}/m/bus/{box.code}/"
    drawn = box_paper.context(made.snapshot)["boxes"][0]["qr"]
    assert drawn.startswith("data:image/svg+xml")


def test_a_box_of_another_municipality_does_not_exist(world: World, desk: Client) -> None:
    far = MailboxFactory.create(municipality=world.elsewhere)

    assert desk.get(reverse("meldingen:box", args=[far.pk])).status_code == 404


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_asks_little(
    world: World, desk: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    route_along(world.here, count)

    with django_assert_max_num_queries(12):
        assert desk.get(reverse("meldingen:boxes")).status_code == 200
