"""The place of a melding after it was taken in: a point that is moved, and an address that follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Border, Neighbourhood
from accounts.roles import Role
from core import outbox
from core.confidentiality import Level
from core.models import LogEntry, OutboxEntry
from meldingen.doubles import doubles
from meldingen.models import Melding
from meldingen.operations.intake import take_in
from meldingen.operations.reckoning import put
from tests.conftest import World, sign_in
from tests.core.test_geo import SQUARE, polygon
from tests.factories import CategoryFactory, MeldingFactory, NeighbourhoodFactory, SourceFactory
from tests.geocoder import STREET, Geocoder, answer, running
from tests.meldingen.test_desk import page, words

POINT = {"latitude": 51.1, "longitude": 4.1}
MOVED = {"latitude": "51.1001", "longitude": "4.1"}  # eleven metres to the north


@pytest.fixture
def hood(world: World) -> Neighbourhood:
    made = NeighbourhoodFactory.create(municipality=world.here, code="W01", name="Centrum")
    Border.objects.create(neighbourhood=made, shape=polygon(SQUARE))
    return made


@pytest.fixture
def melding(world: World, hood: Neighbourhood) -> Melding:
    elsewhere = NeighbourhoodFactory.create(municipality=world.here, code="W02", name="Rand")
    return MeldingFactory.create(
        municipality=world.here, latitude=50.0, longitude=4.0, neighbourhood=elsewhere
    )


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    sign_in(client, world.coordinator)
    return client


def save(desk: Client, melding: Melding, **changes: Any) -> int:
    at = {"latitude": melding.latitude or "", "longitude": melding.longitude or ""}
    form = words(melding, **at) | changes
    return desk.post(page(melding, "wijzigen/"), form).status_code


def told(melding: Melding) -> dict[str, tuple[str, str]]:
    line = LogEntry.objects.get(verb="melding.edited")
    return {row["label"]: (row["old"], row["new"]) for row in line.changes}


# --- The point ----------------------------------------------------------------------------------


def test_the_form_holds_the_point_and_a_map_to_move_it(desk: Client, melding: Melding) -> None:
    shown = desk.get(page(melding, "wijzigen/")).content.decode()

    assert '<input type="hidden" name="latitude" value="50.0"' in shown
    assert "data-map-pick" in shown
    assert "js/picker" in shown


def test_a_point_that_moves_brings_its_neighbourhood(
    desk: Client, melding: Melding, hood: Neighbourhood
) -> None:
    assert save(desk, melding, **MOVED) == 302

    melding.refresh_from_db()
    assert (melding.point, melding.neighbourhood) == ((51.1001, 4.1), hood)
    assert told(melding)["wijk"] == ("W02 Rand", "W01 Centrum")
    assert told(melding)["punt op de kaart"][1].endswith("meter verplaatst")
    line = LogEntry.objects.get(verb="melding.edited")
    assert "51.1" not in str(line.changes)


def test_who_chooses_a_neighbourhood_keeps_it(desk: Client, melding: Melding, world: World) -> None:
    chosen = NeighbourhoodFactory.create(municipality=world.here, name="Kanaalzone")

    save(desk, melding, **MOVED, neighbourhood=chosen.pk)

    melding.refresh_from_db()
    assert melding.neighbourhood == chosen


def test_outside_all_borders_the_neighbourhood_stays(desk: Client, melding: Melding) -> None:
    before = melding.neighbourhood
    save(desk, melding, latitude="52", longitude="6")
    melding.refresh_from_db()
    assert (melding.point, melding.neighbourhood) == ((52.0, 6.0), before)


def test_a_point_can_be_taken_away(desk: Client, melding: Melding) -> None:
    save(desk, melding, latitude="", longitude="")
    melding.refresh_from_db()
    assert melding.point is None
    assert told(melding)["punt op de kaart"] == ("", "gewist")


def test_nothing_changed_tells_nothing(desk: Client, melding: Melding) -> None:
    assert save(desk, melding) == 302
    assert not LogEntry.objects.filter(verb="melding.edited").exists()


@pytest.mark.parametrize("wrong", [("91", "4"), ("nan", "4"), ("x", "y")])
def test_a_point_off_the_earth_is_refused(
    desk: Client, melding: Melding, wrong: tuple[str, str]
) -> None:
    assert save(desk, melding, latitude=wrong[0], longitude=wrong[1]) == 422


def test_of_two_desks_the_second_sees_both_points(desk: Client, melding: Melding) -> None:
    save(desk, melding, **MOVED)
    late = {"latitude": "51.15", "longitude": "4.15"}

    assert save(desk, melding, **late) == 409
    answer = desk.post(page(melding, "wijzigen/"), words(melding, **late))
    shown = answer.content.decode()
    assert "51,10010; 4,10000" in shown
    assert "51,15000; 4,15000" in shown
    fresh = Melding.objects.get(pk=melding.pk)
    theirs = words(fresh, **late, **{"choose-latitude": "theirs"})
    assert desk.post(page(melding, "wijzigen/"), theirs).status_code == 302
    assert Melding.objects.get(pk=melding.pk).point == (51.1001, 4.1)


def test_the_helper_for_doubles_looks_at_the_new_place(
    desk: Client, melding: Melding, world: World
) -> None:
    other = MeldingFactory.create(municipality=world.here, category=melding.category, **POINT)
    save(desk, melding, **MOVED)
    melding.refresh_from_db()
    assert [row.melding for row in doubles(melding, world.coordinator)] == [other]


def test_who_may_not_edit_moves_nothing(melding: Melding, world: World, client: Client) -> None:
    sign_in(client, world.cast[Role.FINDER])
    Melding.objects.filter(pk=melding.pk).update(status="afgehandeld", closed_at=timezone.now())
    assert save(client, melding, **MOVED) == 403
    sign_in(client, world.coordinator_elsewhere)
    assert save(client, melding, **MOVED) == 404


# --- The address --------------------------------------------------------------------------------


@pytest.fixture
def service(db: None, settings: Any) -> Iterator[Geocoder]:
    cache.clear()
    with running() as found:
        settings.GEOCODER_URL = found.address
        found.content = answer(51.1001, 4.1)
        yield found


def taken(world: World, **more: Any) -> Melding:
    told = {"municipality": world.here, "text": "Een matras", **POINT, **more}
    told.setdefault("category", CategoryFactory.create(municipality=world.here))
    told["source"] = SourceFactory.create(municipality=world.here)
    return take_in(Melding(**told), by=world.coordinator)


def reckoned(melding: Melding) -> tuple[str, bool]:
    outbox.drain("mail")
    melding.refresh_from_db()
    return melding.place, melding.place_is_reckoned


def test_a_point_alone_gets_its_address(service: Geocoder, world: World, desk: Client) -> None:
    melding = taken(world)
    assert service.asked == []  # not while somebody waits

    assert reckoned(melding) == (STREET, True)

    shown = desk.get(page(melding)).content.decode()
    assert "berekend adres" in shown
    assert "Adres berekend uit het punt op de kaart" in shown
    assert "Een+matras" not in str(service.asked)


def test_without_a_geocoder_the_point_has_to_do(world: World, desk: Client) -> None:
    melding = taken(world)
    assert not OutboxEntry.objects.exists()
    assert "51,10000; 4,10000" in desk.get(page(melding)).content.decode()


@pytest.mark.parametrize(
    "more",
    [
        {"place": "Glasbol"},
        {"latitude": None, "longitude": None},
        {"confidentiality": Level.CONFIDENTIAL},
    ],
)
def test_what_is_not_asked(service: Geocoder, world: World, more: dict[str, Any]) -> None:
    taken(world, **more)
    outbox.drain("mail")
    assert service.asked == []


def test_who_typed_meanwhile_is_not_overruled(service: Geocoder, world: World) -> None:
    melding = taken(world)
    Melding.objects.filter(pk=melding.pk).update(place="Achter de kerk")
    assert reckoned(melding) == ("Achter de kerk", False)


def test_an_answer_for_another_point_is_not_used(service: Geocoder, world: World) -> None:
    melding = taken(world)
    entry = OutboxEntry.objects.get()
    entry.status, entry.lease_until = "sending", timezone.now() + dt.timedelta(minutes=1)
    entry.save()
    old = Melding.objects.get(pk=melding.pk)
    Melding.objects.filter(pk=melding.pk).update(latitude=51.2)

    assert put(old, STREET, entry) is False
    entry.status = "queued"
    entry.save()
    assert put(old, STREET, entry) is False  # the lease is another's


def test_a_failure_is_tried_again_and_leaves_the_point(service: Geocoder, world: World) -> None:
    service.status = 500
    melding = taken(world)

    assert reckoned(melding) == ("", False)

    entry = OutboxEntry.objects.get()
    assert (entry.status, "51.1" in entry.last_error) == ("queued", False)
    service.status = 200
    cache.clear()
    OutboxEntry.objects.update(run_after=timezone.now())
    assert reckoned(melding) == (STREET, True)


def test_a_corrected_point_is_reckoned_anew(service: Geocoder, world: World, desk: Client) -> None:
    melding = taken(world)
    reckoned(melding)
    service.content = answer(51.12, 4.1, "Kanaaldijk 12, 9999 Zandrode")

    assert save(desk, melding, latitude="51.12", longitude="4.1") == 302

    melding.refresh_from_db()
    assert (melding.place, melding.place_is_reckoned) == ("", False)
    assert reckoned(melding) == ("Kanaaldijk 12, 9999 Zandrode", True)


def test_who_types_an_address_makes_it_a_told_one(
    service: Geocoder, world: World, desk: Client
) -> None:
    melding = taken(world)
    reckoned(melding)
    save(desk, melding, place="Dorpsplein 7")
    save(desk, Melding.objects.get(pk=melding.pk), **MOVED)
    assert reckoned(melding) == ("Dorpsplein 7", False)
    assert len(service.asked) == 1


def test_who_was_typing_when_it_came_sees_both(
    service: Geocoder, world: World, desk: Client
) -> None:
    melding = taken(world)
    stale = words(melding, **POINT, place="Achter de kerk")
    reckoned(melding)
    answered = desk.post(page(melding, "wijzigen/"), stale)
    assert answered.status_code == 409
    assert STREET in answered.content.decode()


def test_a_part_with_a_place_of_its_own_is_told(
    service: Geocoder, world: World, desk: Client
) -> None:
    melding = taken(world)
    reckoned(melding)
    token = "9d0e5a52-8d8c-4b0c-8f9e-0a8d5d7d2a77"
    form = {"category": melding.category_id, "text": "De lamp", "place": "Paal 12",
            "form_token": token}  # fmt: skip
    desk.post(page(melding, "splitsen/"), form)
    part = Melding.objects.get(split_from=melding)
    assert (part.place, part.place_is_reckoned) == ("Paal 12", False)


def test_the_export_says_which_addresses_are_reckoned(
    service: Geocoder, world: World, desk: Client
) -> None:
    reckoned(taken(world))
    sent: Any = desk.post(reverse("meldingen:export"), {"kind": "csv"})
    content = getattr(sent, "streaming_content", None) or [sent.content]
    assert f"{STREET} (berekend adres)" in b"".join(content).decode("utf-8-sig")


def test_an_address_is_reckoned_from_a_point_or_not_at_all(world: World) -> None:
    for wrong in ({"place": ""}, {"latitude": None, "longitude": None}):
        with pytest.raises(IntegrityError, match="reckoned_from_point"), transaction.atomic():
            MeldingFactory.create(
                municipality=world.here, place_is_reckoned=True, **{**POINT, **wrong}
            )
