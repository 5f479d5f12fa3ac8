"""The engine every ten minutes, and the mail of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from celery import shared_task
from django.utils import timezone

from core.mail import deliver
from reminders import engine
from reminders.digest import digest

if TYPE_CHECKING:
    from core.models import OutboxEntry


def send_mail(entry: OutboxEntry) -> None:
    deliver(entry, digest(entry))


@shared_task
def run() -> None:
    """What is due at this moment; the engine decides."""
    engine.run(timezone.now())
