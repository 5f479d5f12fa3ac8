"""What a lead has to do today: accept, catch up, report. Nothing else."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.days import in_figures
from core.http import AuthedRequest
from plans.models import Action
from plans.models.actions import WORK
from plans.rows import light_badge

MOST = 200  # who has to do more has another problem
# What was heard of longest ago, and what ends first, comes first.
ORDER = (F("last_update_on").asc(nulls_first=True), F("due").asc(nulls_last=True), "pk")


@require_safe
def my_actions(request: AuthedRequest) -> HttpResponse:
    """One question for the three lists: the rule of who sees what is the dear part of it."""
    visible = Action.objects.visible_to(request.user).of_plans_in_force().current()
    own = visible.led_by(request.user).with_work(on=timezone.localdate())
    lists: dict[str, list[dict[str, Any]]] = {work: [] for work in WORK}
    loaded = own.select_related("plan", "sub_theme__domain")
    for action in loaded.order_by(*ORDER)[:MOST]:
        lists[action.work].append(_row(action))  # type: ignore[attr-defined] # annotated
    return render(request, "plans/mine.html", lists)


def _row(action: Action) -> dict[str, Any]:
    return {
        "pk": action.pk,
        "code": action.code,
        "title": action.title,
        "plan": str(action.plan),
        "domain": action.sub_theme.domain.title,
        "url": action.get_absolute_url(),
        "update_url": f"{reverse('plans:update', args=[action.pk])}?terug=mijn",
        "answer_url": reverse("plans:action-answer", args=[action.pk]),
        "due": in_figures(action.due) or _("geen einddatum"),
        "news": in_figures(action.last_update_on) or _("nog nooit"),
        "light": light_badge(action.light),
        "progress": action.progress,
    }
