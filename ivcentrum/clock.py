"""The clock (beat): one schedule, and a sign of life of its own, of Redis, and to the outside."""

from __future__ import annotations

import logging
import time
import urllib.request
from contextlib import suppress
from http.client import HTTPException
from typing import Any

from celery.beat import PersistentScheduler
from django.conf import settings
from django.db import DatabaseError, connection

from core.models import Heartbeat
from ivcentrum import health

logger = logging.getLogger(__name__)

SIGN_SECONDS = 10
OUTSIDE_SECONDS = 120
OUTSIDE_PATIENCE = 3


class Clock(PersistentScheduler):
    """Celery's own, that tells how it is doing between two ticks."""

    _sign_at = _outside_at = 0.0

    def tick(self, *told: Any, **more: Any) -> float:
        now = time.monotonic()
        if now >= self._sign_at:
            self._sign_at = now + SIGN_SECONDS
            give_signs(self.app)
            if settings.WATCHDOG_URL and now >= self._outside_at:
                self._outside_at = now + OUTSIDE_SECONDS
                call_outside()
        return float(super().tick(*told, **more))


def give_signs(app: Any) -> None:
    """We live; and Redis does, if it answers. The pages read this: they never ask Redis."""
    try:
        Heartbeat.beat("beat")
        if broker_answers(app):
            Heartbeat.beat("broker")
    except DatabaseError as error:
        connection.close()
        logger.warning("clock.no_sign", extra={"state": type(error).__name__})


def broker_answers(app: Any) -> bool:
    try:
        with app.connection_for_write() as line:
            line.connect()
            return bool(line.channel().client.ping())
    except Exception:  # noqa: BLE001 - of whatever layer: it does not answer
        return False


def call_outside() -> None:
    """No call is an alarm there, so that somebody hears of it when all of this is gone."""
    with suppress(DatabaseError, OSError, HTTPException):
        if health.worst(health.parts()) < health.RED:
            urllib.request.urlopen(settings.WATCHDOG_URL, timeout=OUTSIDE_PATIENCE).close()  # noqa: S310 - set by who installs
