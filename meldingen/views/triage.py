"""The list of meldingen, and what is done to many at once."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.http import AuthedRequest
from meldingen import permissions
from meldingen.models import Melding
from meldingen.views.common import status_badge

PER_PAGE = 50


@require_safe
def melding_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_read(request.user).or_403()
    seen = Melding.objects.visible_to(request.user).for_list()
    page = Paginator(seen, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, status_badge(row)) for row in page],
        "may_take_in": permissions.may_take_in(request.user),
    }
    return render(request, "meldingen/list.html", context)
