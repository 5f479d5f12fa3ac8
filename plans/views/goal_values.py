"""What the indicator of a strategic goal reads on a day."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.form_page import show_form
from core.http import AuthedRequest, sent
from plans import permissions
from plans.forms.indicators import ValueForm
from plans.models import Indicator, Plan, StrategicGoal
from plans.operations.actions import measure
from plans.views.common import get_plan, plan_page


@require_http_methods(["GET", "HEAD", "POST"])
def goal_value(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    plan = get_plan(request, code)
    row = _get_measure(request, plan, pk)
    permissions.may_measure(request.user, row).or_403()
    form = ValueForm(sent(request), indicator=row, initial={"source": row.source})
    back = f"{plan.domains.get(goals=row.goal_id).get_absolute_url()}#doelen"
    if form.is_valid():
        read = form.cleaned_data
        measure(row, read["value"], on=read["on"], source=read["source"], by=request.user)
        messages.success(request, _("De waarde is bewaard."))
        return redirect(back)
    page = plan_page(_("Waarde invullen"), plan, back, _("Bewaren"), row.title)
    return show_form(request, form, page)


def _get_measure(request: AuthedRequest, plan: Plan, pk: int) -> Indicator:
    """An indicator is seen with its goal; an archived one is measured no more."""
    goals = StrategicGoal.objects.visible_to(request.user).current().filter(domain__plan=plan)
    rows = Indicator.objects.filter(archived_at=None, goal__in=goals)
    return get_object_or_404(rows.select_related("goal__domain__plan"), pk=pk)
