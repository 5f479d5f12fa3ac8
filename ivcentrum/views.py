"""The home page: what you have to do today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import Right
from ivcentrum import today
from ivcentrum.today.plans import public_plans
from ivcentrum.today.reports import latest

if TYPE_CHECKING:
    from django.http import HttpResponse

    from core.http import AuthedRequest


@require_safe
def home(request: AuthedRequest) -> HttpResponse:
    if request.user.works_in_space_only:
        return redirect("space:home")
    now = timezone.now()
    context = {
        "tasks": today.tasks(request.user, now=now),
        "parts": today.health_parts(request.user),
        "alarms": today.health_alarms(request.user),
        "reports": latest(request.user),
        "makes_reports": request.user.has_right(Right.REPORT_MAKE),
        "leads": request.user.has_right(Right.ACTION_UPDATE),
        "plans": public_plans(request.user),
        "today": timezone.localdate(now),
    }
    return render(request, "home/home.html", context)
