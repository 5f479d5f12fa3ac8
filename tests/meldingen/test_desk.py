"""The page of a melding: what it is, what one may do, and who reported it only on asking."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Border
from accounts.roles import Role
from core.confidentiality import Level
from core.models import LogEntry
from core.workdays import after_working_days
from meldingen.models import CategoryQuestion, Follower, Melding, Note, ReporterReading
from meldingen.operations import edit, steps
from meldingen.page_rows import norm
from tests.conftest import World, sign_in
from tests.core.test_geo import SQUARE, polygon
from tests.factories import (
    CategoryFactory,
    MeldingFactory,
    NeighbourhoodFactory,
    PartnerFactory,
    PhotoFactory,
    ReporterFactory,
)
from tests.together import at_once


@pytest.fixture
def melding(world: World) -> Melding:
    return MeldingFactory.create(municipality=world.here, handler=world.service)


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    sign_in(client, world.coordinator)
    return client


def page(melding: Melding, part: str = "") -> str:
    return f"/meldingen/{melding.pk}/{part}"


def words(melding: Melding, **changes: Any) -> dict[str, Any]:
    return {
        "category": melding.category_id,
        "text": melding.text,
        "place": melding.place,
        "neighbourhood": melding.neighbourhood_id or "",
        "kind": melding.kind,
        "urgency": melding.urgency,
        "confidentiality": melding.confidentiality,
        "version": melding.version,
        **changes,
    }


def test_the_page_tells_the_whole(desk: Client, world: World, melding: Melding) -> None:
    asked = CategoryQuestion.objects.create(
        category=melding.category, label="Hoeveel?", kind="tekst"
    )
    Melding.objects.filter(pk=melding.pk).update(
        answers={str(asked.pk): "drie zakken"}, place_is_reckoned=True, latitude=51.1, longitude=4.1
    )
    PhotoFactory.create(melding=melding)
    steps.note(melding, "Tweede keer deze maand.", by=world.coordinator)

    shown = desk.get(page(melding)).content.decode()

    for said in ("drie zakken", "berekend adres", "klein/", "Tweede keer", "Openbaar domein"):
        assert said in shown


def test_who_reported_is_shown_on_asking_and_that_is_noted(
    desk: Client, world: World, melding: Melding
) -> None:
    ReporterFactory.create(melding=melding)
    assert "Peeters" not in desk.get(page(melding)).content.decode()

    shown = desk.post(page(melding, "melder/")).content.decode()

    assert "Mia Peeters" in shown
    assert "tel:0470112233" in shown
    assert ReporterReading.objects.get(melding=melding).by == world.coordinator


def test_a_warden_does_not_see_who_reported(world: World, melding: Melding, client: Client) -> None:
    sign_in(client, world.cast[Role.WARDEN])

    assert client.post(page(melding, "melder/")).status_code == 403
    assert "Toon de melder" not in client.get(page(melding)).content.decode()
    assert not ReporterReading.objects.exists()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SERVICE, Role.NEIGHBOURHOOD_POLICE])
@pytest.mark.parametrize("many", [1, 30])
def test_the_page_takes_few_questions(
    desk: Client, world: World, melding: Melding, many: int, role: Role
) -> None:
    """With all that a melding can have, whoever looks."""
    user = world.cast[role]
    question = CategoryQuestion.objects.create(
        category=melding.category, label="Paal", kind="tekst"
    )
    hood = NeighbourhoodFactory.create(municipality=world.here)
    Border.objects.create(neighbourhood=hood, shape=polygon(SQUARE))
    user.memberships.get().neighbourhoods.add(hood)
    Melding.objects.filter(pk=melding.pk).update(
        latitude=51.1, longitude=4.1, neighbourhood=hood, answers={str(question.pk): "12B"}
    )
    sign_in(desk, user)
    for number in range(many):
        Note.objects.create(melding=melding, text=str(number), by_name="Wie")
        PhotoFactory.create(melding=melding)
        MeldingFactory.create(municipality=world.here, split_from=melding)
    desk.get(page(melding))

    with CaptureQueriesContext(connection) as asked:
        desk.get(page(melding))

    assert len(asked) <= 12, [row["sql"][:90] for row in asked.captured_queries]


def test_the_norm_in_words(melding: Melding) -> None:
    today = timezone.localdate()
    melding.due = after_working_days(today, 3)
    assert norm(melding).words == "nog 3 werkdagen"
    assert norm(melding, on=after_working_days(today, 3)).words == "vandaag de laatste dag"
    assert norm(melding, on=after_working_days(today, 4)).words == "1 werkdag over de norm"


def test_a_step_is_a_button(desk: Client, melding: Melding) -> None:
    answer = desk.post(page(melding, "stap/starten/"), follow=True)

    melding.refresh_from_db()
    assert melding.status == "in behandeling"
    assert "Status gewijzigd" in answer.content.decode()


def test_waiting_says_on_whom(desk: Client, melding: Melding) -> None:
    assert desk.post(page(melding, "stap/wachten/"), {}).status_code == 422

    desk.post(page(melding, "stap/wachten/"), {"text": "de netbeheerder"})

    assert "wacht op de netbeheerder" in desk.get(page(melding)).content.decode()


def test_no_plan_for_yesterday(desk: Client, melding: Melding) -> None:
    assert desk.post(page(melding, "stap/inplannen/"), {"day": "2020-01-01"}).status_code == 422


def test_a_step_that_cannot_be_taken_any_more(desk: Client, melding: Melding) -> None:
    answer = desk.post(page(melding, "stap/hervatten/"), follow=True)

    assert "intussen gewijzigd" in answer.content.decode()
    assert desk.post(page(melding, "stap/vliegen/")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_step_one_does(world: World, melding: Melding) -> None:
    outcomes = at_once(
        *(lambda: steps.take(melding, "starten", by=world.coordinator) for _ in range(2))
    )

    assert sum(isinstance(one, steps.MeldingMovedError) for one in outcomes) == 1
    assert LogEntry.objects.about(melding).count() == 1


def test_reopening_has_an_end(world: World, melding: Melding) -> None:
    long_ago = timezone.now() - dt.timedelta(days=91)
    Melding.objects.filter(pk=melding.pk).update(status="afgehandeld", closed_at=long_ago)

    with pytest.raises(PermissionDenied, match="90 dagen"):
        steps.take(melding, "heropenen", by=world.coordinator, text="Het ligt er weer.")


def test_another_category_sets_norm_and_handler(
    desk: Client, world: World, melding: Melding
) -> None:
    other = PartnerFactory.create(municipality=world.here)
    category = CategoryFactory.create(municipality=world.here, handler=other, resolve_days=3)

    desk.post(page(melding, "wijzigen/"), words(melding, category=category.pk, hand_over="on"))

    melding.refresh_from_db()
    assert melding.handler == other
    assert melding.due == after_working_days(timezone.localdate(), 3)


def test_who_passes_it_on_still_sees_it(world: World, melding: Melding, client: Client) -> None:
    other = PartnerFactory.create(municipality=world.here)
    category = CategoryFactory.create(municipality=world.here, handler=other)
    sign_in(client, world.lead)

    answer = client.post(
        page(melding, "wijzigen/"),
        words(melding, category=category.pk, hand_over="on"),
        follow=True,
    )

    assert answer.status_code == 200
    assert Follower.objects.get().user == world.lead
    assert client.post(page(melding, "stap/starten/")).status_code == 403


def test_two_who_edit_see_both_texts(desk: Client, melding: Melding) -> None:
    desk.post(page(melding, "wijzigen/"), words(melding, text="De eerste."))

    answer = desk.post(page(melding, "wijzigen/"), words(melding, text="De tweede."))

    assert answer.status_code == 409
    assert "De eerste." in answer.content.decode()


def test_what_is_about_people_is_not_public(desk: Client, world: World, melding: Melding) -> None:
    category = CategoryFactory.create(municipality=world.here, is_sensitive=True)
    form = words(melding, category=category.pk, confidentiality=Level.PUBLIC)

    assert desk.post(page(melding, "wijzigen/"), form).status_code == 422


def test_nobody_raises_a_level_above_the_own(
    world: World, melding: Melding, client: Client
) -> None:
    sign_in(client, world.cast[Role.WARDEN])
    form = words(melding, confidentiality=Level.CONFIDENTIAL)

    assert client.post(page(melding, "wijzigen/"), form).status_code == 422


def test_a_neighbourhood_of_elsewhere_is_no_choice(
    desk: Client, world: World, melding: Melding
) -> None:
    far = NeighbourhoodFactory.create(municipality=world.elsewhere)

    assert (
        desk.post(page(melding, "wijzigen/"), words(melding, neighbourhood=far.pk)).status_code
        == 422
    )


def test_assigned_to_a_person(desk: Client, world: World, melding: Melding) -> None:
    warden = world.cast[Role.WARDEN]
    desk.post(page(melding, "toewijzen/"), {"handler": world.service.pk, "assignee": warden.pk})

    melding.refresh_from_db()
    assert (melding.assignee, melding.status) == (warden, "toegewezen")


def test_a_reader_gets_nothing_to_do(desk: Client, world: World, melding: Melding) -> None:
    answer = desk.post(page(melding, "toewijzen/"), {"assignee": world.reader.pk})

    assert answer.status_code == 422


def test_to_myself(world: World, melding: Melding, client: Client) -> None:
    sign_in(client, world.lead)
    client.post(page(melding, "aan-mij/"))

    melding.refresh_from_db()
    assert (melding.assignee, melding.handler) == (world.lead, world.service)


def test_linked_to_an_action_of_the_plan(desk: Client, world: World, melding: Melding) -> None:
    desk.post(page(melding, "actie/"), {"action": world.action.pk})

    shown = desk.get(f"/meldingen/van-actie/{world.action.pk}/").content.decode()
    assert melding.number in shown
    assert "Stijgt: 1 in de laatste twaalf weken" in shown
    assert world.action.title in desk.get(page(melding, "rondom/")).content.decode()


@pytest.mark.parametrize(("role", "is_told_how"), [(Role.COORDINATOR, True), (Role.COLLEGE, False)])
def test_an_action_without_meldingen_says_so(
    world: World, client: Client, role: Role, is_told_how: bool
) -> None:
    sign_in(client, world.cast[role])
    shown = client.get(f"/meldingen/van-actie/{world.action.pk}/").content.decode()

    assert "Nog geen meldingen die jij kunt lezen" in shown
    assert ("Koppel ze op de pagina van een melding." in shown) is is_told_how


def test_an_unseen_action_is_no_choice(desk: Client, world: World, melding: Melding) -> None:
    assert desk.post(page(melding, "actie/"), {"action": 999_999}).status_code == 422


def test_nothing_changed_writes_nothing(world: World, melding: Melding) -> None:
    edit.link(melding, None, by=world.coordinator)

    assert not LogEntry.objects.about(melding).exists()


def test_elsewhere_it_does_not_exist(world: World, melding: Melding, client: Client) -> None:
    sign_in(client, world.coordinator_elsewhere)

    for part in ("", "afsluiten/", "wijzigen/", "rondom/", "samenvoegen/", "melder/"):
        assert client.post(page(melding, part)).status_code in {404, 405}
