"""The days of agreements in the agenda: when to give notice, and when they end."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.agenda import Dated
from partners.models import Agreement
from partners.workflow import AGREEMENT_IN_FORCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User

KINDS = ("next_evaluation", "notice_on", "ends")


def dated(user: User, start: dt.date, end: dt.date) -> Iterator[Dated]:
    words = {
        "next_evaluation": _("Afspraak evalueren"),
        "notice_on": _("Laatste dag om op te zeggen"),
        "ends": _("Afspraak eindigt"),
    }
    rows = Agreement.objects.visible_to(user).filter(status__in=AGREEMENT_IN_FORCE)
    for name in KINDS:
        for row in rows.filter(**{f"{name}__range": (start, end)}):
            if name == "notice_on" and not row.notice_months:
                continue
            yield Dated(
                getattr(row, name), words[name], str(row), row.get_absolute_url(),
                f"agreement-{row.pk}-{name}", row.confidentiality,
            )  # fmt: skip
