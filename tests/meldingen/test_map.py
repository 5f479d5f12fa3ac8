"""Meldingen and boxes on a map: the same set as the list, and no more than one may see."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Border, Neighbourhood
from accounts.roles import Role
from core.confidentiality import Level
from meldingen.models import BoxState, Melding, Photo
from meldingen.views import map as views
from meldingen.workflow import MeldingStatus
from tests.conftest import World, sign_in
from tests.core.test_geo import SQUARE, polygon
from tests.factories import (
    CategoryFactory,
    MailboxFactory,
    MeldingFactory,
    NeighbourhoodFactory,
    SourceFactory,
    route_along,
)

MAP, POINTS, BOXES = "/meldingen/kaart/", "/meldingen/kaart/punten.json", "/bussen/kaart.json"
THERE = {"latitude": 51.1, "longitude": 4.1}
TOKEN = "9d0e5a52-8d8c-4b0c-8f9e-0a8d5d7d2a77"


@pytest.fixture
def hood(world: World) -> Neighbourhood:
    made = NeighbourhoodFactory.create(municipality=world.here, code="W01", name="Centrum")
    Border.objects.create(neighbourhood=made, shape=polygon(SQUARE))
    return made


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    sign_in(client, world.coordinator)
    return client


@pytest.fixture
def told(world: World) -> dict[str, Any]:
    category = CategoryFactory.create(municipality=world.here, name="Sluikstort")
    source = SourceFactory.create(municipality=world.here)
    return {"municipality": world.here, "category": category, "source": source}


def features(client: Client, address: str) -> list[dict[str, Any]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"
    found: list[dict[str, Any]] = json.loads(answer.content)["features"]
    return found


def numbers(client: Client, query: str = "") -> list[str]:
    return [row["properties"]["number"] for row in features(client, f"{POINTS}?{query}")]


def test_a_point_tells_four_things(desk: Client, told: dict[str, Any]) -> None:
    melding = MeldingFactory.create(**told, **THERE)

    (point,) = features(desk, POINTS)

    assert point["id"] == melding.pk
    assert point["geometry"] == {"type": "Point", "coordinates": [4.1, 51.1]}
    assert point["properties"] == {
        "number": melding.number, "category": "Sluikstort", "status": "ontvangen",
    }  # fmt: skip


def test_every_status_has_a_mark_of_its_own(desk: Client) -> None:
    marks = json.loads(desk.get(POINTS).content)["marks"]
    assert set(marks) == set(MeldingStatus.values)
    assert len({letter for letter, _tone, _word in marks.values()}) == len(marks)


@pytest.mark.parametrize("query", ["", "lijst=zwevend", "q=matras", "status=dicht", "lijst=alle"])
def test_the_map_holds_what_the_list_holds(
    world: World, desk: Client, told: dict[str, Any], query: str
) -> None:
    MeldingFactory.create(**told, **THERE, text="Een matras", handler=world.civ)
    MeldingFactory.create(**told, **THERE, text="Een lamp")
    MeldingFactory.create(**told, **THERE, status=MeldingStatus.WAITING, waits_for="Fluvius")

    rows = desk.get(f"/meldingen/?{query}").context["rows"]

    assert numbers(desk, query) == [row["number"] for row in rows]
    assert desk.get(f"{MAP}?{query}").context["count"] == len(rows)


def test_what_has_no_point_is_counted(desk: Client, told: dict[str, Any]) -> None:
    MeldingFactory.create(**told, **THERE)
    MeldingFactory.create_batch(2, **told)

    page = desk.get(MAP)

    assert (page.context["placed"], page.context["count"]) == (1, 3)
    assert "van 3 meldingen: de andere hebben geen punt" in page.content.decode()


def test_a_map_takes_so_many_and_says_so(
    desk: Client, told: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST", 2)
    made = MeldingFactory.create_batch(3, **told, **THERE)

    assert numbers(desk) == [made[2].number, made[1].number]  # the newest
    assert "de nieuwste" in desk.get(MAP).content.decode()


def test_who_sees_less_sees_fewer_points(
    world: World, client: Client, told: dict[str, Any]
) -> None:
    own = MeldingFactory.create(**told, **THERE, handler=world.service)
    MeldingFactory.create(**told, **THERE)
    MeldingFactory.create(**told, **THERE, confidentiality=Level.CONFIDENTIAL)

    sign_in(client, world.lead)
    assert numbers(client) == [own.number]
    sign_in(client, world.cast[Role.WARDEN])
    assert len(numbers(client)) == 2
    sign_in(client, world.coordinator_elsewhere)
    assert numbers(client, "lijst=alle") == []


@pytest.mark.parametrize("address", [MAP, POINTS])
@pytest.mark.parametrize("count", [3, 300])
def test_it_costs_the_same_for_few_and_for_many(
    desk: Client,
    hood: Neighbourhood,
    told: dict[str, Any],
    count: int,
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    MeldingFactory.create_batch(count, **told, **THERE)
    desk.get(address)
    with django_assert_max_num_queries(12):
        desk.get(address)


def test_without_script_the_page_leads_to_the_list(desk: Client, told: dict[str, Any]) -> None:
    MeldingFactory.create(**told, **THERE)

    page = desk.get(f"{MAP}?lijst=alle&vreemd=1").content.decode()

    assert "De kaart werkt met JavaScript" in page
    assert 'href="/meldingen/?lijst=alle" data-map-twin' in page


def test_the_boxes_lie_there_with_their_state(world: World, desk: Client) -> None:
    MailboxFactory.create(municipality=world.here, code="PB01", **THERE)
    wet = MailboxFactory.create(municipality=world.here, code="PB02", state=BoxState.WET, **THERE)
    MailboxFactory.create(municipality=world.here, code="PB03")  # nobody knows where
    MailboxFactory.create(municipality=world.elsewhere, code="PB04", **THERE)

    good, bad = features(desk, BOXES)

    assert good["properties"]["mark"] == ["✓", "ok", "in orde"]
    assert bad["properties"]["mark"] == ["!", "warn", "Nat vanbinnen"]
    assert bad["properties"]["url"] == wet.get_absolute_url()


def test_a_route_is_a_line_along_its_boxes(world: World, desk: Client) -> None:
    route = route_along(world.here, 3)
    for step, stop in enumerate(route.stops.select_related("mailbox")):
        stop.mailbox.latitude, stop.mailbox.longitude = 51 + step / 100, 4.1
        stop.mailbox.save(update_fields=["latitude", "longitude"])

    line, *boxes = features(desk, f"{BOXES}?route={route.pk}")

    assert line["geometry"]["coordinates"] == [[4.1, 51.0], [4.1, 51.01], [4.1, 51.02]]
    assert [row["properties"]["mark"][0] for row in boxes] == ["1", "2", "3"]
    elsewhere = route_along(world.elsewhere, 2)
    assert desk.get(f"{BOXES}?route={elsewhere.pk}").status_code == 404


def test_the_list_of_boxes_shows_one_route(world: World, desk: Client) -> None:
    route = route_along(world.here, 2)
    MailboxFactory.create(municipality=world.here, code="XX99")

    page = desk.get(f"{reverse('meldingen:boxes')}?route={route.pk}")

    assert len(page.context["rows"]) == 2
    assert f"{BOXES}?route={route.pk}" in page.content.decode()


def test_the_point_says_in_which_neighbourhood_it_is(
    world: World, desk: Client, hood: Neighbourhood, told: dict[str, Any]
) -> None:
    other = NeighbourhoodFactory.create(municipality=world.here)
    form = {"category": told["category"].pk, "source": told["source"].pk, "text": "Een matras",
            "kind": "probleem", "urgency": "gewoon", "neighbourhood": other.pk,
            "form_token": TOKEN}  # fmt: skip

    desk.post(reverse("meldingen:create"), form | {"latitude": "51.1", "longitude": "4.1"})

    made = Melding.objects.get()
    assert (made.neighbourhood, made.latitude, made.longitude) == (hood, 51.1, 4.1)


@pytest.mark.parametrize("half", [{"latitude": "51.1"}, {"longitude": "4.1"}])
def test_half_a_point_is_none(
    desk: Client, hood: Neighbourhood, told: dict[str, Any], half: dict[str, str]
) -> None:
    form = {"category": told["category"].pk, "source": told["source"].pk, "text": "Een matras",
            "kind": "probleem", "urgency": "gewoon", "neighbourhood": hood.pk,
            "form_token": TOKEN}  # fmt: skip

    desk.post(reverse("meldingen:create"), form | half)

    made = Melding.objects.get()
    assert (made.neighbourhood, made.latitude, made.longitude) == (hood, None, None)


@pytest.mark.parametrize("point", [("91", "4"), ("51", "181"), ("nan", "inf"), ("x", "y")])
def test_a_point_off_the_earth_is_refused(
    desk: Client, told: dict[str, Any], point: tuple[str, str]
) -> None:
    latitude, longitude = point
    form = {"category": told["category"].pk, "latitude": latitude, "longitude": longitude}

    assert desk.post(reverse("meldingen:create"), form).status_code == 422
    assert desk.get(reverse("meldingen:doubles"), form).status_code == 200


def test_a_citizen_gives_words_or_a_point(
    world: World, client: Client, hood: Neighbourhood, told: dict[str, Any]
) -> None:
    SourceFactory.create(municipality=world.here, code="web", is_public=True)
    url = reverse("meldingen:report", args=["zan"])
    step = {"stap": "waar", "category": told["category"].pk, "text": "Een matras"}

    assert "Zeg waar het is" in client.post(url, step).content.decode()
    third = client.post(url, step | {"latitude": "51.1", "longitude": "4.1"})

    assert third.status_code == 200
    assert '<input type="hidden" name="latitude" value="51.1">' in third.content.decode()


def test_a_form_has_no_map_where_nothing_is_drawn(world: World, desk: Client) -> None:
    page = desk.get(reverse("meldingen:create")).content.decode()
    assert "Mijn locatie" in page
    assert "Kies op de kaart" not in page


def test_a_melding_shows_where_it_is(
    desk: Client, hood: Neighbourhood, told: dict[str, Any]
) -> None:
    melding = MeldingFactory.create(**told, **THERE)

    for name in ("meldingen:melding", "meldingen:phone-melding"):
        assert "point-map" in desk.get(reverse(name, args=[melding.pk])).content.decode()
    assert f"{MAP}?q={melding.number}" in desk.get(melding.get_absolute_url()).content.decode()


def test_with_a_base_layer_a_melding_has_a_live_map(
    desk: Client, hood: Neighbourhood, told: dict[str, Any], settings: Any
) -> None:
    settings.MAP_WMTS_URL = "https://tiles.example/{z}/{x}/{y}.png"
    melding = MeldingFactory.create(**told, **THERE)

    page = desk.get(melding.get_absolute_url()).content.decode()

    assert 'data-lat="51.1"' in page
    assert "leaflet/leaflet" in page


def test_a_double_shows_its_photo_and_its_place(
    desk: Client, hood: Neighbourhood, told: dict[str, Any]
) -> None:
    melding, other = (MeldingFactory.create(**told, **THERE) for _one in range(2))
    photo = Photo.objects.create(melding=other, name="a.jpg", content_type="image/jpeg", size=1,
                                 sha256="0" * 64, file="a.jpg", thumbnail="b.jpg")  # fmt: skip

    page = desk.get(reverse("meldingen:around", args=[melding.pk])).content.decode()

    assert reverse("meldingen:photo-small", args=[photo.key]) in page
    assert "tegenover deze plek" in page


def test_a_new_melding_with_a_point_finds_its_doubles(
    desk: Client, hood: Neighbourhood, told: dict[str, Any]
) -> None:
    other = MeldingFactory.create(**told, **THERE)
    asked = {"category": told["category"].pk, "latitude": "51.1001", "longitude": "4.1"}

    page = desk.get(reverse("meldingen:doubles"), asked).content.decode()

    assert other.number in page
    assert "op 11 meter" in page
