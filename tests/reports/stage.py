"""What several tests of reports start from."""

from __future__ import annotations

import datetime as dt

from core import history
from core.models import LogEntry, ref
from plans.models import Action
from reports.models import Report
from reports.operations import freeze
from tests.conftest import World
from tests.factories import ReportFactory, UpdateFactory

NOW = dt.date(2026, 11, 21)


def draft(world: World, **values: object) -> Report:
    return ReportFactory.create(
        plan=world.plan, created_by=world.coordinator, title="Voortgangsrapport", **values
    )


def frozen(world: World, **values: object) -> Report:
    report = draft(world, **values)
    return freeze(report, version=report.version, by=world.coordinator)


def step_taken(action: Action, old: str, new: str, reason: str = "") -> None:
    """A change of status on a day within the period, as the history keeps it."""
    LogEntry.objects.create(
        actor_name="Els",
        verb="action.step",
        subject=ref(action),
        context=ref(action.plan),
        changes=[history.change(action, "status", old, new)],
        reason=reason,
        at=dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC),
    )


def make_red(world: World) -> None:
    """The action of the world becomes late, with its explanation."""
    UpdateFactory.create(action=world.action, red=True)
    world.action.light = "rood"
    world.action.save(update_fields=["light"])
