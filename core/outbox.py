"""Promise now, deliver later: rows that commit or roll back with the change they belong to.

A worker claims one row with a lease, does the work outside any transaction, and finishes it only
while the lease is still its own. A worker that dies loses its lease and the row is done again;
the handlers are written so that doing a thing twice harms nothing. Mail that was handed to the
mail server before the worker died becomes "unsure": a person decides. What does not answer at all
is left alone for a while (`core/pauses.py`), and the rest of the queue goes on.
"""

from __future__ import annotations

import datetime as dt
import logging
import random
import time
import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core import pauses, stopping
from core.models import Heartbeat, OutboxEntry, OutboxStatus
from core.storage import is_disk_full

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db.models import QuerySet

    from accounts.models import Municipality, User

logger = logging.getLogger(__name__)

# Minutes to wait after the first, second, … failure.
RETRY_MINUTES = (1, 5, 15, 60, 240, 720)
MAX_ATTEMPTS = 8  # of work that fails, and of workers that break off on one piece
PATIENCE = dt.timedelta(hours=48)  # with what is put off by others: a mail server that says "later"
UNREACHED_MINUTES = 15  # the longest wait after nobody answered at all
# After so long a drain takes up nothing more: Celery's time limit counts for the whole tick, and
# the last piece of work should have most of it.
DRAIN_SECONDS = 20
BEAT_SECONDS = 5
DATABASE_WAITS = (0.5, 1, 2, 4, 0)  # seconds


class PermanentError(Exception):
    """The work cannot succeed, however often it is tried; the text says why, in Dutch."""


class DelayedError(Exception):
    """Not now: it is tried again for two days. The text says why, in Dutch."""


class UnreachableError(DelayedError):
    """Something that more of the work needs does not answer; the rest of that work waits too."""


class UnsureError(Exception):
    """No answer, and doing it again may do it twice: a person decides, and the rest waits."""


class LeaseLostError(Exception):
    """Another worker has this row by now: leave it alone."""


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
        kind=kind, **_lane(kind), key=key, payload=payload, created_by=by,
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
    lane, places = _lane(kind), places or {}
    OutboxEntry.objects.bulk_create(
        [
            OutboxEntry(
                kind=kind, **lane, key=key, payload=payload, municipality_id=places.get(key)
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
        deaths=0,
        first_tried_at=None,
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


def drain(queue: str, *, limit: int | None = None) -> int:
    """Do what is due in a queue, for a while; return how many rows were taken up."""
    Heartbeat.beat(f"drain-{queue}")
    _mark_unsure()
    turns = pauses.closed(_services(queue), now=timezone.now())
    shut = {service for service, is_ours in turns.items() if not is_ours}
    trying = set(turns) - shut
    done, until = 0, time.monotonic() + DRAIN_SECONDS
    while not stopping.asked() and (entry := claim(queue, without=shut)):
        needs = _handler(entry.kind).get("needs", "")
        if _work(entry):
            if needs in trying:
                pauses.end([needs])
                trying.discard(needs)
        else:
            shut.add(needs)
        Heartbeat.beat(f"drain-{queue}", every=BEAT_SECONDS)
        done += 1
        if done == limit or time.monotonic() >= until:
            break
    pauses.end([service for service in trying - shut if not _is_needed(service)])
    return done


def claim(queue: str, *, without: Collection[str] = ()) -> OutboxEntry | None:
    """Take one due row for this worker, what somebody waits for first.

    Attempts and deaths count here, so that work that kills its worker stops too.
    """
    now = timezone.now()
    free = Q(status=OutboxStatus.QUEUED, run_after__lte=now) | Q(
        status=OutboxStatus.SENDING, lease_until__lt=now, handed_over_at=None
    )
    with transaction.atomic():
        due = OutboxEntry.objects.filter(free, queue=queue).exclude(kind__in=_kinds(without))
        due = due.order_by("priority", "run_after")
        entry = due.select_for_update(skip_locked=True, of=("self",)).first()
        if entry is None:
            return None
        entry.deaths += entry.status == OutboxStatus.SENDING
        entry.status = OutboxStatus.SENDING
        entry.attempts += 1
        entry.first_tried_at = entry.first_tried_at or now
        entry.lease_by = uuid.uuid4()
        entry.lease_until = now + dt.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
        entry.save(update_fields=CLAIMED)
    return entry


CLAIMED = ["status", "attempts", "deaths", "first_tried_at", "lease_by", "lease_until"]


def set_stage(entry: OutboxEntry, stage: str) -> None:
    """Tell the waiting page how far the work is."""
    _held(entry).update(stage=stage)


def hand_over(entry: OutboxEntry) -> None:
    """Note, before the mail server gets the text, that from here on a crash leaves us unsure."""
    now = timezone.now()
    if not _held(entry).update(handed_over_at=now):
        raise LeaseLostError
    entry.handed_over_at = now


def holds_lease(entry: OutboxEntry) -> bool:
    """Whether this worker may still finish the row (call it inside the finishing transaction)."""
    return _held(entry).select_for_update().exists()


def _held(entry: OutboxEntry) -> QuerySet[OutboxEntry]:
    return OutboxEntry.objects.filter(pk=entry.pk, lease_by=entry.lease_by, status="sending")


def _handler(kind: str) -> dict[str, Any]:
    handlers: dict[str, dict[str, Any]] = settings.OUTBOX_HANDLERS
    return handlers[kind]


def _lane(kind: str) -> dict[str, Any]:
    handler = _handler(kind)
    return {"queue": handler["queue"], "priority": handler.get("priority", 5)}


def _kinds(services: Collection[str]) -> list[str]:
    """The kinds of work that need one of these."""
    handlers: dict[str, dict[str, Any]] = settings.OUTBOX_HANDLERS
    return [kind for kind, handler in handlers.items() if handler.get("needs") in services]


def _services(queue: str) -> set[str]:
    """What the work of a queue needs."""
    handlers: dict[str, dict[str, Any]] = settings.OUTBOX_HANDLERS
    return {h["needs"] for h in handlers.values() if h["queue"] == queue and "needs" in h}


def _is_needed(service: str) -> bool:
    return OutboxEntry.objects.waiting().filter(kind__in=_kinds([service])).exists()


# --- One piece of work ----------------------------------------------------------------------------


def _work(entry: OutboxEntry) -> bool:
    """Do it and note how it went; False when what it needs does not answer."""
    began = time.monotonic()
    try:
        reached = _tried(entry)
    except BaseException:
        # Told to stop half way, or the database is gone. What can be given back is, at once.
        _give_back(entry)
        raise
    finally:
        # A worker keeps its connection; never leave a broken one to the next row.
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
    _log(entry, began)
    return reached


def _tried(entry: OutboxEntry) -> bool:
    """Do it, unless too many workers broke off on it; False when what it needs does not answer."""
    if entry.deaths < MAX_ATTEMPTS:
        return _attempt(entry)
    _end(entry, OutboxStatus.FAILED, _("Te vaak geprobeerd; het werk brak telkens af."))
    return True


def _attempt(entry: OutboxEntry) -> bool:
    try:
        import_string(_handler(entry.kind)["run"])(entry)
    except LeaseLostError:
        pass
    except PermanentError as error:
        _end(entry, OutboxStatus.FAILED, str(error))
    except UnreachableError as error:
        return _unreached(entry, str(error))
    except DelayedError as error:
        _delay(entry, str(error))
    except UnsureError as error:
        _end(entry, OutboxStatus.UNSURE, str(error))
        return not _pause(entry, str(error))
    except Exception as error:
        logger.exception("outbox.broken", extra={"kind": entry.kind, "entry": entry.pk})
        return _broken(entry, error)
    else:
        _end(entry, OutboxStatus.SENT)
    return True


def _broken(entry: OutboxEntry, error: Exception) -> bool:
    """An error that the work itself did not foresee."""
    if is_disk_full(error):
        return _unreached(entry, _("De schijf is vol."))
    if entry.handed_over_at:
        _end(entry, OutboxStatus.UNSURE, _("Het werk brak af nadat de mail doorgegeven was."))
    elif entry.attempts >= MAX_ATTEMPTS:
        _end(entry, OutboxStatus.FAILED, _unforeseen(error))
    else:
        _queue_again(entry, _unforeseen(error), _wait(entry))
    return True


def _unforeseen(error: Exception) -> str:
    """The kind alone: the words of an error may hold anything, and people read this."""
    return _("Onverwachte fout (%s).") % type(error).__name__


def _unreached(entry: OutboxEntry, reason: str) -> bool:
    """Let all that needs it wait; this one steps back, so that the next try is another's."""
    _delay(entry, reason, longest=dt.timedelta(minutes=UNREACHED_MINUTES))
    return not _pause(entry, reason)


def _pause(entry: OutboxEntry, reason: str) -> bool:
    """Leave what this work needs alone for a while; False when nobody else needs it."""
    service = _handler(entry.kind).get("needs", "")
    if service:
        pauses.note(service, reason)
    return bool(service)


def _delay(entry: OutboxEntry, reason: str, longest: dt.timedelta = PATIENCE) -> None:
    """Again later, and for the last time when two days have gone by since the first try."""
    last = (entry.first_tried_at or entry.created_at) + PATIENCE
    left = last - timezone.now()
    if left <= dt.timedelta():
        _end(entry, OutboxStatus.FAILED, reason)
    else:
        _queue_again(entry, reason, min(_wait(entry), longest, left))


def _wait(entry: OutboxEntry) -> dt.timedelta:
    minutes = RETRY_MINUTES[min(entry.attempts, len(RETRY_MINUTES)) - 1]
    return dt.timedelta(minutes=minutes * random.uniform(0.9, 1.1))  # noqa: S311 - jitter


def _queue_again(entry: OutboxEntry, reason: str, wait: dt.timedelta) -> None:
    _put(
        entry,
        status=OutboxStatus.QUEUED,
        run_after=timezone.now() + wait,
        handed_over_at=None,
        last_error=reason[:500],
    )


def _end(entry: OutboxEntry, status: OutboxStatus, reason: str = "") -> None:
    told = {"last_error": reason[:500]} if reason else {}
    _put(entry, status=status, stage="", finished_at=timezone.now(), **told)


def _give_back(entry: OutboxEntry) -> None:
    """Nobody has to wait for the lease of a worker that is told to stop."""
    try:
        if entry.handed_over_at:
            _end(entry, OutboxStatus.UNSURE, _("De werker stopte terwijl de mail vertrok."))
        else:
            _put(entry, status=OutboxStatus.QUEUED, deaths=entry.deaths + 1)
    except DatabaseError:
        logger.warning("outbox.kept", extra={"kind": entry.kind, "entry": entry.pk})


def _put(entry: OutboxEntry, **values: Any) -> None:
    """Write how it went, while the row is still ours; a database that starts anew is waited for."""
    for seconds in DATABASE_WAITS:
        try:
            _held(entry).update(**values)
        except (InterfaceError, OperationalError):
            if connection.in_atomic_block or not seconds:
                raise
            connection.close()
            time.sleep(seconds)
        else:
            entry.status = values["status"]
            return


def _log(entry: OutboxEntry, began: float) -> None:
    logger.info(
        "outbox.done",
        extra={
            "kind": entry.kind,
            "entry": entry.pk,
            "state": str(entry.status),
            "attempts": entry.attempts,
            "ms": round((time.monotonic() - began) * 1000),
        },
    )


def _mark_unsure() -> None:
    """Handed over, then the worker died: nobody knows whether it arrived."""
    OutboxEntry.objects.filter(
        status=OutboxStatus.SENDING, lease_until__lt=timezone.now(), handed_over_at__isnull=False
    ).update(
        status=OutboxStatus.UNSURE,
        finished_at=timezone.now(),
        last_error=_("De werker viel weg terwijl de mail vertrok."),
    )
