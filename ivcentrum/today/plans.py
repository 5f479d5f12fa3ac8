"""What a plan still lacks: domains without one of the three dimensions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from ivcentrum.today.task import SHOWN, Line, Task, Urgency
from plans.models import Domain, Plan
from plans.models.plan import in_scope, seen_plans
from plans.workflow import PLAN_IN_FORCE, PLAN_IN_THE_MAKING

if TYPE_CHECKING:
    from accounts.models import User


def tasks(user: User) -> Iterable[Task]:
    """For those who edit plans."""
    if not user.has_right(Right.PLAN_EDIT):
        return
    rows = list(_unbalanced(user))
    lines = tuple(
        Line(domain.title, domain.get_absolute_url(), f"D{domain.number}", str(domain.plan))
        for domain in rows[:SHOWN]
    )
    url = lines[0].url if len(rows) == 1 else reverse("plans:list")
    yield Task(Urgency.INCOMPLETE, _("Domeinen zonder proactieve, preventieve of reactieve actie"),
               len(rows), url, _("Vul aan of zeg waarom"), "warn", "scale", lines)  # fmt: skip


def public_plans(user: User) -> list[Plan]:
    """The plans that a reader may see; others find them in the navigation."""
    if user.has_right(Right.PLAN_READ) or user.has_right(Right.HEALTH_READ):
        return []
    return [plan for plan in seen_plans(user) if plan.status in PLAN_IN_FORCE]


def _unbalanced(user: User) -> Iterable[Domain]:
    """Main domains that miss a dimension, where nobody said why."""
    plans = Plan.objects.filter(
        in_scope(user, Right.PLAN_EDIT), status__in=PLAN_IN_FORCE | PLAN_IN_THE_MAKING
    )
    counted = Domain.objects.filter(plan__in=plans).unbalanced()
    return counted.select_related("plan").order_by("plan", "position")
