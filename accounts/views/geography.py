"""Where the neighbourhoods lie: no secret, and also under the map of the citizens' form."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from accounts.geography import borders_json
from accounts.models import Municipality


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
@conditional_page
def borders(_request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(Municipality, code=code)
    return HttpResponse(borders_json(place), content_type="application/geo+json")
