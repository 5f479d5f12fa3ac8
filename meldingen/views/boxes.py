"""The letterboxes and their routes, for who looks after them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.geography import border_addresses
from accounts.roles import Right
from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from core.maps import WorldMap
from core.templatetags.house import badge
from meldingen import box_paper, permissions
from meldingen.forms.boxes import (
    BoxEditForm,
    BoxForm,
    BoxPhotoForm,
    RouteEditForm,
    RouteForm,
    places_of,
)
from meldingen.maps import small_map
from meldingen.models import BoxState, Mailbox, MailboxVisit, Route, terms_of
from meldingen.operations import boxes as operations

if TYPE_CHECKING:
    from core.form_page import Crumbs

PER_PAGE = 50
LAST_VISITS = 20
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def state_badge(state: str) -> Any:
    tone = "ok" if state == BoxState.GOOD else "warn"
    return badge(BoxState(state).label, tone)


@require_safe
def box_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_see_boxes(request.user).or_403()
    today, words = timezone.localdate(), request.GET.get("q", "").replace("\0", "").strip()[:100]
    archived, moving = request.GET.get("archief") == "ja", request.GET.get("toon") == "verplaatsen"
    seen = Mailbox.objects.visible_to(request.user).select_related("neighbourhood")
    routes = list(_routes(request))
    route = next((row for row in routes if str(row.pk) == request.GET.get("route")), None)
    rows = seen.to_move(on=today) if moving else seen.with_figures(on=today)
    rows = rows.archived() if archived else rows.current()
    rows = rows.filter(routes=route) if route else rows
    found = rows.search(words) if words else rows
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(box, state_badge(box.state), box.weeks_empty(on=today)) for box in page],
        "words": words,
        "archived": archived,
        "moving": moving,
        "to_move": seen.to_move(on=today).count(),
        "routes": [(row, row == route) for row in routes],
        "map": None if archived else _map(request, route),
        "may_edit": permissions.may_edit_boxes(request.user),
    }
    return render(request, "meldingen/boxes/list.html", context)


def _map(request: AuthedRequest, route: Route | None) -> WorldMap:
    """All boxes with their state, or those of a route in their order."""
    label = _("Kaart van route %s") % route if route else _("Kaart van de Pro?bleemboxen")
    places = request.user.municipality_ids_with(Right.ROUND_WALK)
    asked = f"?route={route.pk}" if route else ""
    boxes = f"{reverse('meldingen:map-boxes')}{asked}"
    return WorldMap(label, hoods=border_addresses(places), boxes=boxes)


def get_box(request: AuthedRequest, pk: int) -> Mailbox:
    seen = Mailbox.objects.visible_to(request.user).with_figures(on=timezone.localdate())
    return get_object_or_404(
        seen.select_related("neighbourhood", "municipality__melding_terms"), pk=pk
    )


@require_safe
def box_page(request: AuthedRequest, pk: int) -> HttpResponse:
    box, today = get_box(request, pk), timezone.localdate()
    weeks = box.weeks_empty(on=today)
    visits = MailboxVisit.objects.filter(mailbox=box).exclude(at=None)
    context = {
        "box": box,
        "badge": state_badge(box.state),
        "place": small_map(box),
        "weeks_empty": weeks,
        "move": weeks >= terms_of(box.municipality).mailbox_weeks and box.archived_at is None,
        "routes": box.routes.all(),
        "visits": visits.select_related("round__route", "by").order_by("-at")[:LAST_VISITS],
        "may_edit": permissions.may_edit_boxes(request.user, box.municipality_id),
    }
    return render(request, "meldingen/boxes/box.html", context)


def _page(title: str, back: str, *, under: str = "", upload: bool = False) -> FormPage:
    """`under` is what one goes back to, where that is not the list of boxes."""
    crumbs: Crumbs = ((_("Pro?bleemboxen"), reverse("meldingen:boxes")),)
    crumbs += ((under, back),) if under else ()
    return FormPage(title, _("Bewaren"), back, crumbs=crumbs, upload=upload)


@GET_OR_POST
def box_create(request: AuthedRequest) -> HttpResponse:
    permissions.may_edit_boxes(request.user).or_403()
    form, made = try_save(
        lambda: BoxForm(sent(request), by=request.user),
        lambda form: form.once(operations.make, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("%s staat erbij.") % made)
        return redirect(made)
    return show_form(request, form, _page(_("Pro?bleembox toevoegen"), reverse("meldingen:boxes")))


@GET_OR_POST
def box_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    box = get_box(request, pk)
    permissions.may_edit_boxes(request.user, box.municipality_id).or_403()
    form, saved = try_save(
        lambda: BoxEditForm(sent(request), instance=get_box(request, pk)),
        lambda form: operations.edit(form, by=request.user),
    )
    if saved:
        messages.success(request, _("%s is bewaard.") % saved)
        return redirect(saved)
    return show_form(
        request, form, _page(_("%s wijzigen") % box, box.get_absolute_url(), under=str(box))
    )


@GET_OR_POST
def box_photo_set(request: AuthedRequest, pk: int) -> HttpResponse:
    box = get_box(request, pk)
    permissions.may_edit_boxes(request.user, box.municipality_id).or_403()
    form = BoxPhotoForm(sent(request), request.FILES if request.method == "POST" else None)
    if form.is_valid():
        operations.set_photo(box, form.cleaned_data["photo"], by=request.user)
        messages.success(request, _("De foto is bewaard."))
        return redirect(box)
    page = _page(_("Foto van %s") % box, box.get_absolute_url(), under=str(box), upload=True)
    return show_form(request, form, page)


@require_safe
def box_photo(request: AuthedRequest, pk: int) -> HttpResponse:
    return picture(get_box(request, pk).photo)


def picture(file: Any) -> HttpResponse:
    """A small version that we drew ourselves: nothing in it but its points."""
    try:
        if not file:
            raise Http404
        with file.open("rb") as found:
            return HttpResponse(found.read(), content_type="image/jpeg")
    except FileNotFoundError as error:
        raise Http404 from error


@require_POST
def box_archive(request: AuthedRequest, pk: int) -> HttpResponse:
    box = get_box(request, pk)
    operations.archive(box, by=request.user)
    messages.success(request, _("%s is gearchiveerd en staat op geen route meer.") % box)
    return redirect(box)


@require_POST
def box_restore(request: AuthedRequest, pk: int) -> HttpResponse:
    box = get_box(request, pk)
    operations.restore(box, by=request.user)
    messages.success(request, _("%s staat weer in de lijst. Zet ze ook op een route.") % box)
    return redirect(box)


@require_POST
def box_codes(request: AuthedRequest) -> HttpResponse:
    permissions.may_edit_boxes(request.user).or_403()
    place = get_object_or_404(places_of(request.user)[:1])
    boxes = Mailbox.objects.visible_to(request.user).current().filter(municipality=place)
    return redirect(box_paper.ask(place, boxes, by=request.user))


def _routes(request: AuthedRequest) -> Any:
    return Route.objects.visible_to(request.user).current()


@require_safe
def route_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_see_boxes(request.user).or_403()
    rows = _routes(request).prefetch_related("stops__mailbox")
    context = {"routes": rows, "may_edit": permissions.may_edit_boxes(request.user)}
    return render(request, "meldingen/boxes/routes.html", context)


@GET_OR_POST
def route_create(request: AuthedRequest) -> HttpResponse:
    permissions.may_edit_boxes(request.user).or_403()
    form, made = try_save(
        lambda: RouteForm(sent(request), by=request.user),
        lambda form: form.once(operations.make_route, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("Kies nu welke bussen op deze route staan."))
        return redirect("meldingen:route-boxes", made.pk)
    return show_form(
        request, form, _page(_("Route toevoegen"), reverse("meldingen:routes"), under=_("Routes"))
    )


@GET_OR_POST
def route_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    route = get_object_or_404(_routes(request), pk=pk)
    permissions.may_edit_boxes(request.user, route.municipality_id).or_403()
    form, saved = try_save(
        lambda: RouteEditForm(sent(request), instance=get_object_or_404(_routes(request), pk=pk)),
        lambda form: operations.edit_route(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De route is bewaard."))
        return redirect("meldingen:routes")
    return show_form(
        request,
        form,
        _page(_("Route %s wijzigen") % route, reverse("meldingen:routes"), under=_("Routes")),
    )


@GET_OR_POST
def route_boxes(request: AuthedRequest, pk: int) -> HttpResponse:
    """Which boxes, in which order: a number beside each; empty takes it off."""
    route = get_object_or_404(_routes(request), pk=pk)
    permissions.may_edit_boxes(request.user, route.municipality_id).or_403()
    boxes = Mailbox.objects.visible_to(request.user).current()
    here = list(boxes.filter(municipality=route.municipality_id))
    if request.method == "POST":
        chosen = sorted(
            (place, box.code, box) for box in here if (place := _number(request, box)) is not None
        )
        operations.order_stops(route, [box for _place, _code, box in chosen], by=request.user)
        messages.success(request, _("De volgorde is bewaard."))
        return redirect("meldingen:routes")
    placed = {stop.mailbox_id: stop.position for stop in route.stops.all()}
    context = {"route": route, "rows": [(box, placed.get(box.pk, "")) for box in here]}
    return render(request, "meldingen/boxes/route_boxes.html", context)


def _number(request: AuthedRequest, box: Mailbox) -> int | None:
    typed = request.POST.get(f"bus-{box.pk}", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else None  # noqa: PLR2004
