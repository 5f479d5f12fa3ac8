"""What the register knows of a partner: its numbers, its place, its history, what one notes."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import load_workbook

from accounts.roles import Role
from core.models import LogEntry
from partners import enterprise_number
from partners.models import Partner, PartnerCompetence, PartnerNote
from tests.conftest import World
from tests.factories import CompetenceFactory, NeighbourhoodFactory, PartnerFactory

LIST = "/partners/"
GOOD_NUMBERS = ["0403.170.701", "BE 0403170701", "403 170 701", "1000000021"]


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def page_of(partner: Partner) -> str:
    return f"{LIST}{partner.pk}/"


def fields(partner: Partner, **changes: object) -> dict[str, object]:
    return {
        "name": partner.name,
        "kind": partner.kind,
        "territory": "gemeente",
        "version": partner.version,
        **changes,
    }


def check(text: str) -> None:
    enterprise_number.check(enterprise_number.bare(text))


@pytest.mark.parametrize("text", GOOD_NUMBERS)
def test_an_enterprise_number_may_be_typed_in_many_ways(text: str) -> None:
    check(text)
    assert enterprise_number.shown("0403170701") == "0403.170.701"


@pytest.mark.parametrize(
    "text", ["0403.170.702", "0403170", "2403170701", "0403170701x", "", "040317070১"]
)
def test_a_wrong_enterprise_number_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        check(text)


def test_a_partner_tells_its_mission_and_where_it_works(desk: Client, world: World) -> None:
    station = NeighbourhoodFactory.create(municipality=world.here, name="Stationskwartier")
    told = {
        "mission": "Vrij en welkom.",
        "reference_frame": "Vertrouwen gaat voor.",
        "territory": "wijken",
        "neighbourhoods": [station.pk],
        "social_map_url": "desocialekaart.be/cgg",
        "enterprise_number": "BE0403.170.701",
        "reachability": "Werkdagen voor 12 uur",
    }
    desk.post(f"{page_of(world.care)}wijzigen/", fields(world.care, **told))

    page = desk.get(page_of(world.care)).content.decode()
    for words in ("Vrij en welkom.", "Vertrouwen gaat voor.", "Stationskwartier", "0403.170.701",
                  "https://desocialekaart.be/cgg", "Werkdagen voor 12 uur"):  # fmt: skip
        assert words in page
    assert list(Partner.objects.working_in(station).filter(pk=world.care.pk)) == [world.care]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"enterprise_number": "0403.170.702"}, "klopt niet"),
        ({"social_map_url": "http://x.be"}, "https://"),
        ({"social_map_url": "javascript:alert(1)"}, "https://"),
        ({"territory": "wijken"}, "minstens één wijk"),
        ({"territory": "wijken", "neighbourhoods": [999_999]}, "Kijk dit nog even na"),
        ({"name": "Openbaar domein"}, "al een partner met deze naam"),
    ],
)
def test_what_is_wrong_is_told_in_words(
    desk: Client, world: World, wrong: dict[str, object], sentence: str
) -> None:
    response = desk.post(f"{page_of(world.care)}wijzigen/", fields(world.care, **wrong))

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_number_belongs_to_one_partner(desk: Client, world: World) -> None:
    Partner.objects.filter(pk=world.civ.pk).update(enterprise_number="0403170701")

    response = desk.post(
        f"{page_of(world.care)}wijzigen/", fields(world.care, enterprise_number="0403170701")
    )

    assert response.status_code == 422
    assert "Er is al een partner met dit ondernemingsnummer." in response.content.decode()
    assert page_of(world.civ) in desk.get(f"{LIST}?q=0403.170").content.decode()


def test_notes_are_for_coordinator_and_core_group_alone(client: Client, world: World) -> None:
    client.force_login(world.core_group)
    client.post(f"{page_of(world.care)}notities/", {"text": "Voelt zich niet gehoord."})
    assert "Voelt zich niet gehoord." in client.get(page_of(world.care)).content.decode()

    client.force_login(world.cast[Role.CIV_STAFF])
    page = client.get(page_of(world.care)).content.decode()
    assert "niet gehoord" not in page
    assert "notitie" not in page
    assert "notitie" not in client.get(f"{page_of(world.care)}geschiedenis/").content.decode()


def test_a_note_stands_in_no_search_export_or_history(desk: Client, world: World) -> None:
    desk.post(f"{page_of(world.care)}notities/", {"text": "Kwaad op de burgemeester"})

    assert page_of(world.care) not in desk.get(f"{LIST}?q=burgemeester").content.decode()
    sheet = b"".join(desk.get(f"{LIST}export.csv")).decode()
    assert "Kwaad" not in sheet
    assert LogEntry.objects.about(world.care).get().changes == []


def test_a_note_is_taken_away_and_an_empty_one_refused(desk: Client, world: World) -> None:
    assert desk.post(f"{page_of(world.care)}notities/", {"text": ""}).status_code == 422
    desk.post(f"{page_of(world.care)}notities/", {"text": "x"})
    note = PartnerNote.objects.get()

    desk.post(f"{LIST}notities/{note.pk}/weghalen/")

    assert not PartnerNote.objects.exists()


def test_the_history_stands_on_the_page(desk: Client, world: World) -> None:
    desk.post(f"{page_of(world.care)}wijzigen/", fields(world.care, contact_name="Preventiewerker"))

    page = desk.get(page_of(world.care)).content.decode()

    assert "Partner gewijzigd" in page
    assert "<ins>Preventiewerker</ins>" in page


def test_who_only_works_there_sees_no_history(client: Client, world: World) -> None:
    client.force_login(world.partner)
    assert "Verloop" not in client.get(page_of(world.care)).content.decode()


@pytest.mark.parametrize(
    "query", ["geheimhouding=beroepsgeheim", "bevoegdheid={competence}", "wijk={place}&q=cgg"]
)
def test_the_list_is_narrowed_by_what_matters(desk: Client, world: World, query: str) -> None:
    place = NeighbourhoodFactory.create(municipality=world.here)
    competence = CompetenceFactory.create(municipality=world.here)
    PartnerCompetence.objects.create(partner=world.care, competence=competence)
    Partner.objects.filter(pk=world.care.pk).update(secrecy="beroepsgeheim")

    page = desk.get(LIST + "?" + query.format(competence=competence.pk, place=place.pk))

    found = [row for row in Partner.objects.all() if page_of(row) in page.content.decode()]
    assert found == [world.care]


def test_who_works_elsewhere_is_not_found_by_this_neighbourhood(world: World) -> None:
    here, there = NeighbourhoodFactory.create_batch(2, municipality=world.here)
    Partner.objects.filter(pk=world.care.pk).update(territory="wijken")
    world.care.neighbourhoods.add(there)

    assert world.care not in Partner.objects.working_in(here)
    assert world.service in Partner.objects.working_in(here)


def test_the_spreadsheet_holds_what_was_found_and_no_formula(desk: Client, world: World) -> None:
    Partner.objects.filter(pk=world.care.pk).update(name="=HYPERLINK(1)")

    book = load_workbook(io.BytesIO(b"".join(desk.get(f"{LIST}export.xlsx?soort=welzijn+en+zorg"))))
    rows = book.get_sheet_by_index(0).to_python()
    sheet = b"".join(desk.get(f"{LIST}export.csv?soort=welzijn+en+zorg")).decode()

    assert [row[1] for row in rows[1:]] == ["=HYPERLINK(1)"]
    assert "'=HYPERLINK(1)" in sheet


def test_the_map_tells_who_works_where(desk: Client, world: World) -> None:
    place = NeighbourhoodFactory.create(municipality=world.here, name="De Linde")
    foreign = NeighbourhoodFactory.create(municipality=world.elsewhere, name="Ginder")
    Partner.objects.filter(pk=world.care.pk).update(territory="wijken")
    world.care.neighbourhoods.add(place)

    page = desk.get(f"{LIST}wijken/").content.decode()

    assert "De Linde" in page
    assert foreign.name not in page
    assert page.count(page_of(world.care)) == 1


def test_map_and_table_hold_the_same_partners(desk: Client, world: World) -> None:
    place = NeighbourhoodFactory.create(municipality=world.here, map_x=100, map_y=900)
    off = NeighbourhoodFactory.create(municipality=world.here)
    held = CompetenceFactory.create(municipality=world.here)
    PartnerCompetence.objects.create(partner=world.care, competence=held)
    Partner.objects.filter(pk=world.care.pk).update(territory="wijken")
    world.care.neighbourhoods.add(place)
    address = f"{LIST}wijken/"

    everybody = desk.get(address).content.decode()
    cared = desk.get(f"{address}?soort=welzijn+en+zorg&bevoegdheid={held.pk}").content.decode()
    served = desk.get(f"{address}?soort=gemeentelijke+dienst").content.decode()

    assert f"{place}: 3 partners" in everybody
    assert f"{off}</a> (2 partners)" in everybody
    assert f"{place}: 1 partner" in cared
    assert f"wijk={place.pk}&amp;soort=welzijn+en+zorg&amp;bevoegdheid={held.pk}" in cared
    assert page_of(world.care) in cared
    assert page_of(world.care) not in served
    assert f"{place}: 2 partners" in served


@pytest.mark.parametrize(
    "query", ["soort=x", "bevoegdheid=999999", "bevoegdheid=x", "soort=a&soort"]
)
def test_a_filter_that_is_none_does_no_harm(desk: Client, world: World, query: str) -> None:
    NeighbourhoodFactory.create(municipality=world.here, map_x=1, map_y=1)
    assert desk.get(f"{LIST}wijken/?{query}").status_code == 200


def test_the_page_of_a_partner_asks_for_its_small_map(desk: Client, world: World) -> None:
    address = f"{page_of(world.care)}werkgebied/"
    assert address in desk.get(page_of(world.care)).content.decode()
    assert "nog niet op een kaart" in desk.get(address).content.decode()

    NeighbourhoodFactory.create(municipality=world.here, map_x=1, map_y=1, name="De Linde")

    piece = desk.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "De Linde" in piece
    assert "<html" not in piece


@pytest.mark.parametrize("place", [{"map_x": 1}, {"map_x": 1001, "map_y": 1}])
def test_half_a_place_on_the_map_is_refused(world: World, place: dict[str, int]) -> None:
    with pytest.raises(IntegrityError):
        NeighbourhoodFactory.create(municipality=world.here, **place)


@pytest.mark.parametrize("address", ["", "wijken/", "export.csv"])
def test_it_costs_the_same_for_few_and_many(desk: Client, world: World, address: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            b"".join(desk.get(LIST + address))
        return len(queries)

    places = NeighbourhoodFactory.create_batch(2, municipality=world.here)
    world.care.neighbourhoods.set(places)
    cost()  # the session begins
    few = cost()
    for partner in PartnerFactory.create_batch(45, municipality=world.here):
        partner.neighbourhoods.set(places)
    assert cost() == few <= 12


def test_the_page_of_a_partner_stays_cheap(desk: Client, world: World) -> None:
    for number in range(6):
        held = CompetenceFactory.create(municipality=world.here)
        PartnerCompetence.objects.create(partner=world.care, competence=held)
        desk.post(f"{page_of(world.care)}notities/", {"text": f"Notitie {number}"})
    desk.get(page_of(world.care))  # says what was done
    with CaptureQueriesContext(connection) as queries:
        desk.get(page_of(world.care))
    assert len(queries) <= 15
