"""What the views of a plan and its parts share: loading in scope, and what stands around a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from core import form_page
from core.form_page import FormPage
from plans.models import Plan
from plans.models.plan import seen_plans

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from core.form_page import Crumbs, Words
    from core.http import AuthedRequest


def plan_page(
    title: Words,
    plan: Plan | None,
    back: str,
    submit: Words,
    lead: Words = "",
    **more: Any,
) -> FormPage:
    """A form on a plan, or on something of it; a plan that is still to be made is None."""
    crumbs: Crumbs = ((_("Plannen"), reverse("plans:list")),)
    if plan:
        crumbs += ((str(plan), plan.get_absolute_url()),)
    return FormPage(title, submit, back, lead, crumbs, **more)


def get_plan(request: AuthedRequest, code: str) -> Plan:
    """A plan outside someone's view does not exist for them: 404, never 403."""
    if request.method in {"GET", "HEAD"}:  # the page will need to know the plans anyway
        for plan in seen_plans(request.user):
            if plan.code == code:
                return plan
        raise Http404
    return get_object_or_404(Plan.objects.visible_to(request.user).for_list(), code=code)


def try_save(
    make: Callable[[], Any], save: Callable[[Any], Any], plan: Plan, *, by: User | None = None
) -> tuple[Any, Any]:
    """As everywhere; once somebody took a step, the plan itself may ask for a bijsturing."""

    def anew() -> Any:
        plan.refresh_from_db()
        return make()

    return form_page.try_save(make, save, by=by, anew=anew)
