"""Engagement: how partners keep what they promised, and what was done where they did not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.forms import form_status
from core.http import AuthedRequest, sent
from partners import permissions
from partners.forms.engagement import EscalationForm
from partners.models import EscalationStep, Partner
from partners.operations import engagement as operations
from partners.views.common import get_partner, tabs
from plans.engagement import GOOD, MANY_LATE, POOR, SLOW_DAYS, Engagement, Rate, engagement_of
from plans.rows import light_badge
from plans.views.action_edit import GET_OR_POST
from plans.workflow import Light

WORST_FIRST = {Light.RED: 0, Light.AMBER: 1, Light.GREEN: 2, "": 3}


def _row(one: Engagement) -> dict[str, Any]:
    return {"one": one, "partner": one.partner, "light": light_badge(one.light)}


def _tiles(one: Engagement) -> list[dict[str, Any]]:
    days = "–" if one.answer_days is None else round(one.answer_days)
    return [
        _tile(_("Acties bij"), one.updates),
        {**_tile(_("Engagementen nagekomen"), one.commitments), "note": one.trend},
        {**_tile(_("Aanwezig op overleg"), one.meetings), "note": _of_meetings(one.meetings)},
        {"label": _("Dagen tot antwoord"), "figure": days, "unit": "", "note": ""},
        {"label": _("Open"), "figure": one.open, "unit": "", "note": ""},
        {"label": _("Te laat"), "figure": one.late, "unit": "", "note": ""},
    ]


def _of_meetings(rate: Rate | None) -> str:
    return _("%(met)d van %(total)d") % {"met": rate.met, "total": rate.total} if rate else ""


def _tile(label: str, rate: Rate | None) -> dict[str, Any]:
    figure, unit = (rate.percent, "%") if rate else ("–", "")
    return {"label": label, "figure": figure, "unit": unit, "note": ""}


@require_safe
def engagement_list(request: AuthedRequest) -> HttpResponse:
    """All partners with something promised, those that need attention first."""
    permissions.may_read_engagement(request.user).or_403()
    partners = Partner.objects.engaged_for(request.user)
    found = engagement_of(partners, on=timezone.localdate())
    rows = sorted((one for one in found if one.light), key=lambda one: WORST_FIRST[one.light])
    context = {
        "tabs": tabs(request.user, "plans:engagements"),
        "rows": [_row(one) for one in rows],
    }
    return render(request, "plans/engagement_list.html", context)


@GET_OR_POST
def engagement(request: AuthedRequest, pk: int) -> HttpResponse:
    """One partner: its figures with their reasons, how they are made, and the ladder."""
    partner = get_partner(request, pk)
    permissions.may_read_engagement(request.user, partner).or_403()
    may_escalate = permissions.may_escalate(request.user, partner)
    if request.method == "POST":
        may_escalate.or_403()
    form = EscalationForm(sent(request))
    if form.is_valid():
        operations.escalate(form, partner, by=request.user)
        messages.success(request, _("De stap is genoteerd."))
        return redirect("plans:engagement", partner.pk)
    [one] = engagement_of([partner], on=timezone.localdate())
    context = {
        **_row(one),
        "tiles": _tiles(one),
        "steps": EscalationStep.objects.visible_to(request.user)
        .filter(partner=partner)
        .select_related("by"),
        "form": form if may_escalate else None,
        "norms": {"good": round(GOOD * 100), "poor": round(POOR * 100), "slow": SLOW_DAYS,
                  "late": MANY_LATE},
    }  # fmt: skip
    return render(request, "plans/engagement.html", context, status=form_status(form))
