"""What a municipality tells everybody: a welcome, the letterboxes, and a privacy notice per way."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from meldingen.box_paper import snapshot
from meldingen.models import Category, PublicText, Source, Spot, Terms
from meldingen.operations.defaults import fill_lists
from tests.conftest import World, sign_in
from tests.factories import MailboxFactory
from tests.meldingen.citizen import address, filled

LIST = "/beheer/meldingen/publieke-teksten/"


@pytest.fixture
def lists(world: World) -> None:
    fill_lists(world.here)


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    sign_in(client, world.coordinator)
    return client


def source(world: World, code: str) -> Source:
    return Source.objects.get(municipality=world.here, code=code)


@pytest.mark.usefixtures("lists")
def test_the_form_opens_with_the_welcome_and_ends_with_the_notice(
    world: World, client: Client
) -> None:
    Terms.objects.create(municipality=world.here, reporter_months=9)
    kind = Category._default_manager.filter(municipality=world.here).first()
    assert isinstance(kind, Category)
    url = address(world.here)

    assert "Iets gezien dat beter kan?" in client.get(url).content.decode()
    last = client.post(url, filled(kind, stap="waar")).content.decode()

    assert "verwijderen ze ten laatste 9 maanden na afhandeling" in last


@pytest.mark.usefixtures("lists")
def test_the_desk_is_told_what_to_say_for_the_way_that_is_chosen(
    world: World, desk: Client
) -> None:
    phone = desk.get("/meldingen/nieuw/privacy/", {"source": source(world, "telefoon").pk})
    letter = desk.get("/meldingen/nieuw/privacy/", {"source": source(world, "brief").pk})
    nothing = desk.get("/meldingen/nieuw/privacy/", {"source": "99999999999999999999"})

    assert "enkel als u dat wilt uw nummer" in phone.content.decode()
    assert letter.content.decode().strip() == nothing.content.decode().strip() == ""


@pytest.mark.usefixtures("lists")
def test_the_sheet_of_the_boxes_has_the_words_for_the_poster(world: World) -> None:
    sheet = snapshot(world.here, [MailboxFactory.create(municipality=world.here)])
    assert len(sheet["poster"]) == 1
    assert "Een briefje zonder naam is prima." in sheet["poster"][0]

    world.here.has_facilities = True
    assert "Un billet sans nom convient." in snapshot(world.here, [])["poster"][1]


@pytest.mark.usefixtures("lists")
def test_a_text_is_changed_in_the_lists(world: World, desk: Client) -> None:
    row = PublicText.objects.get(municipality=world.here, spot=Spot.START)
    assert "Iets gezien" in desk.get(LIST).content.decode()

    form = {"version": row.version, "spot": row.spot, "dutch": "Welkom.", "french": "Bienvenue."}
    assert desk.post(f"{LIST}{row.pk}/", form).status_code == 302

    row.refresh_from_db()
    assert (row.dutch, row.french) == ("Welkom.", "Bienvenue.")


@pytest.mark.usefixtures("lists")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"spot": "privacy"}, "Kies een bron bij een privacyverklaring"),
        ({"spot": "start"}, "Voor deze plek is er al een tekst"),
        ({"spot": "elders"}, "elders"),
        ({"dutch": "Tot {termijn} of {iets}."}, "Dit wordt niet ingevuld: iets"),
    ],
)
def test_a_text_that_cannot_stand_there_is_refused(
    world: World, desk: Client, wrong: dict[str, str], said: str
) -> None:
    form = {"municipality": world.here.pk, "spot": "start", "dutch": "Welkom.",
            "form_token": str(uuid.uuid4())}  # fmt: skip
    answer = desk.post(f"{LIST}nieuw/", {**form, **wrong})

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_source_of_elsewhere_is_no_choice(world: World, desk: Client) -> None:
    fill_lists(world.elsewhere)
    far = Source.objects.get(municipality=world.elsewhere, code="box")
    form = {"municipality": world.here.pk, "spot": "privacy", "source": far.pk, "dutch": "X",
            "form_token": str(uuid.uuid4())}  # fmt: skip

    assert desk.post(f"{LIST}nieuw/", form).status_code == 422
