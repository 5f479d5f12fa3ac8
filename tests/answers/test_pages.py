"""What a municipality allows, what the coordinator reads of it, and the links in one's own name."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from answers.models import AnswerLink, AnswerUse
from answers.workflow import Outcome
from core.models import LogEntry
from evaluations.models import Participant
from plans.models import Share
from reminders.models import LinkRules
from tests.answers.conftest import (
    OPEN,
    address,
    for_action,
    for_opinion,
    for_share,
    news,
    only_link,
    opinion,
)
from tests.conftest import World
from tests.factories import ActionFactory

SETTINGS = "/beheer/herinneringen/"
EDIT = f"{SETTINGS}ZAN/antwoorden/"
LIST = "/herinneringen/antwoorden/"
MINE = "/account/antwoordlinks/"


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


# --- Settings -------------------------------------------------------------------------------------


def test_it_is_off_until_the_municipality_says_so(desk: Client, world: World) -> None:
    assert "Wie uit de mail wil antwoorden, meldt zich aan." in desk.get(SETTINGS).content.decode()

    assert desk.post(EDIT, {"is_on": "on", "days": "5", "version": "1"}).status_code == 302

    rules = LinkRules.objects.get(municipality=world.here)
    assert (rules.is_on, rules.with_second_step, rules.days) == (True, False, 5)
    assert "een link werkt 5 dagen" in desk.get(SETTINGS).content.decode()
    assert LogEntry.objects.get(verb="linkrules.edited").actor == world.coordinator


@pytest.mark.parametrize("days", ["0", "15", "x", "", "-1", "9" * 30])
def test_a_link_works_from_one_day_to_fourteen(desk: Client, days: str) -> None:
    assert desk.post(EDIT, {"is_on": "on", "days": days, "version": "1"}).status_code == 422
    assert not LinkRules.objects.exists()


def test_two_people_on_the_same_settings_see_each_other(desk: Client, allowed: LinkRules) -> None:
    LinkRules.objects.update(version=2, days=10)

    sent = {"is_on": "on", "days": "3", "version": "1"}
    assert desk.post(EDIT, sent).status_code == 409
    assert LinkRules.objects.get().days == 10


def test_switched_off_what_was_mailed_works_no_more(
    desk: Client, world: World, allowed: LinkRules
) -> None:
    link = for_action(world)
    desk.post(EDIT, {"days": "7", "version": "1"})

    assert Client().get(link).status_code == 404


# --- The list of the coordinator ------------------------------------------------------------------


@pytest.mark.usefixtures("allowed")
def test_the_coordinator_reads_who_did_what_when(
    desk: Client, world: World, question: Participant, share: Share
) -> None:
    stranger = Client()
    stranger.post(for_action(world), news())
    stranger.post(for_opinion(world, question), OPEN)
    late = for_share(world, share)
    AnswerLink.objects.filter(purpose="deling-bijdrage").update(revoked_at=timezone.now())
    stranger.post(late, OPEN)

    page = desk.get(LIST).content.decode()

    for words in (world.lead.name, world.partner.name, world.action.title, "Hoe ging het?",
                  share.action.title, "Antwoord bewaard", "Geopend", "Geweigerd",
                  "ingetrokken"):  # fmt: skip
        assert words in page


@pytest.mark.usefixtures("allowed")
def test_it_names_nothing_that_its_reader_may_not_read(
    desk: Client, client: Client, world: World
) -> None:
    Client().post(for_action(world), OPEN)
    page = desk.get(LIST).content.decode()
    assert world.action.title in page

    client.force_login(world.coordinator_elsewhere)
    page = client.get(LIST).content.decode()
    assert world.lead.name not in page
    assert world.action.title not in page


def test_before_anybody_did_anything_it_says_so(desk: Client) -> None:
    assert "Nog niemand gebruikte een link" in desk.get(LIST).content.decode()


@pytest.mark.usefixtures("allowed")
def test_many_lines_cost_as_much_as_three(desk: Client, world: World) -> None:
    counts = []
    desk.get(LIST)
    for more in (3, 40):
        for _number in range(more):
            action = ActionFactory.create(
                sub_theme=world.sub_theme, lead_partner=world.service, running=True
            )
            address(world.lead, "actie-bijwerken", action.pk)
        AnswerUse.objects.bulk_create(
            AnswerUse(link=link, outcome=Outcome.OPENED) for link in AnswerLink.objects.all()
        )
        with CaptureQueriesContext(connection) as queries:
            desk.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


# --- One's own ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("allowed")
def test_one_takes_back_a_link_of_ones_own(client: Client, world: World) -> None:
    link = for_action(world)
    client.force_login(world.lead)
    assert world.action.title in client.get(MINE).content.decode()

    client.post(f"{MINE}{only_link().pk}/intrekken/")

    assert Client().get(link).status_code == 404
    assert "Je hebt nu geen link die werkt" in client.get(MINE).content.decode()
    assert AnswerUse.objects.get().outcome == Outcome.REVOKED


@pytest.mark.usefixtures("allowed")
def test_all_at_once_and_those_of_nobody_else(
    client: Client, world: World, question: Participant
) -> None:
    mine, other = for_opinion(world, question), for_action(world)
    client.force_login(world.partner)

    client.post(f"{MINE}intrekken/")

    assert Client().get(mine).status_code == 404
    assert Client().get(other).status_code == 200


@pytest.mark.usefixtures("allowed")
def test_somebody_elses_link_is_not_there(client: Client, world: World) -> None:
    for_action(world)
    client.force_login(world.coordinator)

    assert client.post(f"{MINE}{only_link().pk}/intrekken/").status_code == 404
    assert only_link().revoked_at is None


@pytest.mark.usefixtures("allowed")
def test_a_link_that_was_used_is_not_taken_back(client: Client, world: World) -> None:
    Client().post(for_action(world), news())
    client.force_login(world.lead)

    client.post(f"{MINE}{only_link().pk}/intrekken/")

    assert only_link().revoked_at is None


@pytest.mark.usefixtures("allowed")
def test_who_ends_the_other_sessions_ends_the_links_too(client: Client, world: World) -> None:
    link = for_action(world)
    client.force_login(world.lead)

    assert client.post("/account/sessies/").status_code == 302

    assert Client().get(link).status_code == 404


@pytest.mark.usefixtures("allowed")
def test_a_new_mail_after_a_new_password_holds_a_link_that_works(world: World) -> None:
    before = for_action(world)
    world.lead.set_password(str(uuid.uuid4()))
    world.lead.save()

    after = for_action(world, User.objects.get(pk=world.lead.pk))

    assert after not in {before, ""}
    assert Client().get(before).status_code == 404
    assert Client().get(after).status_code == 200


@pytest.mark.usefixtures("allowed")
def test_an_opinion_by_link_is_read_by_who_holds_the_evaluation_alone(
    client: Client, world: World, question: Participant
) -> None:
    Client().post(for_opinion(world, question), opinion(went_well="Alleen voor haar"))
    address_of = question.evaluation.get_absolute_url()

    for person, reads in ((world.coordinator, True), (world.core_group, False)):
        client.force_login(person)
        assert ("Alleen voor haar" in client.get(address_of).content.decode()) is reads
