"""Who works in which neighbourhood."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.http import AuthedRequest
from partners import permissions
from partners.filters import TerritoryFilter
from partners.models import Partner
from partners.territory import territory_map, territory_of
from partners.views.common import get_partner, tabs


@require_safe
def territory(request: AuthedRequest) -> HttpResponse:
    permissions.may_read_register(request.user).or_403()
    seen = Partner.objects.visible_to(request.user).current()
    found = TerritoryFilter(request.GET, seen, by=request.user)
    context = {
        "filter": found,
        "map": territory_map(seen, found.qs, found.asked),
        "tabs": tabs(request.user, "partners:territory"),
    }
    return render(request, "partners/territory.html", context)


@require_safe
def of_partner(request: AuthedRequest, pk: int) -> HttpResponse:
    """A small map for the page of a partner, which asks for it by itself."""
    partner = get_partner(request, pk)
    context = {"partner": partner, "chart": territory_of(partner)}
    template = "partners/of_partner_territory.html"
    return render(request, f"{template}#map" if request.htmx else template, context)
