"""What a snapshot holds, and what it leaves out."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.confidentiality import Level
from core.pdf_work import canonical, checksum
from plans.models import Action
from plans.models.actions import BudgetLine
from reports.document import _moved
from reports.models import Audience
from reports.snapshot import take
from tests.conftest import World
from tests.factories import (
    ActionFactory,
    DomainFactory,
    IndicatorFactory,
    RevisionFactory,
    StrategicGoalFactory,
    UpdateFactory,
)
from tests.reports.stage import NOW, draft, make_red, step_taken

TOKEN = "geheimwoord"


def test_it_counts_actions_by_status_light_and_measure(world: World) -> None:
    ActionFactory.create(sub_theme=world.sub_theme, running=True, due=dt.date(2026, 10, 1))
    ActionFactory.create(sub_theme=world.sub_theme, asked=True)

    taken = take(draft(world), on=NOW)

    assert taken["statuses"]["lopend"] == 2
    assert taken["lights"]["groen"] == 2
    assert taken["figures"]["actions"] == 3
    assert taken["figures"]["decided"] == 2
    assert taken["figures"]["late"] == 1
    assert taken["figures"]["leaderless"] == 1
    assert taken["figures"]["silent"] == 2


@pytest.mark.parametrize(
    ("audience", "level", "present"),
    [
        (Audience.COLLEGE, Level.PARTNERS, True),
        (Audience.COLLEGE, Level.RESTRICTED, False),
        (Audience.COLLEGE, Level.CONFIDENTIAL, False),
        (Audience.CORE_GROUP, Level.RESTRICTED, True),
        (Audience.CORE_GROUP, Level.CONFIDENTIAL, False),
    ],
)
def test_nothing_above_the_readers_level_is_in_it(
    world: World, audience: Audience, level: Level, present: bool
) -> None:
    action = ActionFactory.create(
        sub_theme=world.sub_theme, running=True, title=TOKEN, confidentiality=level, light="rood",
        revision=RevisionFactory.create(plan=world.plan), due=dt.date(2026, 12, 15),
        expected_result=TOKEN, quick_win=True,
    )  # fmt: skip
    UpdateFactory.create(action=action, red=True, done=TOKEN, cause=TOKEN)
    IndicatorFactory.create(action=action, title=TOKEN)
    step_taken(action, "gepland", "lopend", reason=TOKEN)
    BudgetLine.objects.create(action=action, year=2026, source="gemeente", planned=7777)

    text = canonical(take(draft(world, audience=audience), on=NOW)).decode()

    assert (TOKEN in text) is present
    assert ("7777" in text) is present


def test_trouble_comes_with_cause_consequence_and_proposal(world: World) -> None:
    make_red(world)

    domain = take(draft(world), on=NOW)["domains"][0]

    found = domain["troubles"][0]
    assert (found["cause"], found["consequence"], found["proposal"]) == (
        "Oorzaak.",
        "Gevolg.",
        "Voorstel.",
    )


def test_at_most_three_realisations_the_finished_ones_first(world: World) -> None:
    for number in range(5):
        action = ActionFactory.create(
            sub_theme=world.sub_theme, running=True, last_update_on=dt.date(2026, 10, 5)
        )
        UpdateFactory.create(action=action, done=f"Nieuws {number}")
    done = ActionFactory.create(
        sub_theme=world.sub_theme, status="gerealiseerd", last_update_on=dt.date(2026, 8, 1),
        expected_result="Het hangt.",
    )  # fmt: skip

    found = take(draft(world), on=NOW)["domains"][0]["realisations"]

    assert len(found) == 3
    assert (found[0]["code"], found[0]["text"]) == (done.code, "Het hangt.")


def test_an_action_stepped_to_realised_in_the_period_counts(world: World) -> None:
    Action.objects.update(status="gerealiseerd")
    step_taken(world.action, "lopend", "gerealiseerd")

    taken = take(draft(world), on=NOW)

    assert taken["figures"]["realised_now"] == 1
    assert taken["changes"]["steps"][0]["new"] == "Gerealiseerd"


def test_many_changes_of_status_become_counts() -> None:
    steps = [
        {"code": f"1.{n}", "title": "Actie", "on": "", "new": new}
        for n, new in enumerate(["Lopend", "Lopend", "Lopend", "Lopend", "Gerealiseerd"])
    ]
    steps.append(steps[0] | {"new": "Opgeschort"})

    found = _moved(steps)

    assert [(group["label"], group["count"], len(group["rows"])) for group in found] == [
        ("Opgeschort", 1, 1),
        ("Lopend", 3, 3),
        ("Gerealiseerd", 1, 1),
    ]
    assert _moved([row | {"code": str(n)} for n, row in enumerate(steps[1:4] * 2)])[0] == {
        "label": "Lopend",
        "count": 6,
        "rows": [],
    }


def test_the_indicators_of_goals_and_actions_carry_their_values(world: World) -> None:
    goal = StrategicGoalFactory.create(domain=world.domain)
    IndicatorFactory.create(action=None, goal=goal, title="Hinder")
    row = IndicatorFactory.create(action=world.action)
    row.values.create(on=dt.date(2026, 10, 1), value=7)

    domain = take(draft(world), on=NOW)["domains"][0]

    assert domain["goal_indicators"][0]["title"] == "Hinder"
    found = domain["action_indicators"][0]
    assert found["last_text"] == "7 bussen"
    assert found["values"] == [{"on": "2026-10-01", "value": "7"}]


def test_money_is_added_up_per_year_and_source(world: World) -> None:
    other = ActionFactory.create(sub_theme=world.sub_theme)
    for action in (world.action, other):
        BudgetLine.objects.create(action=action, year=2026, source="gemeente", planned="10.50")

    budget = take(draft(world), on=NOW)["budget"]

    assert budget["years"][0]["rows"][0]["planned"] == "21.00"
    assert budget["total"]["planned"] == "21.00"


def test_what_came_by_a_bijsturing_in_the_period_is_new(world: World) -> None:
    revision = RevisionFactory.create(plan=world.plan)
    ActionFactory.create(sub_theme=world.sub_theme, title="Nachtwinkels", revision=revision)

    changes = take(draft(world), on=NOW)["changes"]

    assert changes["new"][0]["title"] == "Nachtwinkels"
    assert changes["revisions"][0]["decision"] == "CBS-2026-0921-07"


def test_the_checksum_does_not_depend_on_the_order_of_keys() -> None:
    left, right = {"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"d": 3, "c": 2}, "a": 1}

    assert checksum(left) == checksum(right)
    assert checksum(left) != checksum(left | {"a": 2})


def test_a_snapshot_is_plain_json(world: World) -> None:
    taken = take(draft(world), on=NOW)

    assert json.loads(canonical(taken)) == taken


def queries(world: World) -> int:
    report = draft(world, audience=Audience.CORE_GROUP)
    with CaptureQueriesContext(connection) as found:
        take(report, by=world.coordinator, on=NOW)
    return len(found)


def test_it_asks_as_much_for_3_actions_as_for_300(world: World) -> None:
    make_red(world)
    few = queries(world)
    for number in range(5):
        domain = DomainFactory.create(plan=world.plan, number=number + 20)
        StrategicGoalFactory.create(domain=domain)
    for _number in range(60):
        action = ActionFactory.create(sub_theme=world.sub_theme, running=True)
        IndicatorFactory.create(action=action).values.create(on=NOW, value=1)
        UpdateFactory.create(action=action)

    # One more than without values: the lookup of the values themselves.
    assert queries(world) <= few + 1 <= 30
