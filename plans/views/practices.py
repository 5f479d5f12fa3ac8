"""On which good practices an action is based, and which actions stand on a practice."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.form_page import show_form
from core.http import AuthedRequest, sent
from partners.models import GoodPractice
from plans import permissions
from plans.forms.practices import BasedOnForm
from plans.models import Action
from plans.operations.practices import base_on
from plans.rows import status_badge
from plans.views.action_edit import GET_OR_POST, about
from plans.views.actions import get_action

MOST = 50


@require_safe
def of_practice(request: AuthedRequest, pk: int) -> HttpResponse:
    """The actions that are based on a good practice, as a part of its page."""
    practice = get_object_or_404(GoodPractice.objects.visible_to(request.user), pk=pk)
    seen = Action.objects.visible_to(request.user).current().filter(practices=practice)
    rows = seen.in_plan_order()[:MOST]
    context = {
        "practice": practice,
        "rows": [{"action": row, "status": status_badge(row.status)} for row in rows],
    }
    template = "plans/of_practice.html"
    return render(request, f"{template}#actions" if request.htmx else template, context)


@GET_OR_POST
def action_practices(request: AuthedRequest, pk: int) -> HttpResponse:
    action = get_action(request.user, pk)
    permissions.may_base(request.user, action).or_403()
    form = BasedOnForm(sent(request), action=action, by=request.user)
    if form.is_valid():
        base_on(action, form.chosen(), by=request.user)
        messages.success(request, _("De goede praktijken zijn bewaard."))
        return redirect(action)
    return show_form(request, form, about(action, _("Gebaseerd op"), _("Bewaren")))
