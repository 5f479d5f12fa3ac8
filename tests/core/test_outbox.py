"""Promises: kept once, taken up by one worker at a time, and never lost."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import outbox, tasks
from core.models import Heartbeat, OutboxEntry
from core.outbox import PermanentError

done: list[int] = []
PLAN: dict[str, Exception | None] = {"error": None}


def work(entry: OutboxEntry) -> None:
    """The handler of these tests: notes what it did, or fails as told."""
    if PLAN["error"]:
        raise PLAN["error"]
    done.append(entry.pk)


@pytest.fixture(autouse=True)
def handlers(settings: LazySettings) -> None:
    path = f"{__name__}.work"
    settings.OUTBOX_HANDLERS = {
        "paper": {"queue": "pdf", "run": path},
        "letter": {"queue": "mail", "run": path},
    }
    done.clear()
    PLAN["error"] = None


def lapse() -> None:
    """The worker that holds the row is dead: its lease runs out."""
    past = timezone.now() - dt.timedelta(seconds=1)
    OutboxEntry.objects.update(lease_until=past)


def make_due() -> None:
    OutboxEntry.objects.update(run_after=timezone.now())


@pytest.mark.django_db
def test_the_same_promise_twice_is_one() -> None:
    first = outbox.promise("paper", key="a", report=1)

    assert outbox.promise("paper", key="a", report=1) == first
    assert OutboxEntry.objects.count() == 1


@pytest.mark.django_db
def test_a_promise_disappears_with_the_change_that_made_it() -> None:
    with transaction.atomic():
        outbox.promise("paper", key="a", report=1)
        transaction.set_rollback(True)

    assert not OutboxEntry.objects.exists()


@pytest.mark.django_db
def test_a_drain_does_its_own_queue_and_says_it_lives() -> None:
    outbox.promise("paper", key="a", report=1)
    outbox.promise("letter", key="b", person=1)

    assert outbox.drain("pdf") == 1

    assert OutboxEntry.objects.get(key="a").status == "sent"
    assert OutboxEntry.objects.get(key="b").status == "queued"
    assert Heartbeat.objects.filter(name="drain-pdf").exists()


@pytest.mark.django_db
def test_what_is_not_due_waits() -> None:
    entry = outbox.promise("paper", key="a", report=1)
    later = timezone.now() + dt.timedelta(minutes=5)
    OutboxEntry.objects.filter(pk=entry.pk).update(run_after=later)

    assert outbox.drain("pdf") == 0


@pytest.mark.django_db
def test_a_row_in_hand_is_not_taken_by_another_worker() -> None:
    outbox.promise("paper", key="a", report=1)

    assert outbox.claim("pdf") is not None
    assert outbox.claim("pdf") is None


@pytest.mark.django_db
def test_the_row_of_a_dead_worker_is_taken_up_again() -> None:
    outbox.promise("paper", key="a", report=1)
    first = outbox.claim("pdf")
    lapse()

    second = outbox.claim("pdf")

    assert first is not None
    assert second is not None
    assert second.attempts == 2
    assert not outbox.holds_lease(first)
    assert outbox.holds_lease(second)


@pytest.mark.django_db
def test_a_worker_that_lost_its_turn_cannot_say_anything_about_the_row() -> None:
    outbox.promise("paper", key="a", report=1)
    zombie = outbox.claim("pdf")
    assert zombie is not None
    lapse()
    outbox.claim("pdf")

    outbox._work(zombie)
    outbox.set_stage(zombie, "Klaar")

    entry = OutboxEntry.objects.get()
    assert (entry.status, entry.stage) == ("sending", "")
    assert not outbox.hand_over(zombie)


@pytest.mark.django_db
def test_holding_the_lease_locks_the_row_until_the_commit() -> None:
    outbox.promise("paper", key="a", report=1)
    entry = outbox.claim("pdf")
    assert entry is not None

    with CaptureQueriesContext(connection) as asked:
        assert outbox.holds_lease(entry)

    assert "FOR UPDATE" in asked[0]["sql"]


@pytest.mark.django_db
def test_a_failure_is_tried_again_later_and_later() -> None:
    outbox.promise("paper", key="a", report=1)
    PLAN["error"] = RuntimeError("even niet")
    waits = []
    entry = OutboxEntry.objects.get()

    for _attempt in range(3):
        make_due()
        outbox.drain("pdf")
        entry.refresh_from_db()
        waits.append((entry.run_after - timezone.now()).total_seconds() / 60)

    assert entry.status == "queued"
    assert "even niet" in entry.last_error
    assert waits == [
        pytest.approx(1, rel=0.15),
        pytest.approx(5, rel=0.15),
        pytest.approx(15, rel=0.15),
    ]


@pytest.mark.django_db
def test_what_was_given_up_starts_afresh_when_asked() -> None:
    entry = outbox.promise("paper", key="a", report=1)
    OutboxEntry.objects.update(status="failed")
    assert outbox.cancel(entry)

    outbox.again(entry)

    assert outbox.drain("pdf") == 1


@pytest.mark.django_db
def test_what_keeps_failing_ends_with_its_reason_and_starts_afresh_when_asked() -> None:
    entry = outbox.promise("paper", key="a", report=1)
    PLAN["error"] = RuntimeError("kapot")
    for _attempt in range(outbox.MAX_ATTEMPTS):
        make_due()
        outbox.drain("pdf")
    entry.refresh_from_db()
    assert (entry.status, entry.last_error) == ("failed", "RuntimeError: kapot")

    PLAN["error"] = None
    outbox.again(entry)
    outbox.drain("pdf")

    entry.refresh_from_db()
    assert (entry.status, entry.last_error) == ("sent", "")


@pytest.mark.django_db
def test_what_cannot_succeed_is_not_tried_twice() -> None:
    entry = outbox.promise("paper", key="a", report=1)
    PLAN["error"] = PermanentError("Dit rapport bestaat niet.")

    outbox.drain("pdf")

    entry.refresh_from_db()
    assert (entry.status, entry.attempts) == ("failed", 1)


@pytest.mark.django_db
def test_work_that_kills_its_worker_each_time_stops_too() -> None:
    outbox.promise("paper", key="a", report=1)
    for _death in range(outbox.MAX_ATTEMPTS):
        assert outbox.claim("pdf") is not None
        lapse()

    outbox.drain("pdf")

    entry = OutboxEntry.objects.get()
    assert entry.status == "failed"
    assert done == []
    assert "Te vaak" in entry.last_error


@pytest.mark.django_db
def test_mail_that_may_have_left_is_left_to_a_person() -> None:
    outbox.promise("letter", key="a", person=1)
    entry = outbox.claim("mail")
    assert entry is not None
    assert outbox.hand_over(entry)
    lapse()

    outbox.drain("mail")

    assert OutboxEntry.objects.get().status == "unsure"
    assert done == []


@pytest.mark.django_db
def test_a_drain_stops_taking_work_when_its_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in "abc":
        outbox.promise("paper", key=key, report=1)
    monkeypatch.setattr(outbox, "DRAIN_SECONDS", 0)

    assert outbox.drain("pdf") == 1
    assert OutboxEntry.objects.waiting().count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tick", "kind"), [(tasks.drain_mail, "letter"), (tasks.drain_pdf, "paper")]
)
def test_a_tick_drains(tick: object, kind: str) -> None:
    outbox.promise(kind, key="a", subject=1)

    tick()  # type: ignore[operator]

    assert OutboxEntry.objects.get().status == "sent"


@pytest.mark.django_db(transaction=True)
def test_ten_workers_at_once_do_each_row_once() -> None:
    for number in range(30):
        outbox.promise("paper", key=str(number), report=number)

    def worker() -> None:
        try:
            outbox.drain("pdf", limit=30)
        finally:
            connection.close()

    workers = [threading.Thread(target=worker) for _ in range(10)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()

    assert sorted(done) == sorted(OutboxEntry.objects.values_list("pk", flat=True))
    assert set(OutboxEntry.objects.values_list("attempts", flat=True)) == {1}
