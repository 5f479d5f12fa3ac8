"""Two people at the tree at the same moment, each with a connection of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from plans import tree
from plans.models import PlanSection
from plans.operations.structure import reorder
from tests.conftest import World
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_orders_at_once_lose_no_row(world: World) -> None:
    rows = [
        PlanSection.objects.create(plan=world.plan, title=name, position=place)
        for place, name in enumerate("abcdef")
    ]
    keys = [row.pk for row in rows]
    kind = tree.kind_of(PlanSection)

    def put(order: list[int]) -> Callable[[], None]:
        return lambda: reorder(kind, world.plan, order, plan=world.plan, by=world.coordinator)

    outcomes = at_once(put(keys[::-1]), put([*keys[3:], *keys[:3]]))
    assert not [found for found in outcomes if isinstance(found, Exception)]

    places = PlanSection.objects.values_list("position", flat=True)
    assert sorted(places) == [1, 2, 3, 4, 5, 6]
    found = "".join(PlanSection.objects.values_list("title", flat=True))
    assert found in {"fedcba", "defabc"}
