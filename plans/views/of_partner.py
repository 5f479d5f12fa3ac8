"""The actions of one partner, as a part of that partner's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.days import in_figures
from core.http import AuthedRequest
from partners.models import Partner
from plans.models import Action, ActionPartner
from plans.rows import light_badge, status_badge

MOST = 50


@require_safe
def of_partner(request: AuthedRequest, pk: int) -> HttpResponse:
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    seen = Action.objects.visible_to(request.user).current().of_partner(partner)
    parts = _parts_of(partner)
    context = {
        "partner": partner,
        "rows": [_row(action, partner, parts) for action in seen.in_plan_order()[:MOST]],
        "total": seen.count(),
    }
    template = "plans/of_partner.html"
    return render(request, f"{template}#actions" if request.htmx else template, context)


def _parts_of(partner: Partner) -> dict[int, str]:
    """What this partner does in each action where it takes part."""
    rows = ActionPartner.objects.filter(partner=partner)
    return {row.action_id: row.get_role_display() for row in rows}


def _row(action: Action, partner: Partner, parts: dict[int, str]) -> dict[str, Any]:
    leads = action.lead_partner_id == partner.pk
    return {
        "code": action.code,
        "title": action.title,
        "url": action.get_absolute_url(),
        "part": _("Trekker") if leads else parts.get(action.pk, ""),
        "due": in_figures(action.due),
        "status": status_badge(action.status),
        "light": light_badge(action.light),
    }
