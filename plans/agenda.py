"""The days on which actions end, in the agenda."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from core.agenda import Dated
from plans.models import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User


def dated(user: User, start: dt.date, end: dt.date) -> Iterator[Dated]:
    today, kind = timezone.localdate(), _("Actie eindigt")
    rows = Action.objects.visible_to(user).current().open().of_plans_in_force()
    for row in rows.filter(due__range=(start, end)):
        assert row.due is not None  # noqa: S101 - asked by its day
        yield Dated(
            row.due, kind, str(row), row.get_absolute_url(), f"action-{row.pk}",
            row.confidentiality, row.due < today,
        )  # fmt: skip
