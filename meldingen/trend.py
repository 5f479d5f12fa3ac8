"""Do the meldingen of a thing grow or shrink? Twelve weeks beside the twelve before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from meldingen.models.melding import MeldingQuerySet

WEEKS = 12


@dataclass(frozen=True, slots=True)
class Trend:
    total: int
    recent: int
    before: int

    @property
    def words(self) -> str:
        numbers = {"recent": self.recent, "before": self.before}
        if self.recent > self.before:
            said = _(
                "Stijgt: %(recent)s in de laatste twaalf weken, %(before)s in de twaalf ervoor."
            )
        elif self.recent < self.before:
            said = _(
                "Daalt: %(recent)s in de laatste twaalf weken, %(before)s in de twaalf ervoor."
            )
        else:
            said = _("Gelijk: %(recent)s in de laatste twaalf weken, evenveel als ervoor.")
        return said % numbers


def trend(rows: MeldingQuerySet) -> Trend:
    now = timezone.now()
    edge, start = now - dt.timedelta(weeks=WEEKS), now - dt.timedelta(weeks=2 * WEEKS)
    counted = rows.order_by().aggregate(
        total=Count("pk"),
        recent=Count("pk", filter=Q(happened_at__gte=edge)),
        before=Count("pk", filter=Q(happened_at__gte=start, happened_at__lt=edge)),
    )
    return Trend(**counted)
