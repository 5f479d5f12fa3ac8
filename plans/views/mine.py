"""What a lead has to do today: accept, catch up, report. Nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.http import AuthedRequest
from plans.models import Action
from plans.rows import day, light_badge

if TYPE_CHECKING:
    from plans.models.actions import ActionQuerySet

MOST = 100  # per list; who leads more has another problem


@require_safe
def my_actions(request: AuthedRequest) -> HttpResponse:
    today = timezone.localdate()
    own = Action.objects.visible_to(request.user).of_plans_in_force().current()
    late = own.led_by(request.user).accepted().overdue(on=today)
    silent = (
        own.led_by(request.user).accepted().to_update(on=today).exclude(pk__in=late.values("pk"))
    )
    context = {
        "asked": _rows(own.asking(request.user).order_by("due", "pk")),
        "late": _rows(late.order_by("due", "pk")),
        "silent": _rows(silent.order_by("last_update_on", "due", "pk")),
    }
    return render(request, "plans/mine.html", context)


def _rows(actions: ActionQuerySet) -> list[dict[str, Any]]:
    loaded = actions.select_related("plan", "sub_theme__domain")[:MOST]
    return [_row(action) for action in loaded]


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
        "due": day(action.due) or _("geen einddatum"),
        "news": day(action.last_update_on) or _("nog nooit"),
        "light": light_badge(action.light),
        "progress": action.progress,
    }
