"""The warden's phone: one's own list, one melding, closing on the spot, a finding of one's own."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Right
from core import receipts
from core.form_page import try_save
from core.forms import form_status
from core.http import AuthedRequest, sent
from meldingen import permissions
from meldingen.forms.phone import CloseForm, FindingForm, StepForm
from meldingen.maps import small_map
from meldingen.models import Melding
from meldingen.operations import phone as operations
from meldingen.operations.steps import close, take
from meldingen.views.common import get_melding, status_badge
from meldingen.workflow import find, steps_from

PER_PAGE = 25
KEPT = ("wie", "lat", "lon", "page", "na")  # what leads back to the same place in the list
METRES = 111_320  # in a degree of latitude
KILOMETRE = 1000
ICONS = {
    "netheid": "trash",
    "groen": "tree",
    "weg": "road",
    "verlichting": "bulb",
    "geluid": "volume",
    "samenleven": "users-group",
    "gebouwen": "building",
}
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
Point = tuple[float, float]


def point_of(request: AuthedRequest) -> Point | None:
    """Where the phone says it is; it goes no further than this answer."""
    try:
        latitude, longitude = (float(request.GET.get(name, "")) for name in ("lat", "lon"))
    except ValueError:
        return None
    inside = abs(latitude) <= 90 and abs(longitude) <= 180  # noqa: PLR2004 - the earth
    return (latitude, longitude) if inside else None


def way_back(request: AuthedRequest, **more: str) -> str:
    """What in the address tells from which list somebody came."""
    kept = QueryDict(mutable=True)
    for name in KEPT:
        if value := request.GET.get(name, "")[:40]:
            kept[name] = value
    for name, value in more.items():
        kept[name] = value
    return kept.urlencode()


def _address(request: AuthedRequest, **more: str) -> str:
    """The list, at the row that came after the one that was opened."""
    anchor = request.GET.get("na", "")
    mark = f"#m{anchor}" if anchor.isascii() and anchor.isdecimal() else ""
    return f"{reverse('meldingen:phone-list')}?{way_back(request, **more)}{mark}"


def distance(melding: Melding, point: Point | None) -> str:
    if point is None or melding.latitude is None or melding.longitude is None:
        return ""
    up = (melding.latitude - point[0]) * METRES
    aside = (melding.longitude - point[1]) * METRES * math.cos(math.radians(point[0]))
    metres = round(math.hypot(up, aside), -1)
    if metres < KILOMETRE:
        return _("%d m") % metres
    return _("%s km") % f"{metres / KILOMETRE:.1f}".replace(".", ",")


@require_safe
def own_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_read(request.user).or_403()
    user, point = request.user, point_of(request)
    mine = request.GET.get("wie") == "ik"
    rows = Melding.objects.visible_to(user).open().for_list()
    rows = rows.filter(assignee=user) if mine else rows.of(user)
    rows = rows.nearest(*point) if point else rows.order_by("due", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    after = dict(pairwise(row.pk for row in page))
    context = {
        "page": page,
        "rows": [
            (
                row,
                status_badge(row.status),
                distance(row, point),
                _opened(request, after.get(row.pk)),
            )
            for row in page
        ],
        "mine": mine,
        "near": point is not None,
        "undo": _just_closed(request),
        "back": way_back(request),
    }
    return render(request, "meldingen/phone/list.html", context)


def _opened(request: AuthedRequest, following: int | None) -> str:
    """What goes along into one melding: the list, and the row to come back to."""
    return way_back(request, na=str(following or ""))


def _just_closed(request: AuthedRequest) -> Melding | None:
    asked = request.GET.get("net", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 10):  # noqa: PLR2004
        return None
    seen = Melding.objects.visible_to(request.user).over().filter(pk=int(asked)).first()
    return seen if seen and operations.may_undo(seen, now=timezone.now()) else None


@require_safe
def melding_phone(request: AuthedRequest, pk: int) -> HttpResponse:
    melding = get_melding(request, pk)
    may = permissions.may_handle(request.user, melding)
    steps = steps_from(melding.status) if may else []
    context = {
        "melding": melding,
        "badge": status_badge(melding.status),
        "photos": [
            photo for photo in melding.photos.all() if photo.thumbnail and not photo.is_held
        ],
        "place": small_map(melding),
        "steps": [step for step in steps if not step.needs_reason and melding.is_open],
        "may_close": may and melding.is_open,
        "query": way_back(request),
        "back": _address(request),
        "call": melding.handler.contact_phone if melding.handler else "",
    }
    return render(request, "meldingen/phone/melding.html", context)


@GET_OR_POST
def melding_close(request: AuthedRequest, pk: int) -> HttpResponse:
    """A reason and done; the answer to who reported it follows from the closing itself."""
    melding = get_melding(request, pk)
    permissions.may_handle(request.user, melding).or_403()

    def save(form: CloseForm) -> Melding:
        data = form.cleaned_data
        return receipts.once(
            data["form_token"], Melding,
            lambda: close(melding, data["reason"], by=request.user, text=data["text"]),
            by=request.user,
        )  # fmt: skip

    form, saved = try_save(lambda: CloseForm(sent(request), melding=melding), save)
    if saved:
        return redirect(_address(request, net=str(saved.pk)))
    query = way_back(request)
    context = {"form": form, "melding": melding, "query": query}
    return render(request, "meldingen/phone/close.html", context, status=form_status(form))


@require_POST
def closing_undo(request: AuthedRequest, pk: int) -> HttpResponse:
    melding = get_melding(request, pk)
    permissions.may_handle(request.user, melding).or_403()
    operations.undo_closing(melding, by=request.user)
    messages.success(request, _("%s staat weer open.") % melding)
    return redirect(f"{_address(request)}#m{melding.pk}")


@GET_OR_POST
def melding_step(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    melding = get_melding(request, pk)
    step = find(name, melding.status)
    if step is None or step.needs_reason or not melding.is_open:
        raise Http404
    permissions.may_take(request.user, melding, step).or_403()
    form, saved = try_save(
        lambda: StepForm(sent(request), step=step),
        lambda form: take(melding, name, by=request.user, **form.cleaned_data),
    )
    here = f"{reverse('meldingen:phone-melding', args=[pk])}?{way_back(request)}"
    if saved:
        messages.success(request, _("Bewaard: %s.") % saved.get_status_display().lower())
        return redirect(here)
    context = {"form": form, "melding": melding, "step": step, "back": here}
    return render(request, "meldingen/phone/step.html", context, status=form_status(form))


@GET_OR_POST
def finding(request: AuthedRequest) -> HttpResponse:
    """What a warden sees: photo, place, tile, save."""
    permissions.may_take_in(request.user).or_403()
    user = request.user
    files = request.FILES if request.method == "POST" else None
    places = user.municipality_ids_with(Right.MELDING_READ)
    places |= user.municipality_ids_with(Right.MELDING_READ_OWN)
    form, made = try_save(
        lambda: FindingForm(sent(request), files, by=user, places=places),
        lambda form: _found_once(form, request),
    )
    if made:
        messages.success(request, _("Genoteerd als %s.") % made)
        return redirect("meldingen:phone")
    tiles = [(row, _icon(row), str(row.pk) == form["category"].value()) for row in form.tiles]
    context = {"form": form, "tiles": tiles}
    return render(request, "meldingen/phone/finding.html", context, status=form_status(form))


def _found_once(form: FindingForm, request: AuthedRequest) -> Melding:
    data = form.cleaned_data

    def make() -> Melding:
        return operations.find(
            data["chosen"], form.where(), by=request.user, text=data["text"], photos=data["photos"]
        )

    return receipts.once(data["form_token"], Melding, make, by=request.user)


def _icon(category: Any) -> str:
    first = category.group.name.split()[0].lower() if category.group.name.split() else ""
    return ICONS.get(first, "message-report")
