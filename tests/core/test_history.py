from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from core import history
from core.models import LogEntry
from tests.conftest import World


def test_a_line_says_who_what_and_both_values(world: World) -> None:
    changes = [history.change(world.action, "status", "gepland", "lopend")]
    history.record(
        "action.step", world.action, by=world.coordinator, context=world.plan, changes=changes
    )

    line = LogEntry.objects.about(world.action).get()
    assert line.actor_name == world.coordinator.name
    assert line.changes == [
        {"field": "status", "label": "status", "old": "Gepland", "new": "Lopend"}
    ]


def test_a_plan_shows_what_happens_inside_it(world: World) -> None:
    history.record("action.archived", world.action, by=world.coordinator, context=world.plan)

    assert LogEntry.objects.within(world.plan).count() == 1
    assert not LogEntry.objects.about(world.plan).exists()


def test_the_database_refuses_to_change_or_remove_a_line(world: World) -> None:
    history.record("plan.step", world.plan, by=world.coordinator)

    with pytest.raises(IntegrityError, match="geschiedenis"), transaction.atomic():
        LogEntry.objects.update(verb="anders")
    with pytest.raises(IntegrityError, match="geschiedenis"), transaction.atomic():
        LogEntry.objects.all().delete()
