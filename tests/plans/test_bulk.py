"""One decision on many actions, each by its own rules."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from core.models import LogEntry
from plans.models import Action, PlanRevision, RevisionReason
from plans.workflow import ActionStatus, LeadAnswer
from tests.conftest import World
from tests.factories import ActionFactory, PlanFactory, SubThemeFactory

URL = "/acties/samen/"
REVISION = {
    "revision_reason": RevisionReason.FEASIBILITY,
    "revision_decision": "CBS-2026-1",
    "revision_decided_on": "2026-09-01",
    "reason": "Later klaar",
}


@pytest.fixture
def client(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def token() -> dict[str, str]:
    return {"form_token": str(uuid.uuid4())}


def address(what: str, *actions: Action, extra: str = "") -> str:
    chosen = "".join(f"&actie={action.pk}" for action in actions)
    return f"{URL}?doen={what}{chosen}{extra}"


def adjust(
    client: Client, actions: list[Action], **data: object
) -> dict[str, list[dict[str, str]]]:
    response = client.post(address("bijsturen", *actions), REVISION | token() | data, follow=True)
    assert response.status_code == 200
    return {name: response.context[name] for name in ("done", "refused")}


def test_one_lead_for_many(client: Client, world: World) -> None:
    others = ActionFactory.create_batch(3, sub_theme=world.sub_theme)

    response = client.post(
        address("trekker", *others), {"partner": world.care.pk} | token(), follow=True
    )

    assert "3 gewijzigd, 0 niet gewijzigd" in response.content.decode()
    for action in Action.objects.filter(pk__in=[row.pk for row in others]):
        assert (action.lead_partner, action.lead_answer) == (world.care, LeadAnswer.ASKED)
    assert LogEntry.objects.filter(verb="action.lead_asked").count() == 3


def test_all_that_was_found_can_be_chosen(client: Client, world: World) -> None:
    ActionFactory.create_batch(60, sub_theme=world.sub_theme, dimension="proactief")
    url = f"{URL}?doen=trekker&alle=1&zoek=dimensie%3Dproactief"

    client.post(url, {"partner": world.care.pk} | token())

    assert Action.objects.filter(lead_partner=world.care).count() == 60
    world.action.refresh_from_db()
    assert world.action.lead_partner == world.service


def test_shifting_dates_under_one_decision(client: Client, world: World) -> None:
    late = ActionFactory.create(sub_theme=world.sub_theme, due=dt.date(2027, 1, 1))
    endless = ActionFactory.create(sub_theme=world.sub_theme, due=None)
    gone = ActionFactory.create(sub_theme=world.sub_theme, archived_at="2026-01-01T00:00Z")

    result = adjust(client, [late, endless, gone], change="weken", weeks="2")

    late.refresh_from_db()
    assert late.due == dt.date(2027, 1, 15)
    assert [line["new"] for line in result["done"]] == ["15/01/2027"]
    assert {line["old"] for line in result["refused"]} == {
        "Heeft geen einddatum om te verschuiven.",
        "Deze actie is gearchiveerd. Zet ze eerst terug.",
    }
    assert PlanRevision.objects.get().decision == "CBS-2026-1"


def test_an_end_before_the_start_is_refused_row_by_row(client: Client, world: World) -> None:
    early = ActionFactory.create(sub_theme=world.sub_theme, start=dt.date(2026, 2, 1))
    later = ActionFactory.create(sub_theme=world.sub_theme, start=dt.date(2027, 3, 1))

    result = adjust(client, [early, later], change="datum", due="2026-12-31")

    assert [line["label"] for line in result["done"]] == [str(early)]
    assert [line["old"] for line in result["refused"]] == ["De einddatum ligt voor de begindatum."]


def test_moving_and_stopping(client: Client, world: World) -> None:
    place = SubThemeFactory.create(domain=world.domain, code="1.9")
    idea = ActionFactory.create(sub_theme=world.sub_theme)

    moved = adjust(client, [world.action, idea], change="deelthema", sub_theme=place.pk)
    stopped = adjust(client, [world.action, idea], change="stopzetten")

    world.action.refresh_from_db()
    assert (world.action.sub_theme, world.action.status) == (place, ActionStatus.STOPPED)
    assert world.action.code == "1.1.1"
    assert len(moved["done"]) == 2
    assert stopped["refused"][0]["old"] == "Kan niet vanuit de status “idee”."


def test_a_form_sent_twice_shifts_once(client: Client, world: World) -> None:
    data = REVISION | token() | {"change": "weken", "weeks": "1"}
    before = world.action.due

    first = client.post(address("bijsturen", world.action), data)
    second = client.post(address("bijsturen", world.action), data)

    world.action.refresh_from_db()
    assert before
    assert world.action.due == before + dt.timedelta(weeks=1)
    assert first.headers["Location"] == second.headers["Location"]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"change": "weken"},
        {"change": "weken", "weeks": "9999999999"},
        {"change": "datum", "due": "x"},
        {"change": "deelthema", "sub_theme": "0"},
        {"change": "raar"},
        {"change": "stopzetten", "reason": ""},
        {"change": "stopzetten", "reason": "a\x00"},
        {"change": "stopzetten", "revision_decision": ""},
    ],
)
def test_bad_input_changes_nothing(client: Client, world: World, data: dict[str, str]) -> None:
    response = client.post(address("bijsturen", world.action), REVISION | token() | data)

    assert response.status_code == 422
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("query", ["", "?actie=x&actie=%00", "?actie=" + "9" * 30, "?alle=1&zoek=q%3D%00zz"])  # fmt: skip
def test_no_choice_leads_back_to_the_list(client: Client, world: World, query: str) -> None:
    response = client.get(f"{URL}{query}")

    assert response.status_code in {200, 302}


def test_actions_of_two_plans_are_two_decisions(client: Client, world: World) -> None:
    second = PlanFactory.create(municipality=world.here, running=True)
    place = SubThemeFactory.create(domain__plan=second)
    other = ActionFactory.create(sub_theme=place)

    response = client.get(address("trekker", world.action, other), follow=True)

    assert "één plan" in response.content.decode()


def test_foreign_actions_are_left_out(client: Client, world: World) -> None:
    foreign = ActionFactory.create()

    response = client.get(address("trekker", world.action, foreign))

    assert [action.pk for action in response.context["choice"].actions] == [world.action.pk]


def test_who_does_not_edit_the_plan_may_not(client: Client, world: World) -> None:
    client.force_login(world.cast[Role.SERVICE])

    assert client.get(address("trekker", world.action)).status_code == 403


def test_the_result_is_for_who_asked(client: Client, world: World) -> None:
    response = client.post(address("trekker", world.action), {"partner": world.care.pk} | token())
    client.force_login(world.lead)

    assert client.get(response.headers["Location"]).status_code == 404


def test_who_lost_the_plan_no_longer_reads_what_was_done(client: Client, world: World) -> None:
    response = client.post(address("trekker", world.action), {"partner": world.care.pk} | token())
    assert client.get(response.headers["Location"]).status_code == 200

    world.coordinator.memberships.update(ends=timezone.localdate() - dt.timedelta(days=1))

    assert client.get(response.headers["Location"]).status_code == 404
