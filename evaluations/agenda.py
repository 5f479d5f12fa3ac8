"""Evaluations in the agenda."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from core.agenda import Dated
from evaluations.models import Evaluation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User


def dated(user: User, start: dt.date, end: dt.date) -> Iterator[Dated]:
    """What is still to be done; what was established or let go is in nobody's way."""
    today, kind = timezone.localdate(), _("Evaluatie")
    rows = Evaluation.objects.visible_to(user).open().filter(planned_on__range=(start, end))
    for row in rows.for_list():
        yield Dated(
            row.planned_on, kind, row.title, row.get_absolute_url(), f"evaluation-{row.pk}",
            row.level, row.is_late(on=today),
        )  # fmt: skip
