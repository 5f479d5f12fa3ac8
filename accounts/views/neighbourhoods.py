"""Beheer › Wijken: the neighbourhoods of a municipality, and the drawn map that follows from them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import permissions
from accounts.forms.neighbourhoods import NeighbourhoodEditForm, NeighbourhoodForm
from accounts.models import Neighbourhood
from accounts.operations import neighbourhoods as operations
from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from core.place_map import Spot, small_map

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from core.charts import Chart

HERE = "accounts:neighbourhoods"


def _mine(request: AuthedRequest) -> QuerySet[Neighbourhood]:
    permissions.may_manage_people(request.user).or_403()
    places = permissions.managed_ids(request.user)
    rows = Neighbourhood.objects.filter(municipality__in=places)
    return rows.select_related("municipality", "border").defer("border__shape")


@require_safe
def neighbourhoods(request: AuthedRequest) -> HttpResponse:
    rows = _mine(request).order_by("municipality__name", "municipality", "code")
    places = [
        _place(place, list(found)) for place, found in groupby(rows, lambda row: row.municipality)
    ]
    return render(request, "accounts/neighbourhoods.html", {"places": places})


def _place(place: Any, rows: list[Neighbourhood]) -> dict[str, Any]:
    return {"place": place, "rows": rows, "chart": _chart(place.name, rows)}


def _chart(name: str, rows: Iterable[Neighbourhood]) -> Chart | None:
    """The map as the pages with partners draw it: whether each lies where people expect it."""
    spots = [
        Spot(row.code, row.name, row.map_x, row.map_y, int(row.is_focus), "")
        for row in rows
        if row.map_x is not None and row.map_y is not None
    ]
    return small_map(_("Wijken van %s") % name, spots, height=380) if spots else None


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: AuthedRequest) -> HttpResponse:
    permissions.may_manage_people(request.user).or_403()
    form, made = try_save(
        lambda: NeighbourhoodForm(sent(request), by=request.user),
        lambda form: form.once(operations.make, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("De wijk is toegevoegd."))
        return redirect(HERE)
    return show_form(request, form, _page(_("Nieuwe wijk"), _("Toevoegen")))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthedRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(_mine(request), pk=pk)
    form, saved = try_save(
        lambda: NeighbourhoodEditForm(
            sent(request), instance=get_object_or_404(_mine(request), pk=pk)
        ),
        lambda form: operations.edit(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De wijk is bewaard."))
        return redirect(HERE)
    return show_form(request, form, _page(str(row), _("Bewaren")))


def _page(title: str, submit: str) -> FormPage:
    back = reverse(HERE)
    return FormPage(title, submit, back, crumbs=((_("Wijken"), back),))
