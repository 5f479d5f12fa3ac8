"""What happens by itself."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from evaluations.operations import rhythms


@shared_task
def plan_ahead() -> None:
    """By night: what is to be evaluated soon stands on somebody's list."""
    rhythms.plan_ahead(on=timezone.localdate())
