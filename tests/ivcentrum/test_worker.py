"""When a worker counts as stuck, and since when a queue counts as looked at."""

from __future__ import annotations

import datetime as dt
import struct

import pytest
from django.utils import timezone

from core.models import Heartbeat
from ivcentrum import health, worker

NOW = 1_000_000.0
PATIENCE = 300.0


@pytest.fixture(autouse=True)
def _no_task_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_last_task", bytearray(8))


def take(at: float) -> None:
    worker._last_task[:] = struct.pack("d", at)


def watch(*waiting: int | None) -> list[bool]:
    """What it thinks at each look, a minute apart, of so many ticks; None is no answer."""
    found = iter(waiting)

    def asked() -> int:
        if (ticks := next(found)) is None:
            raise OSError
        return ticks

    made = worker.Watch(["mail"], asked, PATIENCE)
    return [made.is_stuck(now=NOW + 60 * n) for n in range(len(waiting))]


def test_work_that_lies_there_for_five_minutes_is_enough() -> None:
    assert watch(3, 3, 3, 3, 3, 3) == [False] * 5 + [True]


def test_an_empty_queue_says_nothing() -> None:
    assert not any(watch(*[0] * 10))


def test_a_redis_that_is_away_says_nothing_and_neither_does_the_first_work_after() -> None:
    assert not any(watch(*[None] * 10, 5, 5))


def test_a_worker_that_takes_tasks_is_busy_and_not_stuck() -> None:
    take(NOW + 120)

    assert watch(3, 3, 3, 3, 3, 3, 3, 3) == [False] * 7 + [True]


# --- A queue that was never looked at -------------------------------------------------------------


@pytest.mark.django_db
def test_a_new_installation_is_no_alarm_while_its_first_work_is_done() -> None:
    assert len(health.alarms()) == 2

    worker.begin(["mail", "pdf", "celery"])

    assert health.alarms() == []
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"drain-mail", "drain-pdf"}


@pytest.mark.django_db
def test_a_worker_that_dies_at_each_start_is_noticed() -> None:
    long_ago = timezone.now() - dt.timedelta(hours=1)
    Heartbeat.objects.create(name="drain-mail", at=long_ago)

    worker.begin(["mail"])

    assert Heartbeat.objects.get(name="drain-mail").at == long_ago
