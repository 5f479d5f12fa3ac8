"""What does not answer: work that needs it waits, and one piece of it tries now and then.

A mail server that hangs must not cost three thousand mails their attempts, nor keep the workers
from other work. The pause grows from seconds to minutes; the first success ends it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from core.models import OutboxPause

if TYPE_CHECKING:
    from collections.abc import Collection

FIRST_SECONDS, LONGEST_SECONDS = 10, 300
# How long the one that tries may take before another has a turn: longer than a mail server hangs.
TURN = dt.timedelta(seconds=60)


def closed(services: Collection[str], *, now: dt.datetime) -> dict[str, bool]:
    """Which of these are paused; True where this worker has the turn to try."""
    pauses = OutboxPause.objects.filter(service__in=services)
    return {pause.service: _takes_turn(pause, now) for pause in pauses}


def _takes_turn(pause: OutboxPause, now: dt.datetime) -> bool:
    rows = OutboxPause.objects.filter(pk=pause.pk, until=pause.until, until__lte=now)
    return bool(rows.update(until=now + TURN))


def note(service: str, reason: str) -> None:
    """It did not answer: wait, twice as long as the last time."""
    now = timezone.now()
    pause, _is_new = OutboxPause.objects.get_or_create(
        service=service, defaults={"since": now, "until": now}
    )
    wait = min(FIRST_SECONDS * 2 ** min(pause.failures, 10), LONGEST_SECONDS)
    OutboxPause.objects.filter(pk=pause.pk).update(
        failures=F("failures") + 1, until=now + dt.timedelta(seconds=wait), reason=reason[:200]
    )


def end(services: Collection[str]) -> None:
    """It answers again, or nothing is left that needs it."""
    if services:
        OutboxPause.objects.filter(service__in=services).delete()
