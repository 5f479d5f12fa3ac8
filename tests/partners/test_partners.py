"""The register of partners and its people."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from core.models import LogEntry
from partners.models import Kind, Partner, PartnerMember, own_partner_ids
from tests.conftest import World
from tests.factories import PartnerFactory, member

LIST = "/partners/"


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    """The coordinator at work."""
    client.force_login(world.coordinator)
    return client


def page_of(partner: Partner) -> str:
    return f"{LIST}{partner.pk}/"


def fields(**changes: object) -> dict[str, object]:
    return {
        "name": "Jeugdhuis",
        "kind": Kind.LOCAL_WELFARE.value,
        "contact_name": "Jeugdwerker",
        "contact_email": "jeugd@zandrode.example",
        "contact_phone": "",
        "description": "",
        "territory": "gemeente",
        **changes,
    }


def new(world: World, **changes: object) -> dict[str, object]:
    token = str(uuid.uuid4())
    return fields(municipality=world.here.pk, code="jeugdhuis", form_token=token, **changes)


def test_the_list_shows_this_municipality_only(desk: Client, world: World) -> None:
    foreign = PartnerFactory.create(municipality=world.elsewhere, name="Van elders")

    page = desk.get(LIST).content.decode()

    assert world.care.name in page
    assert foreign.name not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=domein", {"tech"}), ("soort=welzijn+en+zorg", {"cgg"}), ("archief=ja", {"civ"})],
)
def test_the_list_can_be_narrowed(desk: Client, world: World, query: str, found: set[str]) -> None:
    Partner.objects.filter(code="civ").update(archived_at=timezone.now())

    page = desk.get(f"{LIST}?{query}").content.decode()

    assert {partner.code for partner in Partner.objects.all() if page_of(partner) in page} == found


@pytest.mark.parametrize("query", ["q=%00", "soort=koning", "page=x", "archief=nee"])
def test_rubbish_in_the_address_does_no_harm(desk: Client, query: str) -> None:
    assert desk.get(f"{LIST}?{query}").status_code == 200


def test_the_list_costs_the_same_for_three_and_for_fifty(desk: Client, world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(LIST)
        return len(queries)

    cost()  # the first page also starts the clock of the session
    few = cost()
    PartnerFactory.create_batch(60, municipality=world.here)

    assert cost() == few
    assert few <= 12


def test_a_partner_is_added_once(desk: Client, world: World) -> None:
    form = new(world)
    for _click in range(2):
        assert desk.post(f"{LIST}nieuw/", form).status_code == 302

    partner = Partner.objects.get(code="jeugdhuis")
    assert LogEntry.objects.about(partner).get().verb == "partner.made"


@pytest.mark.parametrize(
    "wrong", [{"name": "CGG"}, {"kind": "x"}, {"contact_email": "x"}, {"name": "a\u202eb"}]
)
def test_a_wrong_partner_is_refused_in_words(
    desk: Client, world: World, wrong: dict[str, object]
) -> None:
    response = desk.post(f"{LIST}nieuw/", new(world, **wrong))

    assert response.status_code == 422
    assert "Kijk dit nog even na" in response.content.decode()


def test_an_edit_is_saved_with_its_history(desk: Client, world: World) -> None:
    desk.post(f"{page_of(world.care)}wijzigen/", fields(version=1))

    world.care.refresh_from_db()
    assert (world.care.name, world.care.version) == ("Jeugdhuis", 2)
    assert LogEntry.objects.about(world.care).get().verb == "partner.edited"


def test_the_second_of_two_gets_both_texts(desk: Client, world: World) -> None:
    url = f"{page_of(world.care)}wijzigen/"
    desk.post(url, fields(version=1, contact_name="Eerste"))

    response = desk.post(url, fields(version=1, contact_name="Tweede"))

    assert response.status_code == 409
    page = response.content.decode()
    assert "Eerste" in page
    assert "Tweede" in page
    chosen = fields(version=2, contact_name="Tweede", **{"choose-contact_name": "mine"})
    desk.post(url, chosen)
    world.care.refresh_from_db()
    assert world.care.contact_name == "Tweede"


def test_a_partner_is_archived_and_restored(desk: Client, world: World) -> None:
    desk.post(f"{page_of(world.care)}archiveren/")
    assert world.care not in Partner.objects.current()

    desk.post(f"{page_of(world.care)}herstellen/")

    assert world.care in Partner.objects.current()


def test_a_person_joins_and_leaves(desk: Client, world: World) -> None:
    desk.post(f"{page_of(world.care)}mensen/", {"user": world.reader.pk})
    assert world.care.pk in own_partner_ids(world.reader)
    assert world.reader.name in desk.get(page_of(world.care)).content.decode()

    PartnerMember.objects.update(starts=dt.date(2026, 1, 1))
    place = PartnerMember.objects.get(partner=world.care, user=world.reader)
    desk.post(f"{LIST}mensen/{place.pk}/beeindigen/")

    world.reader.memory.clear()
    assert world.care.pk not in own_partner_ids(world.reader)
    verbs = LogEntry.objects.within(world.reader).values_list("verb", flat=True)
    assert set(verbs) == {"partnermember.added", "partnermember.ended"}


def test_a_person_who_comes_back_starts_again(desk: Client, world: World) -> None:
    PartnerMember.objects.create(
        partner=world.care,
        user=world.reader,
        starts=dt.date(2020, 1, 1),
        ends=dt.date(2020, 12, 31),
    )

    desk.post(f"{page_of(world.care)}mensen/", {"user": world.reader.pk})

    place = PartnerMember.objects.get(partner=world.care, user=world.reader)
    assert (place.starts, place.ends) == (timezone.localdate(), None)


@pytest.mark.parametrize("who", ["elsewhere", "inside", "x"])
def test_only_people_of_this_municipality_join_once(desk: Client, world: World, who: str) -> None:
    people = {"elsewhere": world.coordinator_elsewhere.pk, "inside": world.partner.pk}

    response = desk.post(f"{page_of(world.care)}mensen/", {"user": people.get(who, who)})

    assert response.status_code == 422


def test_nobody_joins_or_leaves_by_himself(desk: Client, world: World) -> None:
    assert (
        desk.post(f"{page_of(world.care)}mensen/", {"user": world.coordinator.pk}).status_code
        == 403
    )
    own = world.coordinator.partner_memberships.get()
    assert desk.post(f"{LIST}mensen/{own.pk}/beeindigen/").status_code == 403


def test_an_administrator_places_people_and_changes_nothing_else(
    client: Client, world: World
) -> None:
    client.force_login(world.administrator)

    assert (
        client.post(f"{page_of(world.care)}mensen/", {"user": world.reader.pk}).status_code == 302
    )
    assert client.post(f"{page_of(world.care)}archiveren/").status_code == 403


def test_the_organisations_of_a_person_come_as_a_part_of_his_page(
    client: Client, world: World
) -> None:
    client.force_login(world.administrator)

    part = client.get(f"{LIST}van/{world.lead.pk}/", headers={"HX-Request": "true"})

    assert world.service.name in part.content.decode()
    assert "<html" not in part.content.decode()


def test_a_partner_elsewhere_does_not_exist(desk: Client, world: World) -> None:
    foreign = PartnerFactory.create(municipality=world.elsewhere)
    stranger = member(world.elsewhere, Role.READER, foreign)

    assert desk.get(page_of(foreign)).status_code == 404
    assert desk.get(f"{LIST}van/{stranger.pk}/").status_code == 404
