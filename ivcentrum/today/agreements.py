"""What waits in the agreements: to sign, evaluate, renew, give notice, judge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from ivcentrum.today.task import SHOWN, Line, Task, Urgency
from partners.agreement_rows import WORDS, need_row
from partners.models import Agreement
from partners.models.attention import needs

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models.attention import Need


def tasks(user: User, *, on: dt.date) -> Iterable[Task]:
    """For those who keep the agreements: the same lines as the page they lead to, in one query."""
    if not user.has_right(Right.AGREEMENT_EDIT):
        return
    found = needs(Agreement.objects.editable_by(user), on=on)
    lines = tuple(_line(need, on) for need in found[:SHOWN])
    yield Task(Urgency.AGREEMENT, _("Afspraken die aandacht vragen"), len(found),
               reverse("agreements:attention"), _("Handel ze af"), "warn", "contract",
               lines)  # fmt: skip


def _line(need: Need, on: dt.date) -> Line:
    label = WORDS[need.reason].label
    day = f", {date_format(need.due, 'j b Y')}" if need.due else ""
    return Line(need.title, need_row(need, on=on)["url"], need.code, f"{label}{day}")
