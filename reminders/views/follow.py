"""Who would get what on a day, and why; and what nobody did, for the table of the core group."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Municipality, User
from accounts.roles import Right
from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from core.paging import page_number
from reminders import engine, matters, operations, permissions
from reminders.forms import DayForm, OutcomeForm
from reminders.models import CoreGroupItem
from reminders.rules import Rung, all_rules
from reminders.views.tabs import tabs

if TYPE_CHECKING:
    from django.core.paginator import Page

    from reminders.engine import Told
    from reminders.matters import Shown

PER_PAGE = 50


@require_safe
def forecast(request: AuthedRequest) -> HttpResponse:
    """Nothing is written: the same plan as the engine makes, for another day."""
    permissions.may_follow(request.user).or_403()
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    form = DayForm(request.GET if "dag" in request.GET else {"dag": tomorrow.isoformat()})
    told = _told(request.user, form.cleaned_data["dag"]) if form.is_valid() else []
    page = Paginator(told, PER_PAGE).get_page(page_number(request.GET.get("page")))
    context = {
        "form": form,
        "on": form.cleaned_data.get("dag"),
        "page": page,
        "rows": _rows(request.user, page, form.cleaned_data.get("dag")),
        "tabs": tabs(request.user, "reminders:forecast"),
    }
    return render(
        request, "reminders/forecast.html", context, status=200 if form.is_valid() else 422
    )


def _told(user: User, on: dt.date) -> list[Told]:
    places = Municipality.objects.filter(pk__in=user.municipality_ids_with(Right.REMINDER_FOLLOW))
    found = [told for place in places for told in engine.told_on(place, on=on)]
    return sorted(found, key=lambda told: (told.person, told.matter))


def _rows(user: User, page: Page[Told], on: dt.date | None) -> list[dict[str, Any]]:
    if on is None:
        return []
    people = dict(
        User.objects.filter(pk__in={told.person for told in page}).values_list("pk", "name")
    )
    shown = _shown(user, [told.matter[:3] for told in page], on)
    return [
        {
            "person": people[told.person],
            "rule": all_rules()[told.matter.rule].name,
            "shown": shown.get(told.matter[:3]),
            "due": told.matter.due,
            "why": _why(told),
        }
        for told in page
    ]


def _shown(
    user: User, keys: list[tuple[str, int, dt.date]], on: dt.date
) -> dict[tuple[str, int, dt.date], Shown]:
    """What of these this person may read."""
    wanted: dict[str, set[int]] = {}
    for rule, pk, _due in keys:
        wanted.setdefault(rule, set()).add(pk)
    return {one.key: one for one in matters.standing(user, wanted, on=on)}


def _why(told: Told) -> str:
    """Such as "3 dagen voor 12 april 2026, als verantwoordelijke"."""
    days = abs(told.offset)
    words = {"n": days, "day": date_format(told.matter.due, "j F Y")}
    if told.offset < 0:
        when = ngettext("%(n)s dag voor %(day)s", "%(n)s dagen voor %(day)s", days) % words
    elif told.offset:
        when = ngettext("%(n)s dag na %(day)s", "%(n)s dagen na %(day)s", days) % words
    else:
        when = _("op %(day)s") % words
    return _("%(when)s, als %(rung)s") % {"when": when, "rung": Rung(told.rung).label.lower()}


@require_safe
def core_group(request: AuthedRequest) -> HttpResponse:
    permissions.may_follow(request.user).or_403()
    closed = request.GET.get("toon") == "afgehandeld"
    rows = CoreGroupItem.objects.visible_to(request.user).select_related(
        "municipality", "closed_by"
    )
    rows = rows.closed().order_by("-closed_at", "-pk") if closed else rows.open()
    page = Paginator(rows, PER_PAGE).get_page(page_number(request.GET.get("page")))
    keys = [(row.rule, row.subject_pk, row.due) for row in page]
    shown = _shown(request.user, [] if closed else keys, timezone.localdate())
    context = {
        "closed": closed,
        "page": page,
        "rows": [(row, shown.get(key)) for row, key in zip(page, keys, strict=True)],
        "tabs": tabs(request.user, "reminders:core-group"),
    }
    return render(request, "reminders/core_group.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def item_close(request: AuthedRequest, pk: int) -> HttpResponse:
    mine = CoreGroupItem.objects.visible_to(request.user)
    item = get_object_or_404(mine, pk=pk)
    form, saved = try_save(
        lambda: OutcomeForm(sent(request), instance=mine.get(pk=pk)),
        lambda form: operations.close_item(form, by=request.user),
    )
    if saved:
        messages.success(request, _("Het punt is afgehandeld."))
        return redirect("reminders:core-group")
    back = reverse("reminders:core-group")
    crumbs = ((_("Punten voor de kerngroep"), back),)
    return show_form(
        request, form, FormPage(str(item), _("Afhandelen"), back, item.rule_name, crumbs)
    )
