"""Promises: kept once, taken up by one worker at a time, and never lost."""

from __future__ import annotations

import datetime as dt
import errno
import threading

import pytest
import time_machine
from django.conf import LazySettings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import outbox, pauses, stopping, tasks
from core.models import Heartbeat, OutboxEntry, OutboxPause
from core.outbox import DelayedError, LeaseLostError, PermanentError, UnreachableError

done: list[int] = []
PLAN: dict[str, Exception | None] = {"error": None}


def work(entry: OutboxEntry) -> None:
    """The handler of these tests: notes what it did, or fails as told."""
    if PLAN["error"]:
        raise PLAN["error"]
    done.append(entry.pk)


def leave_and_break(entry: OutboxEntry) -> None:
    outbox.hand_over(entry)
    raise RuntimeError


def be_told_to_stop(entry: OutboxEntry) -> None:
    raise SystemExit


@pytest.fixture(autouse=True)
def handlers(settings: LazySettings) -> None:
    path = f"{__name__}.work"
    settings.OUTBOX_HANDLERS = {
        "paper": {"queue": "pdf", "run": path},
        "letter": {"queue": "mail", "run": path, "needs": "post", "priority": 9},
        "express": {"queue": "mail", "run": path, "needs": "post", "priority": 0},
        "errand": {"queue": "mail", "run": path},
    }
    done.clear()
    PLAN["error"] = None


def lapse() -> None:
    """The worker that holds the row is dead: its lease runs out."""
    past = timezone.now() - dt.timedelta(seconds=1)
    OutboxEntry.objects.update(lease_until=past)


def end_pause() -> None:
    past = timezone.now() - dt.timedelta(seconds=1)
    OutboxPause.objects.update(until=past)


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
    with pytest.raises(LeaseLostError):
        outbox.hand_over(zombie)


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
    assert "RuntimeError" in entry.last_error
    assert "even niet" not in entry.last_error  # its words may hold anything
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
    assert (entry.status, entry.last_error) == (
        "failed",
        "Onverwachte fout (RuntimeError).",
    )

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
    outbox.hand_over(entry)
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
def test_what_somebody_waits_for_goes_before_three_thousand_others() -> None:
    outbox.promise_all("letter", {f"letter:{n}": {"person": n} for n in range(50)})
    urgent = outbox.promise("express", key="reset", person=1)

    outbox.drain("mail")

    assert done[0] == urgent.pk
    assert len(done) == 51  # and a drain goes on while there is work


@pytest.mark.django_db
def test_what_is_put_off_is_tried_for_two_days_and_no_longer() -> None:
    entry = outbox.promise("letter", key="a", person=1)
    PLAN["error"] = DelayedError("Nog niet.")
    began, tries = timezone.now(), 0
    with time_machine.travel(began, tick=False) as clock:
        while entry.status == "queued":
            clock.move_to(entry.run_after + dt.timedelta(seconds=1))
            tries += outbox.drain("mail")
            entry.refresh_from_db()
        lasted = timezone.now() - began

    assert (entry.status, entry.last_error) == ("failed", "Nog niet.")
    assert dt.timedelta(hours=48) <= lasted <= dt.timedelta(hours=48, minutes=1)
    assert tries == entry.attempts == 10


@pytest.mark.django_db
def test_one_that_is_not_reached_makes_all_that_need_it_wait_and_nothing_else() -> None:
    outbox.promise_all("letter", {f"letter:{n}": {"person": n} for n in range(20)})
    outbox.promise("errand", key="errand", person=1)
    PLAN["error"] = UnreachableError("De post antwoordt niet.")

    outbox.drain("mail")

    tried = OutboxEntry.objects.filter(attempts__gt=0)
    assert sorted(tried.values_list("kind", flat=True)) == ["errand", "letter"]
    assert OutboxPause.objects.get().reason == "De post antwoordt niet."


@pytest.mark.django_db
def test_after_the_pause_one_tries_and_success_frees_the_rest() -> None:
    outbox.promise_all("letter", {f"letter:{n}": {"person": n} for n in range(5)})
    PLAN["error"] = UnreachableError("De post antwoordt niet.")
    outbox.drain("mail")
    assert outbox.drain("mail") == 0  # the pause holds

    end_pause()
    outbox.drain("mail")
    assert OutboxEntry.objects.filter(attempts=1).count() == 2  # another one tried

    end_pause()
    PLAN["error"] = None
    outbox.drain("mail")
    assert len(done) == 3  # the two that tried come a little later
    assert not OutboxPause.objects.exists()


@pytest.mark.django_db
def test_two_days_without_an_answer_cost_a_mailing_hardly_an_attempt() -> None:
    outbox.promise_all("letter", {f"letter:{n}": {"person": n} for n in range(400)})
    PLAN["error"] = UnreachableError("De post antwoordt niet.")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _quarter in range(4 * 47):
            clock.shift(dt.timedelta(minutes=15))
            outbox.drain("mail")
        late = timezone.now() + dt.timedelta(minutes=outbox.UNREACHED_MINUTES * 1.2)

    assert OutboxEntry.objects.filter(status="queued", run_after__lt=late).count() == 400
    assert OutboxEntry.objects.filter(attempts=0).count() > 200


@pytest.mark.django_db
def test_of_all_workers_one_has_the_turn_to_try() -> None:
    outbox.promise_all("letter", {f"letter:{n}": {"person": n} for n in range(5)})
    pauses.note("post", "Stil.")
    end_pause()
    now = timezone.now()

    assert [pauses.closed({"post"}, now=now) for _worker in range(3)] == [
        {"post": True}, {"post": False}, {"post": False},
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_pause_ends_when_nothing_is_left_that_needs_it() -> None:
    pauses.note("post", "Stil.")
    end_pause()

    outbox.drain("mail")

    assert not OutboxPause.objects.exists()


@pytest.mark.django_db
def test_a_full_disk_is_no_fault_of_the_work() -> None:
    outbox.promise("letter", key="a", person=1)
    PLAN["error"] = OSError(errno.ENOSPC, "No space left on device")

    outbox.drain("mail")

    entry = OutboxEntry.objects.get()
    assert (entry.status, entry.last_error) == ("queued", "De schijf is vol.")


@pytest.mark.django_db
def test_an_error_after_the_mail_left_never_sends_it_again(settings: LazySettings) -> None:
    settings.OUTBOX_HANDLERS["letter"]["run"] = f"{__name__}.leave_and_break"
    outbox.promise("letter", key="a", person=1)

    outbox.drain("mail")

    assert OutboxEntry.objects.get().status == "unsure"


@pytest.mark.django_db
def test_a_worker_that_has_to_stop_gives_the_row_back(settings: LazySettings) -> None:
    settings.OUTBOX_HANDLERS["letter"]["run"] = f"{__name__}.be_told_to_stop"
    outbox.promise("letter", key="a", person=1)

    with pytest.raises(SystemExit):
        outbox.drain("mail")

    assert OutboxEntry.objects.get().status == "queued"
    assert outbox.claim("mail") is not None  # at once


@pytest.mark.django_db
def test_a_worker_that_was_told_to_stop_takes_up_nothing_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outbox.promise("letter", key="a", person=1)
    monkeypatch.setattr(stopping, "_said", bytearray(1))
    stopping.ask()

    assert outbox.drain("mail") == 0


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
            outbox.drain("pdf")
        finally:
            connection.close()

    workers = [threading.Thread(target=worker) for _ in range(10)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()

    assert sorted(done) == sorted(OutboxEntry.objects.values_list("pk", flat=True))
    assert set(OutboxEntry.objects.values_list("attempts", flat=True)) == {1}
