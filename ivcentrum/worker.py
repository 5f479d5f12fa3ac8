"""A worker that shows that it lives, hears that it has to stop, and ends itself when it is stuck.

After a connection with Redis that came back, a worker has been seen that takes up nothing more.
Whoever keeps it running (Docker, systemd, script/demo) starts a program again that ended, not one
that only stands still.
"""

from __future__ import annotations

import logging
import mmap
import os
import signal
import struct
import threading
import time
from typing import TYPE_CHECKING, Any

from celery import signals
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from core import logs, stopping
from core.models import Heartbeat
from ivcentrum.celery import app
from ivcentrum.health import DRAIN, QUEUES

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)

SIGN_SECONDS = 15
CHECKS = 5  # in the time after which a worker counts as stuck
LAST_PATIENCE = 200  # seconds for the work in hand, once it was told to stop
_last_task = mmap.mmap(-1, 8)  # when a task was last taken up, by whichever child


def prepare() -> None:
    """Before the children are made: they share what is made here."""
    signals.task_prerun.connect(take_up)
    signals.task_postrun.connect(put_down)
    signals.worker_shutting_down.connect(stopping.ask)
    signals.worker_ready.connect(start_watch)


def take_up(task: Any = None, **_told: object) -> None:
    """A task begins: here, in this child."""
    _last_task[:] = struct.pack("d", time.time())
    logs.doing.set({"task": str(task.name)})
    try:
        Heartbeat.beat(f"worker-{task.request.hostname}"[:100], every=SIGN_SECONDS)
    except DatabaseError as error:
        logger.warning("worker.no_sign", extra={"state": type(error).__name__})


def put_down(**_told: object) -> None:
    logs.doing.set({})


def begin(queues: list[str]) -> None:
    """Count a queue as looked at from when a worker first listens to it.

    Before its first round a new installation would be told that it stands still. Later starts
    change nothing: a worker that dies at each start is to be noticed.
    """
    now = timezone.now()
    first = [Heartbeat(name=f"{DRAIN}{queue}", at=now) for queue in queues if queue in QUEUES]
    try:
        Heartbeat.objects.bulk_create(first, ignore_conflicts=True)
    except DatabaseError as error:
        logger.warning("worker.no_sign", extra={"state": type(error).__name__})


def start_watch(sender: Any = None, **_told: object) -> None:
    queues = [queue.name for queue in sender.task_consumer.queues]
    begin(queues)
    connection.close()  # no child that is made later may share it
    step = settings.WORKER_STALL_SECONDS / CHECKS
    watch = Watch(queues, lambda: waiting(queues), settings.WORKER_STALL_SECONDS)
    threading.Thread(target=_look, args=(watch, step), daemon=True).start()


def waiting(queues: list[str]) -> int:
    """How many ticks lie ready in Redis; raises when it does not answer."""
    with app.connection_for_read() as line:
        line.connect()
        client: Any = getattr(line.channel(), "client")  # noqa: B009 - of Redis alone
        return sum(int(client.llen(queue)) for queue in queues)


class Watch:
    """Since when ticks lie ready and none is taken."""

    def __init__(self, queues: list[str], waiting: Callable[[], int], patience: float) -> None:
        self.queues, self.waiting, self.patience = queues, waiting, patience
        self.since = 0.0

    def is_stuck(self, *, now: float) -> bool:
        """Ask at each look; a Redis that does not answer says nothing about the worker."""
        try:
            has_work = self.waiting() > 0
        except Exception:  # noqa: BLE001 - of whatever layer: we cannot tell now
            has_work = False
        (last,) = struct.unpack("d", _last_task[:])
        if not has_work:
            self.since = 0.0
        elif not self.since:
            self.since = now
        return bool(has_work and now - max(self.since, last) >= self.patience)


def _look(watch: Watch, step: float) -> None:
    while True:
        time.sleep(step)
        if watch.is_stuck(now=time.time()):
            logger.error("worker.stuck")
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(LAST_PATIENCE)
            os._exit(70)
