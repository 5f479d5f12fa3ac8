"""What waits around partners: answers, contact data to confirm, shares that end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from ivcentrum.today.task import SHOWN, Line, Task, Urgency
from partners.models import ContactCorrection
from plans.models import Share, ShareAnswer

if TYPE_CHECKING:
    from accounts.models import User


def tasks(user: User, *, now: dt.datetime) -> Iterable[Task]:
    if user.has_right(Right.PARTNER_EDIT):
        yield _corrections(user)
    if user.has_right(Right.SHARE_MAKE):
        yield from _shares(user, now)


def _corrections(user: User) -> Task:
    rows = list(ContactCorrection.objects.to_decide_by(user).select_related("partner"))
    lines = [Line(row.partner.name, row.partner.get_absolute_url()) for row in rows[:SHOWN]]
    return Task(Urgency.WAITING, _("Contactgegevens die een partner verbetert"), len(rows),
                reverse("partners:list"), _("Bevestig of laat zo"), "info", "users",
                tuple(lines))  # fmt: skip


def _shares(user: User, now: dt.datetime) -> Iterable[Task]:
    """One query: the shares that a partner declined, and those that end within two weeks."""
    running = Share.objects.visible_to(user).running(at=now)
    ending = Share.objects.ending(at=now)
    rows = running.filter(answer=ShareAnswer.DECLINED) | running.filter(pk__in=ending.values("pk"))
    found = list(rows.select_related("action", "partner").order_by("ends_at", "pk"))
    declined = [row for row in found if row.answer == ShareAnswer.DECLINED]
    soon = [row for row in found if row.answer != ShareAnswer.DECLINED]
    yield Task(Urgency.LEADERLESS, _("Partners die geweigerd hebben"), len(declined),
               reverse("partners:sharing"), _("Zoek een andere weg"), "warn", "user-check",
               tuple(_line(row) for row in declined[:SHOWN]))  # fmt: skip
    yield Task(Urgency.WAITING, _("Delingen die binnen twee weken aflopen"), len(soon),
               reverse("partners:sharing"), _("Verleng of laat aflopen"), "info", "clock",
               tuple(_line(row) for row in soon[:SHOWN]))  # fmt: skip


def _line(share: Share) -> Line:
    url = reverse("plans:cooperation", args=[share.action_id])
    note = _("tot en met %s") % date_format(share.last_day, "j b Y")
    return Line(share.action.title, url, share.action.code, f"{share.partner} · {note}")
