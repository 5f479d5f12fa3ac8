"""Bringing an action up to date: under a minute, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from core.forms import form_status
from core.http import AuthedRequest, sent
from plans import permissions
from plans.forms.updates import UpdateForm
from plans.operations.actions import update_once
from plans.rows import light_badge, period
from plans.views.action_edit import GET_OR_POST
from plans.views.actions import get_action

if TYPE_CHECKING:
    from plans.models import Action


@GET_OR_POST
def action_update(request: AuthedRequest, pk: int) -> HttpResponse:
    action = get_action(request.user, pk)
    permissions.may_update(request.user, action).or_403()
    back = _back(request)
    indicators = list(action.indicators.filter(archived_at=None))
    data = sent(request)
    form = UpdateForm(data, action=action, indicators=indicators)
    if form.is_valid():
        update_once(form, action, by=request.user)
        messages.success(request, _("%s is bijgewerkt.") % action.code)
        return redirect(f"{back}#actie-{action.pk}" if back else action.get_absolute_url())
    context = _context(action, form, back)
    return render(request, "plans/update_form.html", context, status=form_status(form))


def _context(action: Action, form: UpdateForm, back: str) -> dict[str, Any]:
    last = action.updates.first()
    return {
        "action": action,
        "form": form,
        "last": last,
        "last_light": light_badge(last.light) if last else "",
        "period": period(action),
        "back": back or action.get_absolute_url(),
        "next": back,
    }


def _back(request: AuthedRequest) -> str:
    """The list this person came from, when it is one of ours."""
    asked = request.POST.get("terug") or request.GET.get("terug", "")
    if asked == "mijn":
        return reverse("plans:mine")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if safe and asked.startswith("/") and "#" not in asked else ""
