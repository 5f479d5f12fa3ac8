"""The health of the installation, for the functional administrator."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation
from accounts.roles import Right
from core.models import Heartbeat, OutboxEntry
from ivcentrum.today.task import Figure, Task, Urgency

if TYPE_CHECKING:
    from accounts.models import User

WAITING_TOO_LONG = 300  # seconds
SILENT_TOO_LONG = 120  # seconds between two beats of the worker
FULL = 0.9  # of the disk


def tasks(user: User, *, now: dt.datetime) -> Iterable[Task]:
    if user.has_right(Right.HEALTH_READ):
        yield Task(Urgency.BROKEN, _("Werk dat mislukte"), OutboxEntry.objects.troubled().count(),
                   reverse("health"), _("Bekijk waarom"), "danger", "alert-octagon")  # fmt: skip
    if user.has_right(Right.PEOPLE_MANAGE):
        places = user.municipality_ids_with(Right.PEOPLE_MANAGE)
        waiting = Invitation.objects.open(now=now)
        ours = waiting.filter(user__memberships__municipality__in=places)
        yield Task(Urgency.WAITING, _("Uitnodigingen die nog openstaan"),
                   ours.values("pk").distinct().count(), reverse("accounts:people"),
                   _("Bekijk wie"), "info", "mail")  # fmt: skip


def figures(*, now: dt.datetime) -> list[Figure]:
    return [_queue(now), _beat(now), _disk()]


def _queue(now: dt.datetime) -> Figure:
    age = OutboxEntry.objects.oldest_waiting_age(now=now)
    label, late = _("Oudste werk in de wachtrij"), age > WAITING_TOO_LONG
    shown = timesince(now - dt.timedelta(seconds=age), now) if age else str(_("leeg"))
    return Figure(label, shown, _("Loopt de werker?") if late else "", "warn" if late else "ok")


def _beat(now: dt.datetime) -> Figure:
    last = Heartbeat.objects.order_by("-at").first()
    if last is None:
        return Figure(_("Laatste teken van de werker"), "–", _("Nog nooit gezien"), "danger")
    late = (now - last.at).total_seconds() > SILENT_TOO_LONG
    shown = _("%s geleden") % timesince(last.at, now)
    note = _("De werker ligt stil") if late else ""
    return Figure(_("Laatste teken van de werker"), str(shown), note, "danger" if late else "ok")


def _disk() -> Figure:
    place = Path(settings.MEDIA_ROOT)
    used = shutil.disk_usage(place if place.exists() else settings.BASE_DIR)
    share = used.used / used.total
    free = str(_("%d GB vrij") % (used.free // 10**9))
    return Figure(_("Schijf"), f"{share:.0%}", free, "danger" if share > FULL else "ok")
