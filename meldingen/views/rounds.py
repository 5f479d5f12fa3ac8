"""The rounds as the desk sees them: who walked, what was missed, which notes wait for a typist."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from meldingen import permissions, public_texts
from meldingen.forms.rounds import CopyForm, ExplainForm
from meldingen.models import MailboxNote, MailboxRound, Route, missed
from meldingen.operations import rounds as operations

PER_PAGE = 30
LOOK_BACK = dt.timedelta(days=14)
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def lately_missed(user: Any) -> list[tuple[Route, dt.date]]:
    """Up to and including yesterday: today is not over."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    routes = list(Route.objects.visible_to(user).current())
    return missed(routes, since=yesterday - LOOK_BACK, until=yesterday)


@require_safe
def round_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_see_boxes(request.user).or_403()
    seen = MailboxRound.objects.visible_to(request.user).with_counts()
    rows = seen.select_related("route", "started_by")
    route = request.GET.get("route", "")
    if route.isascii() and route.isdecimal() and len(route) < 10:  # noqa: PLR2004
        rows = rows.filter(route=int(route))
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "routes": list(Route.objects.visible_to(request.user).current()),
        "route": route,
        "missed": lately_missed(request.user),
        "to_copy": MailboxNote.objects.visible_to(request.user).to_copy().count(),
    }
    return render(request, "meldingen/rounds/list.html", context)


@require_safe
def round_page(request: AuthedRequest, pk: int) -> HttpResponse:
    seen = MailboxRound.objects.visible_to(request.user).with_counts()
    found = get_object_or_404(seen.select_related("route", "started_by", "finished_by"), pk=pk)
    visits = found.visits.select_related("mailbox", "by").prefetch_related("found__melding")
    context = {
        "round": found,
        "visits": visits,
        "is_today": found.on == timezone.localdate(),
    }
    return render(request, "meldingen/rounds/round.html", context)


@GET_OR_POST
def round_explain(request: AuthedRequest, pk: int, day: str) -> HttpResponse:
    """Why nobody walked it."""
    route = get_object_or_404(Route.objects.visible_to(request.user).current(), pk=pk)
    try:
        when = dt.date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    if when >= timezone.localdate() or not route.is_due(when):
        raise Http404
    form, saved = try_save(
        lambda: ExplainForm(sent(request)),
        lambda form: operations.explain(route, when, form.cleaned_data["remark"], by=request.user),
    )
    back = reverse("meldingen:rounds")
    if saved:
        messages.success(request, _("Genoteerd waarom de ronde niet gelopen is."))
        return redirect(back)
    title = _("Ronde %(route)s van %(day)s") % {"route": route, "day": f"{when:%d/%m/%Y}"}
    page = FormPage(title, _("Bewaren"), back, crumbs=((_("Rondes"), back),))
    return show_form(request, form, page)


def _notes(request: AuthedRequest) -> Any:
    seen = MailboxNote.objects.visible_to(request.user).to_copy()
    return seen.select_related("melding__category", "visit__mailbox", "visit__round")


@require_safe
def note_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_read(request.user).or_403()
    rows = _notes(request).prefetch_related("melding__photos")
    context = {"page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))}
    return render(request, "meldingen/rounds/notes.html", context)


@GET_OR_POST
def note_copy(request: AuthedRequest, pk: int) -> HttpResponse:
    seen = MailboxNote.objects.visible_to(request.user)
    seen = seen.select_related("visit__mailbox", "melding__municipality")
    note = get_object_or_404(seen, pk=pk)
    permissions.may_edit(request.user, note.melding).or_403()
    form, saved = try_save(
        lambda: CopyForm(sent(request), instance=get_object_or_404(seen, pk=pk).melding),
        lambda form: operations.copy(note, form, by=request.user),
    )
    if saved:
        messages.success(request, _("%s is overgenomen.") % saved)
        return redirect("meldingen:notes")
    context = {
        "form": form,
        "note": note,
        "photos": note.melding.photos.all(),
        "privacy": public_texts.box_privacy(note.melding.municipality),
    }
    status = 200 if not form.is_bound else 409 if form.clashes else 422
    return render(request, "meldingen/rounds/copy.html", context, status=status)
