"""Two people at the tree at the same moment, each with a connection of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from plans import tree
from plans.models import PlanSection
from plans.operations.structure import reorder
from tests.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], None]) -> None:
    """Start all together; a failure in one fails the test."""
    failures: list[BaseException] = []
    gate = threading.Barrier(len(deeds))

    def run(deed: Callable[[], None]) -> None:
        try:
            gate.wait(timeout=10)
            deed()
        except Exception as error:  # noqa: BLE001 - told below
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert failures == []


def test_two_orders_at_once_lose_no_row(world: World) -> None:
    rows = [
        PlanSection.objects.create(plan=world.plan, title=name, position=place)
        for place, name in enumerate("abcdef")
    ]
    keys = [row.pk for row in rows]
    kind = tree.kind_of(PlanSection)

    def put(order: list[int]) -> Callable[[], None]:
        return lambda: reorder(kind, world.plan, order, plan=world.plan, by=world.coordinator)

    at_once(put(keys[::-1]), put([*keys[3:], *keys[:3]]))

    places = PlanSection.objects.values_list("position", flat=True)
    assert sorted(places) == [1, 2, 3, 4, 5, 6]
    found = "".join(PlanSection.objects.values_list("title", flat=True))
    assert found in {"fedcba", "defabc"}
