"""Who works in which neighbourhood."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.http import AuthedRequest
from partners import permissions
from partners.rows import territory_map
from partners.views.common import tabs


@require_safe
def territory(request: AuthedRequest) -> HttpResponse:
    permissions.may_read_register(request.user).or_403()
    context = {
        "map": territory_map(request.user),
        "tabs": tabs(request.user, "partners:territory"),
    }
    return render(request, "partners/territory.html", context)
