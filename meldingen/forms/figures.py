"""Over which days and where the figures are."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from meldingen.models import Melding
from meldingen.permissions import places_of

QUARTER, YEAR, THIS_YEAR, LAST_YEAR = "12-weken", "52-weken", "dit-jaar", "vorig-jaar"
PERIODS = {
    QUARTER: _("De laatste 12 weken"),
    YEAR: _("De laatste 52 weken"),
    THIS_YEAR: _("Dit jaar"),
    LAST_YEAR: _("Vorig jaar"),
}
WEEKS = {QUARTER: 12, YEAR: 52}


def days_of(period: str, *, on: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day. Weeks begin on Monday, the one that runs included."""
    if period == LAST_YEAR:
        return dt.date(on.year - 1, 1, 1), dt.date(on.year - 1, 12, 31)
    if period == THIS_YEAR:
        return dt.date(on.year, 1, 1), on
    weeks = WEEKS.get(period, WEEKS[QUARTER])
    monday = on - dt.timedelta(days=on.weekday())
    return monday - dt.timedelta(weeks=weeks - 1), on


class FiguresFilter(django_filters.FilterSet):
    """A value that does not exist is ignored, not an error page."""

    periode = django_filters.ChoiceFilter(
        method="unchanged", choices=list(PERIODS.items()), label=_("Periode"), empty_label=None
    )
    wijk = django_filters.ModelChoiceFilter(
        "neighbourhood", label=_("Wijk"), empty_label=_("Alle"), queryset=None
    )

    class Meta:
        model = Melding
        fields: list[str] = []

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Neighbourhood.objects.filter(municipality__in=places_of(by))
        self.filters["wijk"].queryset = here.order_by("municipality", "code")

    def unchanged(self, rows: Any, _name: str, _value: Any) -> Any:
        return rows
