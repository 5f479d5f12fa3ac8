"""What comes when: a month as a table and as a list, and the same for calendar programs."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.agenda import dated_things
from core.days import add_months
from core.http import AuthedRequest
from evaluations import permissions
from evaluations.calendar_file import calendar_of
from evaluations.models import CalendarFeed
from evaluations.operations import feeds

if TYPE_CHECKING:
    from core.agenda import Dated

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
BEHIND, AHEAD = dt.timedelta(days=31), dt.timedelta(days=366)
SHOWN_ONCE = "agenda_address"


def month_of(text: str) -> dt.date:
    """The first day of a month such as 2026-11; of this month for anything else."""
    found = MONTH.fullmatch(text)
    if not found:
        return timezone.localdate().replace(day=1)
    return dt.date(int(found.group(1)), int(found.group(2)), 1)


@require_safe
def month(request: AuthedRequest) -> HttpResponse:
    permissions.may_read_evaluations(request.user).or_403()
    first = month_of(request.GET.get("maand", ""))
    last = add_months(first, 1) - dt.timedelta(days=1)
    things = dated_things(request.user, first, last)
    context = {
        "first": first,
        "before": f"{add_months(first, -1):%Y-%m}",
        "after": f"{add_months(first, 1):%Y-%m}",
        "weekdays": weekdays(),
        "weeks": weeks(first, things),
        "things": things,
    }
    return render(request, "evaluations/agenda.html", context)


def weekdays() -> list[str]:
    return [_("ma"), _("di"), _("wo"), _("do"), _("vr"), _("za"), _("zo")]


def weeks(first: dt.date, things: list[Dated]) -> list[list[dict[str, Any]]]:
    """The days of a month by week, each with what it holds; days of other months are empty."""
    by_day: dict[dt.date, list[Dated]] = {}
    for one in things:
        by_day.setdefault(one.on, []).append(one)
    today = timezone.localdate()
    return [
        [
            {"day": day if day.month == first.month else None, "things": by_day.get(day, []),
             "is_today": day == today}
            for day in week
        ]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]  # fmt: skip


@require_safe
def address(request: AuthedRequest) -> HttpResponse:
    """The part of the account page on the address; a new secret is shown once."""
    permissions.may_read_evaluations(request.user).or_403()
    context = {
        "feed": CalendarFeed.objects.filter(user=request.user).first(),
        "address": request.session.pop(SHOWN_ONCE, ""),
    }
    template = "evaluations/feed.html"
    return render(request, f"{template}#feed" if request.htmx else template, context)


@require_POST
def address_renew(request: AuthedRequest) -> HttpResponse:
    permissions.may_read_evaluations(request.user).or_403()
    secret = feeds.renew(by=request.user)
    path = reverse("agenda:feed", args=[secret])
    request.session[SHOWN_ONCE] = f"{settings.SITE_URL}{path}"
    messages.success(request, _("Je agenda-adres is klaar. Je ziet het één keer: kopieer het nu."))
    return redirect("agenda:address")


@require_POST
def address_revoke(request: AuthedRequest) -> HttpResponse:
    permissions.may_read_evaluations(request.user).or_403()
    feeds.revoke(by=request.user)
    messages.success(request, _("Je agenda-adres werkt niet meer."))
    return redirect("agenda:address")


@login_not_required
@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001
    """What the owner of the address may read today; without a right any more it does not exist."""
    user = feeds.owner_of(secret)
    if user is None or not permissions.may_read_evaluations(user):
        raise Http404
    today = timezone.localdate()
    things = dated_things(user, today - BEHIND, today + AHEAD)
    answer = HttpResponse(calendar_of(things), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="iv-centrum.ics"'
    return answer
