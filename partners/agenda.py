"""The days of agreements in the agenda: when to give notice, and when they end.

When to evaluate stands there as an evaluation, which is planned from the agreement's own rhythm.
"""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from core.agenda import Dated
from partners.models import Agreement
from partners.workflow import AGREEMENT_IN_FORCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User

KINDS = ("notice_on", "ends")


def dated(user: User, start: dt.date, end: dt.date) -> Iterator[Dated]:
    words = {
        "notice_on": _("Laatste dag om op te zeggen"),
        "ends": _("Afspraak eindigt"),
    }
    days = {name: Q(**{f"{name}__range": (start, end)}) for name in KINDS}
    rows = Agreement.objects.visible_to(user).filter(status__in=AGREEMENT_IN_FORCE)
    for row in rows.filter(reduce(or_, days.values())):
        for name in _kinds_of(row):
            if start <= getattr(row, name) <= end:
                key = f"agreement-{row.pk}-{name}"
                url = row.get_absolute_url()
                yield Dated(
                    getattr(row, name), words[name], str(row), url, key, row.confidentiality
                )


def _kinds_of(row: Agreement) -> Iterator[str]:
    """The days that it has; without notice to give there is no last day for that."""
    for name in KINDS:
        if getattr(row, name) and (name != "notice_on" or row.notice_months):
            yield name
