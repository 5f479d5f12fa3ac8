"""Meldingen that wait: one's own beyond the norm, one's own open, and those that nobody has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from ivcentrum.today.task import Task, Urgency
from meldingen import rush
from meldingen.models import Melding, is_beyond_norm, is_floating, is_of

if TYPE_CHECKING:
    from accounts.models import User


def tasks(user: User, *, on: dt.date) -> Iterable[Task]:
    """Numbers alone, in one query; the list behind each shows the rows."""
    if not user.has_right(Right.MELDING_HANDLE):
        return
    triages = user.has_right(Right.MELDING_TRIAGE)
    mine, late, nobody = is_of(user), is_beyond_norm(on=on), is_floating()
    found = Melding.objects.visible_to(user).open().order_by().aggregate(
        late=Count("pk", filter=mine & late),
        mine=Count("pk", filter=mine & ~late),
        floating=Count("pk", filter=nobody),
        rushed=Count("pk", filter=rush.came_just_now(now=timezone.now())),
    )  # fmt: skip
    own = f"{reverse('meldingen:list')}?lijst=voor-mij"
    yield Task(Urgency.OWN_LATE, _("Jouw meldingen voorbij de norm"), found["late"],
               f"{own}&toon=norm", _("Behandel ze eerst"), "danger", "message-report")  # fmt: skip
    yield Task(Urgency.OWN_SILENT, _("Jouw open meldingen"), found["mine"], own,
               _("Bekijk ze"), "info", "message-report")  # fmt: skip
    if triages and found["rushed"] >= settings.PUBLIC_REPORTS_PER_HOUR:
        yield Task(Urgency.BROKEN, _("Van het web, in het voorbije uur: veel te veel"),
                   found["rushed"], reverse("meldingen:list"), _("Kijk na of ze echt zijn"),
                   "danger", "alert-triangle")  # fmt: skip
    if triages:
        yield Task(Urgency.LEADERLESS, _("Meldingen die niemand heeft"), found["floating"],
                   f"{reverse('meldingen:list')}?lijst=zwevend", _("Wijs ze toe"), "warn",
                   "user-question")  # fmt: skip
