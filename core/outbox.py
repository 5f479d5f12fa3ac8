"""Promise now, deliver later: rows that commit or roll back with the change they belong to.

A worker claims one row with a lease, does the work outside any transaction, and finishes it only
while the lease is still its own. A worker that dies loses its lease and the row is done again;
the handlers are written so that doing a thing twice harms nothing. Mail that was handed to the
mail server before the worker died becomes "unsure": a person decides.
"""

from __future__ import annotations

import datetime as dt
import logging
import random
import time
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from core.models import Heartbeat, OutboxEntry, OutboxStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet

    from accounts.models import Municipality, User

logger = logging.getLogger(__name__)

# Minutes to wait after the first, second, … failure.
RETRY_MINUTES = (1, 5, 15, 60, 240, 720)
MAX_ATTEMPTS = 8
# After so long a drain takes up nothing more: Celery's time limit counts for the whole tick, and
# the last piece of work should have most of it.
DRAIN_SECONDS = 20


class PermanentError(Exception):
    """The work cannot succeed, however often it is tried; the text says why, in Dutch."""


def promise(
    kind: str,
    *,
    key: str,
    by: User | None = None,
    place: Municipality | int | None = None,
    **payload: int | str,
) -> OutboxEntry:
    """Promise once: the same key twice is one promise. The payload holds ids, no personal data.

    `place` is the municipality where somebody sees to it that it gets done.
    """
    entry = OutboxEntry(
        kind=kind, queue=_handler(kind)["queue"], key=key, payload=payload, created_by=by,
        municipality_id=place if isinstance(place, int | None) else place.pk,
    )  # fmt: skip
    OutboxEntry.objects.bulk_create([entry], ignore_conflicts=True)
    return OutboxEntry.objects.get(key=key)


def promise_all(
    kind: str,
    payloads: Mapping[str, dict[str, int | str]],
    *,
    places: Mapping[str, int | None] | None = None,
) -> None:
    """Promise many at once, by their keys; a key that was promised before stays as it is."""
    queue, places = _handler(kind)["queue"], places or {}
    OutboxEntry.objects.bulk_create(
        [
            OutboxEntry(
                kind=kind, queue=queue, key=key, payload=payload, municipality_id=places.get(key)
            )
            for key, payload in payloads.items()
        ],
        ignore_conflicts=True,
        batch_size=1_000,
    )


def again(entry: OutboxEntry) -> bool:
    """Try failed, unsure or cancelled work once more, from the start; False when it is none."""
    stopped = ["failed", "unsure", "cancelled"]
    rows = OutboxEntry.objects.filter(pk=entry.pk, status__in=stopped).update(
        status=OutboxStatus.QUEUED,
        attempts=0,
        stage="",
        last_error="",
        run_after=timezone.now(),
        handed_over_at=None,
        finished_at=None,
    )
    return bool(rows)


def arrived(entry: OutboxEntry) -> bool:
    """Somebody asked, and it did arrive; False when nobody doubts it any more."""
    rows = OutboxEntry.objects.filter(pk=entry.pk, status=OutboxStatus.UNSURE)
    return bool(rows.update(status=OutboxStatus.SENT, last_error=""))


def cancel(entry: OutboxEntry) -> bool:
    """Give up failed or unsure work; False when it is no longer failed or unsure."""
    rows = OutboxEntry.objects.troubled().filter(pk=entry.pk)
    return bool(rows.update(status=OutboxStatus.CANCELLED, finished_at=timezone.now()))


def drain(queue: str, *, limit: int = 20) -> int:
    """Do what is due in a queue; return how many rows were taken up."""
    Heartbeat.beat(f"drain-{queue}")
    _mark_unsure()
    done, until = 0, time.monotonic() + DRAIN_SECONDS
    while entry := claim(queue):
        _work(entry)
        Heartbeat.beat(f"drain-{queue}")
        done += 1
        if done >= limit or time.monotonic() >= until:
            break
    return done


def claim(queue: str) -> OutboxEntry | None:
    """Take one due row for this worker. Attempts count here, so work that kills us stops too."""
    now = timezone.now()
    free = Q(status=OutboxStatus.QUEUED, run_after__lte=now) | Q(
        status=OutboxStatus.SENDING, lease_until__lt=now, handed_over_at=None
    )
    with transaction.atomic():
        due = OutboxEntry.objects.filter(free, queue=queue).order_by("run_after")
        entry = due.select_for_update(skip_locked=True).first()
        if entry is None:
            return None
        entry.status = OutboxStatus.SENDING
        entry.attempts += 1
        entry.lease_by = uuid.uuid4()
        entry.lease_until = now + dt.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
        entry.save(update_fields=["status", "attempts", "lease_by", "lease_until"])
    return entry


def set_stage(entry: OutboxEntry, stage: str) -> None:
    """Tell the waiting page how far the work is."""
    _held(entry).update(stage=stage)


def hand_over(entry: OutboxEntry) -> bool:
    """Note, before the mail server gets the text, that from here on a crash leaves us unsure.

    False when the lease is no longer ours: then do not send.
    """
    return bool(_held(entry).update(handed_over_at=timezone.now()))


def holds_lease(entry: OutboxEntry) -> bool:
    """Whether this worker may still finish the row (call it inside the finishing transaction)."""
    return _held(entry).select_for_update().exists()


def _held(entry: OutboxEntry) -> QuerySet[OutboxEntry]:
    return OutboxEntry.objects.filter(pk=entry.pk, lease_by=entry.lease_by, status="sending")


def _handler(kind: str) -> dict[str, str]:
    handlers: dict[str, dict[str, str]] = settings.OUTBOX_HANDLERS
    return handlers[kind]


def _work(entry: OutboxEntry) -> None:
    if entry.attempts > MAX_ATTEMPTS:
        _fail(entry, "Te vaak geprobeerd; het werk brak telkens af.")
        return
    run: Callable[[OutboxEntry], None] = import_string(_handler(entry.kind)["run"])
    try:
        run(entry)
    except PermanentError as error:
        _fail(entry, str(error))
    except Exception as error:
        logger.exception("outbox %s %s failed", entry.kind, entry.pk)
        _retry(entry, error)
    else:
        _held(entry).update(status=OutboxStatus.SENT, stage="", finished_at=timezone.now())
    finally:
        # A worker keeps its connection; never leave a broken one to the next row.
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def _fail(entry: OutboxEntry, reason: str) -> None:
    _held(entry).update(
        status=OutboxStatus.FAILED, last_error=reason[:500], finished_at=timezone.now()
    )


def _retry(entry: OutboxEntry, error: Exception) -> None:
    if entry.attempts >= MAX_ATTEMPTS:
        _fail(entry, f"{type(error).__name__}: {error}")
        return
    minutes = RETRY_MINUTES[min(entry.attempts, len(RETRY_MINUTES)) - 1]
    wait = dt.timedelta(minutes=minutes * random.uniform(0.9, 1.1))  # noqa: S311 - jitter
    _held(entry).update(
        status=OutboxStatus.QUEUED,
        run_after=timezone.now() + wait,
        handed_over_at=None,
        last_error=f"{type(error).__name__}: {error}"[:500],
    )


def _mark_unsure() -> None:
    """Handed over, then the worker died: nobody knows whether it arrived."""
    OutboxEntry.objects.filter(
        status=OutboxStatus.SENDING, lease_until__lt=timezone.now(), handed_over_at__isnull=False
    ).update(status=OutboxStatus.UNSURE, finished_at=timezone.now())
