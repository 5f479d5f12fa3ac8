""" "Mijn acties": to accept, late, to bring up to date, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from plans.models import Action, Plan
from plans.workflow import ActionStatus, LeadAnswer, PlanStatus
from tests.conftest import World
from tests.factories import ActionFactory

URL = "/acties/mijn/"


@pytest.fixture
def client(client: Client, world: World) -> Client:
    Action.objects.update(last_update_on=timezone.localdate())
    client.force_login(world.lead)
    return client


def lists(client: Client) -> dict[str, list[str]]:
    context = client.get(URL).context
    return {name: [row["code"] for row in context[name]] for name in ("asked", "late", "silent")}


def own(world: World, **fields: object) -> Action:
    today = timezone.localdate()
    data = {"last_update_on": today, "due": today + dt.timedelta(days=400)} | fields
    return ActionFactory.create(
        sub_theme=world.sub_theme, lead_partner=world.service, running=True, **data
    )


def test_nothing_to_do_is_said(client: Client) -> None:
    assert "Alles is bij" in client.get(URL).content.decode()


@pytest.mark.parametrize("news", [None, dt.date(2026, 1, 1)], ids=["nothing to do", "work"])
def test_all_that_one_leads_is_a_tap_away(
    client: Client, world: World, news: dt.date | None
) -> None:
    if news:
        own(world, code="9.5", last_update_on=news)
    theirs = ActionFactory.create(sub_theme=world.sub_theme, running=True)

    assert 'href="/acties/?toon=mijn"' in client.get(URL).content.decode()

    shown = client.get("/acties/?toon=mijn").context
    assert world.action.code in [row["code"] for row in shown["rows"]]
    assert theirs.pk not in [row["pk"] for row in shown["rows"]]
    assert "je organisatie trekker" in shown["chips"][0].label


def test_each_kind_of_work_stands_in_its_list(client: Client, world: World) -> None:
    today = timezone.localdate()
    own(world, code="1.1.2", lead_answer=LeadAnswer.ASKED)
    own(world, code="1.1.3", due=today - dt.timedelta(days=1))
    own(world, code="1.1.4", last_update_on=today - dt.timedelta(days=91))
    own(world, code="1.1.5", last_update_on=None, start=today - dt.timedelta(days=91))
    soon = {"due": today + dt.timedelta(days=20)}
    own(world, code="1.1.6", last_update_on=today - dt.timedelta(days=31), **soon)
    own(world, code="1.1.7", last_update_on=today - dt.timedelta(days=10), **soon)
    own(world, code="1.1.8", status=ActionStatus.DONE, due=today - dt.timedelta(days=9))

    assert lists(client) == {
        "asked": ["1.1.2"],
        "late": ["1.1.3"],
        "silent": ["1.1.5", "1.1.4", "1.1.6"],
    }


def test_what_is_late_is_not_asked_twice(client: Client, world: World) -> None:
    own(world, code="1.1.3", due=dt.date(2026, 2, 1), last_update_on=None)

    assert lists(client)["silent"] == []


def test_others_and_closed_plans_stay_away(client: Client, world: World) -> None:
    ActionFactory.create(sub_theme=world.sub_theme, running=True, due=dt.date(2026, 2, 1))
    own(world, due=dt.date(2026, 2, 1))
    Plan.objects.update(status=PlanStatus.CLOSED)

    assert lists(client) == {"asked": [], "late": [], "silent": []}


def test_the_button_leads_to_the_update_and_back(client: Client, world: World) -> None:
    action = own(world, due=dt.date(2026, 2, 1))

    html = client.get(URL).content.decode()

    assert f'href="/acties/{action.pk}/bijwerken/?terug=mijn"' in html
    assert f'id="actie-{action.pk}"' in html


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PARTNER])
def test_everybody_inside_may_look(client: Client, world: World, role: Role) -> None:
    client.force_login(world.cast[role])

    assert client.get(URL).status_code == 200


def test_it_costs_the_same_for_3_and_for_300(client: Client, world: World) -> None:
    own(world, due=dt.date(2026, 2, 1))
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    late = {"due": dt.date(2026, 2, 1), "last_update_on": None}
    for answer in (LeadAnswer.ASKED, LeadAnswer.ACCEPTED):
        for number in range(30):
            own(world, code=f"{answer}.{number}", lead_answer=answer, **late)
    with CaptureQueriesContext(connection) as many:
        client.get(URL)

    assert len(few) == len(many) <= 12
