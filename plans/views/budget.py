"""The money of one action."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.http import AuthedRequest
from plans.forms.budget import BudgetFormSet
from plans.views.rows import edit_rows


@require_http_methods(["GET", "HEAD", "POST"])
def action_budget(request: AuthedRequest, pk: int) -> HttpResponse:
    return edit_rows(request, pk, BudgetFormSet, verb="action.budget", title=_("Budget"))
