"""The tables of statuses and steps are sound."""

from __future__ import annotations

import pytest

from plans.workflow import (
    ACTION_STEPS,
    PLAN_STEPS,
    ActionStatus,
    PlanStatus,
    Step,
    action_steps_from,
    find,
    plan_steps_from,
)

TABLES = [
    pytest.param(PLAN_STEPS, PlanStatus, PlanStatus.CONCEPT, id="plan"),
    pytest.param(ACTION_STEPS, ActionStatus, ActionStatus.IDEA, id="action"),
]
Table = tuple[Step, ...]


@pytest.mark.parametrize(("steps", "statuses", "first"), TABLES)
def test_every_status_can_be_reached(steps: Table, statuses: type, first: str) -> None:
    reached = {first}
    for _round in steps:
        reached |= {step.target for step in steps if step.source in reached}
    assert reached == set(statuses)  # type: ignore[call-overload]


@pytest.mark.parametrize(("steps", "statuses", "first"), TABLES)
def test_a_name_leads_one_way_from_a_status(steps: Table, statuses: type, first: str) -> None:
    pairs = [(step.source, step.name) for step in steps]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize(("steps", "statuses", "first"), TABLES)
def test_no_step_stays_where_it_is(steps: Table, statuses: type, first: str) -> None:
    assert all(step.source != step.target for step in steps)


@pytest.mark.parametrize(("steps", "statuses", "first"), TABLES)
def test_a_way_back_asks_a_reason(steps: Table, statuses: type, first: str) -> None:
    back = [step for step in steps if step.name.startswith(("terug", "heropenen"))]
    assert back
    assert all(step.needs_reason for step in back)


def test_only_decisions_close_or_adopt_a_plan() -> None:
    deciding = {step.name for step in PLAN_STEPS if step.needs_decision}
    assert deciding == {"goedkeuren", "afsluiten"}


def test_a_step_is_found_by_the_status_it_starts_from() -> None:
    assert find(plan_steps_from(PlanStatus.EDITING), "goedkeuren") in PLAN_STEPS
    assert find(plan_steps_from(PlanStatus.CONCEPT), "goedkeuren") is None
    assert find(action_steps_from(ActionStatus.RUNNING), "realiseren") in ACTION_STEPS
