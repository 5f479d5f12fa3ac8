"""Filling in what the indicator of a strategic goal reads."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import LogEntry
from plans.models import Indicator, IndicatorValue
from tests.conftest import World
from tests.factories import IndicatorFactory, StrategicGoalFactory


@pytest.fixture
def row(world: World) -> Indicator:
    goal = StrategicGoalFactory.create(domain=world.domain)
    return IndicatorFactory.create(action=None, goal=goal, title="Gevoel van veiligheid")


def address(row: Indicator, world: World) -> str:
    return reverse("plans:goal-value", args=[world.plan.code, row.pk])


def test_a_value_is_filled_in_from_the_page_of_the_domain(
    client: Client, world: World, row: Indicator
) -> None:
    client.force_login(world.coordinator)
    url = address(row, world)
    assert url in client.get(world.domain.get_absolute_url()).content.decode()

    client.post(url, {"value": "7,5", "on": "2026-10-01", "source": "enquête"})

    value = IndicatorValue.objects.get(indicator=row)
    assert (value.value, value.source) == (Decimal("7.5"), "enquête")
    assert LogEntry.objects.within(world.plan).filter(verb="indicator.measured").exists()


def test_a_bad_value_is_refused(client: Client, world: World, row: Indicator) -> None:
    client.force_login(world.coordinator)
    today = timezone.localdate().isoformat()

    answer = client.post(address(row, world), {"value": "veel", "on": today})

    assert answer.status_code == 422
    assert not IndicatorValue.objects.exists()


def test_a_reader_sees_no_way_to_fill_it_in(client: Client, world: World, row: Indicator) -> None:
    client.force_login(world.lead)

    assert address(row, world) not in client.get(world.domain.get_absolute_url()).content.decode()
    assert client.get(address(row, world)).status_code == 403


def test_an_indicator_of_an_action_is_not_found_here(client: Client, world: World) -> None:
    client.force_login(world.coordinator)
    row = IndicatorFactory.create(action=world.action)

    assert client.get(address(row, world)).status_code == 404
