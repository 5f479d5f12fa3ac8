"""What a person has to do today: gathered from every app, the most urgent first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.roles import Right
from ivcentrum.health import Part, alarms, daily
from ivcentrum.today import (
    actions,
    administration,
    agreements,
    meetings,
    meldingen,
    partners,
    plans,
    reminders,
    reports,
    rounds,
)
from ivcentrum.today.task import Task

if TYPE_CHECKING:
    from accounts.models import User

__all__ = ["Task", "health_alarms", "health_parts", "tasks"]


def tasks(user: User, *, now: dt.datetime) -> list[Task]:
    """Only what there is something to do about; several roles give one list."""
    found = [
        *administration.tasks(user, now=now),
        *actions.tasks(user, on=timezone.localdate(now)),
        *partners.tasks(user, now=now),
        *agreements.tasks(user, on=timezone.localdate(now)),
        *meldingen.tasks(user, on=timezone.localdate(now)),
        *rounds.tasks(user, on=timezone.localdate(now)),
        *reports.tasks(user),
        *meetings.tasks(user, on=timezone.localdate(now)),
        *plans.tasks(user),
        *reminders.tasks(user),
    ]
    return sorted((task for task in found if task.count), key=lambda task: task.urgency)


def health_parts(user: User) -> list[Part]:
    """How the installation is doing, for who keeps it running."""
    return daily() if user.has_right(Right.HEALTH_READ) else []


def health_alarms(user: User) -> list[Part]:
    """What stands still, for who leads the work; who keeps it running sees all parts."""
    leads = user.has_right(Right.PLAN_EDIT) and not user.has_right(Right.HEALTH_READ)
    return alarms() if leads else []
