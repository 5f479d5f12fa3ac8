"""The whole history of an action as one readable line of events."""

from __future__ import annotations

import datetime as dt

from django.test import Client

from core import history
from core.models import LogEntry
from plans import workflow
from plans.models import Action
from plans.operations.actions import add_update, take_action_step
from plans.timeline import PAGE_SIZE, timeline
from tests.conftest import World
from tests.factories import UpdateFactory


def titles(world: World, *, inside: bool = True, number: int = 1) -> list[str]:
    return [str(e.title) for e in timeline(world.action, inside=inside, number=number).events]


def test_updates_and_changes_stand_in_one_line_newest_first(world: World) -> None:
    step = workflow.find(workflow.action_steps_from("lopend"), "opschorten")
    assert step
    update = UpdateFactory.build(action=None, done="Klaar", on=dt.date(2026, 11, 1))
    add_update(world.action, update, {}, by=world.coordinator)
    take_action_step(world.action, step, by=world.coordinator, reason="Geen geld")

    first, second = timeline(world.action, inside=True).events

    assert (str(first.title), first.reason) == ("Status gewijzigd", "Geen geld")
    assert first.changes[0]["old"] == "Lopend"
    assert second.update == update
    assert second.happened_on == dt.date(2026, 11, 1)


def test_an_update_is_told_once(world: World) -> None:
    update = UpdateFactory.build(action=None)
    add_update(world.action, update, {}, by=world.coordinator)

    assert LogEntry.objects.filter(verb="action.updated").exists()
    assert titles(world) == ["Bijgewerkt"]


def test_it_comes_in_pages(world: World) -> None:
    for number in range(PAGE_SIZE + 5):
        history.record(
            "action.edited", world.action, by=None, context=world.plan, reason=str(number)
        )

    first = timeline(world.action, inside=True)
    second = timeline(world.action, inside=True, number=2)

    assert (len(first.events), first.has_older) == (PAGE_SIZE, True)
    assert (len(second.events), second.has_older) == (5, False)


def test_outsiders_read_no_reasons_and_no_internal_changes(world: World) -> None:
    history.record("action.edited", world.action, by=None, context=world.plan)
    history.record("action.step", world.action, by=None, context=world.plan, reason="Intern")

    [event] = timeline(world.action, inside=False).events

    assert (str(event.title), event.reason) == ("Status gewijzigd", "")


def test_a_file_above_the_readers_level_leaves_no_trace(world: World) -> None:
    entry = history.record("action.edited", world.action, by=None)
    LogEntry.objects.bulk_create(
        [
            LogEntry(verb="attachment.added", subject=f"attachment:{pk}", context=entry.subject)
            for pk in (1, 2)
        ]
    )

    found = timeline(world.action, inside=True, readable=["attachment:1"]).events

    assert len(found) == 2


def test_htmx_gets_the_next_page_only(client: Client, world: World) -> None:
    client.force_login(world.coordinator)

    response = client.get(f"/acties/{world.action.pk}/?verloop=1", headers={"hx-request": "true"})

    assert response.content.decode().strip().startswith('<div class="stack" id="verloop-lijst">')
    assert Action.objects.count() == 1
