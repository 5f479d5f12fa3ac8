"""The figures of the meldingen: what comes in, what waits, how long it takes, where and about what."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.http import AuthedRequest
from meldingen import permissions
from meldingen.figure_charts import bar_chart, tiles, week_chart
from meldingen.figures import box_figures, figures
from meldingen.forms.figures import PERIODS, QUARTER, FiguresFilter, days_of
from meldingen.models import Mailbox, Melding, Route


@require_safe
def figures_page(request: AuthedRequest) -> HttpResponse:
    permissions.may_read_figures(request.user).or_403()
    seen = Melding.objects.visible_to(request.user)
    asked = FiguresFilter(request.GET, seen, by=request.user)
    asked.form.is_valid()
    today = timezone.localdate()
    period = asked.form.cleaned_data.get("periode") or QUARTER
    first, last = days_of(period, on=today)
    found = figures(asked.filter_queryset(seen), first=first, last=last, on=today)
    context = {
        "form": asked.form,
        "active": len({name for name, value in asked.form.cleaned_data.items() if value}),
        "period": PERIODS[period],
        "first": first,
        "last": last,
        "found": found,
        "tiles": tiles(found),
        "weeks": week_chart(found),
        "sources": bar_chart(_("Hoe het binnenkwam"), found["sources"]),
        "tables": [
            (_("Per wijk"), _("Wijk"), found["neighbourhoods"]),
            (_("Per categorie"), _("Categorie"), found["categories"]),
        ],
        "boxes": _boxes(request, first, last),
    }
    return render(request, "meldingen/figures.html", context)


def _boxes(request: AuthedRequest, first: Any, last: Any) -> dict[str, Any] | None:
    """For who walks the rounds or looks after the boxes."""
    if not permissions.may_see_boxes(request.user):
        return None
    boxes = Mailbox.objects.visible_to(request.user)
    routes = Route.objects.visible_to(request.user)
    return box_figures(boxes, routes, first=first, last=last, on=timezone.localdate())
