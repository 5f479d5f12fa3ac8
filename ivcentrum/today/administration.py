"""What waits for the functional administrator: work that failed, invitations nobody answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation
from accounts.roles import Right
from core.models import OutboxEntry
from ivcentrum.today.task import Task, Urgency

if TYPE_CHECKING:
    from accounts.models import User


def tasks(user: User, *, now: dt.datetime) -> Iterable[Task]:
    if user.has_right(Right.HEALTH_READ):
        yield Task(Urgency.BROKEN, _("Werk dat mislukte"), OutboxEntry.objects.troubled().count(),
                   reverse("health"), _("Bekijk waarom"), "danger", "alert-octagon")  # fmt: skip
    places = user.municipality_ids_with(Right.PEOPLE_MANAGE)
    if places:
        waiting = Invitation.objects.open(now=now)
        ours = waiting.filter(user__memberships__municipality__in=places)
        yield Task(Urgency.WAITING, _("Uitnodigingen die nog openstaan"),
                   ours.values("pk").distinct().count(), reverse("accounts:people"),
                   _("Bekijk wie"), "info", "mail")  # fmt: skip
