"""The municipality's colour and logo: chosen in Beheer, served as a style sheet and a picture."""

from __future__ import annotations

from functools import partial
from typing import TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import permissions
from accounts.forms.house_style import HouseStyleForm
from accounts.models import Municipality
from accounts.roles import Right
from core import history
from core.colours import ink_on
from core.forms import form_status
from core.http import AuthedRequest, sent

R = TypeVar("R", bound=HttpResponseBase)
FOR_EVER = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"


@require_safe
def municipalities(request: AuthedRequest) -> HttpResponse:
    permissions.may_manage_people(request.user).or_403()
    places = request.user.municipality_ids_with(Right.PEOPLE_MANAGE)
    context = {"municipalities": Municipality.objects.filter(pk__in=places)}
    return render(request, "accounts/municipalities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthedRequest, code: str) -> HttpResponse:
    place = _of_this_person(request, code)
    permissions.may_style(request.user, place).or_403()
    data = sent(request)
    files = None if data is None else request.FILES
    form = HouseStyleForm(data, files, instance=place)
    if form.is_valid():
        _save(form, request)
        messages.success(request, _("De huisstijl is bewaard."))
        return redirect("accounts:house-style", code)
    context = {"form": form, "municipality": Municipality.objects.get(pk=place.pk)}
    return render(request, "accounts/house_style.html", context, status=form_status(form))


def _of_this_person(request: AuthedRequest, code: str) -> Municipality:
    """A municipality where this person has a role; any other one does not exist for him."""
    places = [membership.municipality_id for membership in request.user.memberships_now]
    return get_object_or_404(Municipality, pk__in=places, code=code)


@transaction.atomic
def _save(form: HouseStyleForm, request: AuthedRequest) -> None:
    changes = form.changes()
    before = Municipality.objects.select_for_update().get(pk=form.instance.pk).logo.name
    place = form.save()
    if changes:
        history.record("municipality.edited", place, by=request.user, changes=changes)
    if before and before != place.logo.name:
        transaction.on_commit(partial(place.logo.storage.delete, before))


@login_not_required
@require_safe
def css(request: HttpRequest, code: str) -> HttpResponse:
    """The two colours on which the whole style sheet builds its light and its dark theme."""
    place = get_object_or_404(Municipality.objects.only("colour"), code=code)
    text = f":root {{ --brand: {place.colour}; --brand-ink: {ink_on(place.colour)}; }}\n"
    return _kept(request, HttpResponse(text, content_type="text/css; charset=utf-8"))


@login_not_required
@require_safe
def logo(request: HttpRequest, code: str) -> HttpResponseBase:
    place = get_object_or_404(Municipality.objects.only("logo"), code=code)
    try:
        if not place.logo:
            raise Http404
        picture = place.logo.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return _kept(request, FileResponse(picture, content_type="image/png"))


def _kept(request: HttpRequest, response: R) -> R:
    response.headers["Cache-Control"] = FOR_EVER if "v" in request.GET else FOR_AN_HOUR
    return response
