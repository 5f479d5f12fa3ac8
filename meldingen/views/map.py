"""The same meldingen on a map: the filters of the list, and the points as GeoJSON beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from accounts.geography import border_addresses
from core.http import AuthedRequest
from core.maps import WorldMap
from core.paging import MOST as MOST_COUNTED
from meldingen import permissions
from meldingen.filters import MeldingSearch
from meldingen.maps import MARKS, mark_of_box
from meldingen.models import Mailbox, Route
from meldingen.models.melding import MeldingQuerySet

MOST = 4000  # points on one map, the newest first
COLUMNS = ("pk", "number", "category__name", "status", "latitude", "longitude")
GEOJSON = "application/geo+json"


@require_safe
def melding_map(request: AuthedRequest) -> HttpResponse:
    permissions.may_read(request.user).or_403()
    search = MeldingSearch(request.user, request.GET)
    template = "meldingen/map/page.html"
    if request.htmx and not request.htmx.boosted:
        template += "#results"
    return render(request, template, _context(request, search))


def _context(request: AuthedRequest, search: MeldingSearch) -> dict[str, Any]:
    found = _counted(search.rows)
    may_see_boxes = permissions.may_see_boxes(request.user)
    return {
        "form": search.filter.form,
        "chips": search.chips,
        "active": len(search.chips),
        "tabs": search.tabs,
        "query": search.query,
        "count": min(found["all"], MOST_COUNTED),
        "has_more": found["all"] > MOST_COUNTED,
        "placed": min(found["placed"], MOST),
        "too_many": found["placed"] > MOST,
        "marks": MARKS.values(),
        "map": _map(request, search, with_boxes=bool(may_see_boxes)),
    }


def _counted(rows: MeldingQuerySet) -> dict[str, int]:
    """How many there are and how many have a point, as far as the list counts too."""
    few = rows.order_by()[: MOST_COUNTED + 1]
    return few.aggregate(all=Count("pk"), placed=Count("latitude"))


def _map(request: AuthedRequest, search: MeldingSearch, *, with_boxes: bool) -> WorldMap:
    query = search.query
    back = f"?{urlencode({'terug': query})}" if query else ""
    return WorldMap(
        _("Kaart van de meldingen"),
        hoods=border_addresses(permissions.places_of(request.user)),
        points=f"{reverse('meldingen:map-points')}?{query}",
        boxes=reverse("meldingen:map-boxes") if with_boxes else "",
        link=f"{reverse('meldingen:melding', args=[0])}{back}",
    )


@require_safe
@gzip_page
def map_points(request: AuthedRequest) -> HttpResponse:
    """Number, category, status and place, of what the list shows to this person."""
    permissions.may_read(request.user).or_403()
    rows = MeldingSearch(request.user, request.GET).rows.filter(latitude__isnull=False)
    features = [
        {
            "type": "Feature",
            "id": pk,
            "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
            "properties": {"number": number, "category": category, "status": status},
        }
        for pk, number, category, status, latitude, longitude in rows.values_list(*COLUMNS)[:MOST]
    ]
    marks = {status: [letter, tone, str(word)] for status, (letter, tone, word) in MARKS.items()}
    return _geojson(features, marks=marks)


@require_safe
def map_boxes(request: AuthedRequest) -> HttpResponse:
    """The boxes with their state; of one route those that are on it, in their order."""
    permissions.may_see_boxes(request.user).or_403()
    seen = Mailbox.objects.visible_to(request.user).current().filter(latitude__isnull=False)
    asked = request.GET.get("route", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 10):  # noqa: PLR2004
        return _geojson(_box(row) for row in seen)
    route = get_object_or_404(Route.objects.visible_to(request.user).current(), pk=int(asked))
    stops = route.stops.filter(mailbox__in=seen).select_related("mailbox").order_by("position")
    boxes = [stop.mailbox for stop in stops]
    numbered = [_box(row, str(number)) for number, row in enumerate(boxes, 1)]
    return _geojson([_line(boxes), *numbered] if len(boxes) > 1 else numbered)


def _box(row: Mailbox, number: str = "") -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": row.pk,
        "geometry": {"type": "Point", "coordinates": [row.longitude, row.latitude]},
        "properties": {
            "name": str(row),
            "url": row.get_absolute_url(),
            "mark": mark_of_box(row, number),
        },
    }


def _line(boxes: Iterable[Mailbox]) -> dict[str, Any]:
    way = [[row.longitude, row.latitude] for row in boxes]
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": way},
        "properties": {},
    }


def _geojson(features: Iterable[dict[str, Any]], **more: Any) -> HttpResponse:
    found = {"type": "FeatureCollection", **more, "features": list(features)}
    body = json.dumps(found, separators=(",", ":"), ensure_ascii=False)
    return HttpResponse(body, content_type=GEOJSON)
