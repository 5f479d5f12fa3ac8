"""The list of competences and of good practices: kept up to date."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from core.models import LogEntry
from partners.models import Competence, GoodPractice, PartnerCompetence
from plans.models import Action
from tests.conftest import World
from tests.factories import CompetenceFactory, GoodPracticeFactory

LIST = "/partners/bevoegdheden/"
PRACTICES = "/partners/goede-praktijken/"


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def question(world: World, **changes: object) -> dict[str, object]:
    return {
        "municipality": world.here.pk,
        "code": "C41",
        "question": "Wie leegt de glasbol?",
        "title": "Ledigen van glasbollen",
        "form_token": str(uuid.uuid4()),
        **changes,
    }


def practice_fields(world: World, **changes: object) -> dict[str, object]:
    return {
        "municipality": world.here.pk,
        "title": "Bankje bij de deur",
        "source": "Wijk in ontwikkeling",
        "context": "Anonieme straat",
        "why": "Mensen spreken elkaar",
        "form_token": str(uuid.uuid4()),
        **changes,
    }


def test_a_question_is_added_once_and_waits_for_an_answer(desk: Client, world: World) -> None:
    form = question(world)
    for _click in range(2):
        assert desk.post(f"{LIST}nieuw/", form).status_code == 302
    assert Competence.objects.count() == 1
    page = desk.get(LIST).content.decode()
    assert "Wie leegt de glasbol?" in page
    assert "Voor 1 vraag is nog niemand bevoegd." in page


@pytest.mark.parametrize(("url", "method"), [(LIST, "question"), (PRACTICES, "practice")])
def test_what_belongs_elsewhere_is_refused(
    desk: Client, world: World, url: str, method: str
) -> None:
    make = question if method == "question" else practice_fields
    response = desk.post(f"{url}nieuw/", make(world, municipality=world.elsewhere.pk))
    assert response.status_code == 422


def test_a_question_that_is_there_already_is_refused(desk: Client, world: World) -> None:
    desk.post(f"{LIST}nieuw/", question(world))
    other = CompetenceFactory.create(municipality=world.here)

    again = desk.post(f"{LIST}nieuw/", question(world, code="C42"))
    edited = desk.post(f"{LIST}{other.pk}/wijzigen/", question(world, code="C42", version=1))

    for response in (again, edited):
        assert response.status_code == 422
        assert "Deze vraag staat al in de lijst." in response.content.decode()


def test_a_question_goes_to_the_archive_and_back(desk: Client, world: World) -> None:
    row = CompetenceFactory.create(municipality=world.here)

    desk.post(f"{LIST}{row.pk}/archiveren/")
    assert row.question not in desk.get(LIST).content.decode()
    assert row.question in desk.get(f"{LIST}?archief=ja").content.decode()
    desk.post(f"{LIST}{row.pk}/herstellen/")

    assert row in Competence.objects.current()
    assert LogEntry.objects.about(row).count() == 2


def test_a_question_elsewhere_does_not_exist(desk: Client, world: World) -> None:
    foreign = CompetenceFactory.create(municipality=world.elsewhere)
    assert desk.get(f"{LIST}{foreign.pk}/wijzigen/").status_code == 404
    assert desk.post(f"{LIST}{foreign.pk}/archiveren/").status_code == 404


def test_ground_and_limits_are_kept_with_their_history(desk: Client, world: World) -> None:
    row = CompetenceFactory.create(municipality=world.here)
    held = PartnerCompetence.objects.create(partner=world.care, competence=row)
    url = f"/partners/bevoegd/{held.pk}/wijzigen/"

    desk.post(url, {"legal_basis": "Art. 135 NGW", "limits": "Niet privaat", "version": 1})
    clash = desk.post(url, {"legal_basis": "Art. 134 NGW", "limits": "", "version": 1})

    assert clash.status_code == 409
    page = desk.get(f"/partners/{world.care.pk}/").content.decode()
    assert "Art. 135 NGW" in page
    assert "Bevoegdheid gewijzigd" in page


def test_a_practice_is_told_found_and_archived(desk: Client, world: World) -> None:
    form = practice_fields(world)
    for _click in range(2):
        assert desk.post(f"{PRACTICES}nieuw/", form).status_code == 302
    row = GoodPractice.objects.get()
    assert row.title in desk.get(f"{PRACTICES}?q=anonieme").content.decode()
    assert row.title not in desk.get(f"{PRACTICES}?q=fuif").content.decode()

    desk.post(f"{PRACTICES}{row.pk}/archiveren/")
    assert row.title not in desk.get(PRACTICES).content.decode()
    desk.post(f"{PRACTICES}{row.pk}/herstellen/")
    assert row.title in desk.get(PRACTICES).content.decode()


def test_two_who_tell_it_at_once_both_see_it(desk: Client, world: World) -> None:
    row = GoodPracticeFactory.create(municipality=world.here)
    url = f"{PRACTICES}{row.pk}/wijzigen/"
    desk.post(url, practice_fields(world, title="Eerste", version=1))

    response = desk.post(url, practice_fields(world, title="Tweede", version=1))

    assert response.status_code == 409
    assert "Eerste" in response.content.decode()


def test_a_practice_elsewhere_does_not_exist(desk: Client, world: World) -> None:
    foreign = GoodPracticeFactory.create(municipality=world.elsewhere)
    assert desk.get(f"{PRACTICES}{foreign.pk}/").status_code == 404
    assert desk.get(f"/acties/van-praktijk/{foreign.pk}/").status_code == 404


def test_an_action_is_based_on_a_practice_and_both_tell(desk: Client, world: World) -> None:
    row = GoodPracticeFactory.create(municipality=world.here)
    foreign = GoodPracticeFactory.create(municipality=world.elsewhere)
    url = f"/acties/{world.action.pk}/gebaseerd-op/"
    assert desk.post(url, {"practices": [foreign.pk]}).status_code == 422

    desk.post(url, {"practices": [row.pk]})

    assert row.title in desk.get(f"/acties/{world.action.pk}/").content.decode()
    part = desk.get(f"/acties/van-praktijk/{row.pk}/", headers={"HX-Request": "true"})
    assert world.action.title in part.content.decode()
    line = LogEntry.objects.about(world.action).get()
    assert line.changes[0]["new"] == row.title


def test_what_one_may_not_read_is_not_told(client: Client, world: World) -> None:
    row = GoodPracticeFactory.create(municipality=world.here)
    world.action.practices.add(row)
    Action.objects.update(confidentiality="vertrouwelijk")
    client.force_login(world.cast[Role.WARDEN])

    assert world.action.title not in client.get(f"/acties/van-praktijk/{row.pk}/").content.decode()


@pytest.mark.parametrize("url", [LIST, PRACTICES])
def test_it_costs_the_same_for_few_and_many(desk: Client, world: World, url: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(url)
        return len(queries)

    def fill(number: int) -> None:
        GoodPracticeFactory.create_batch(number, municipality=world.here)
        for row in CompetenceFactory.create_batch(number, municipality=world.here):
            PartnerCompetence.objects.create(partner=world.care, competence=row)

    fill(1)
    cost()
    few = cost()
    fill(15)
    assert cost() == few <= 12
