"""What is evaluated: an action, a tactical goal, an agreement, a domain or a whole plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from partners.models import Agreement
from plans.models import Action, Domain, Plan, TacticalGoal
from plans.models.plan import helped_plan_ids, in_scope, seen_plans

if TYPE_CHECKING:
    from accounts.models import User

    Subject = Action | TacticalGoal | Agreement | Domain | Plan


class What(models.TextChoices):
    """The kinds of subject, as addresses and filters name them."""

    ACTION = "actie", _("Actie")
    GOAL = "doel", _("Tactische doelstelling")
    AGREEMENT = "afspraak", _("Afspraak")
    DOMAIN = "domein", _("Domein")
    PLAN = "plan", _("Plan")


FIELDS = {
    What.ACTION: "action",
    What.GOAL: "goal",
    What.AGREEMENT: "agreement",
    What.DOMAIN: "domain",
    What.PLAN: "plan",
}
LOADED = {
    What.ACTION: ("plan__municipality", "plan__zone"),
    What.GOAL: ("sub_theme__domain__plan__municipality", "sub_theme__domain__plan__zone"),
    What.AGREEMENT: ("municipality",),
    What.DOMAIN: ("plan__municipality", "plan__zone"),
    What.PLAN: ("municipality", "zone"),
}


def readable_plan_ids(user: User) -> list[int]:
    """The plans of which this person reads what the municipality says among its own.

    A public plan is there for everybody; what is thought of how it goes is not.
    """
    places, zones = user.municipality_ids_with(Right.PLAN_READ), user.zone_ids_with(Right.PLAN_READ)
    helped = helped_plan_ids(user)
    return [
        plan.pk
        for plan in seen_plans(user)
        if plan.pk in helped
        or (plan.municipality_id in places if plan.municipality_id else plan.zone_id in zones)
    ]


def subjects(what: str, user: User) -> models.QuerySet[Any]:
    """What of this kind a person may read the evaluations of."""
    if what == What.AGREEMENT:
        return Agreement.objects.visible_to(user)
    if what == What.ACTION:
        inside = in_scope(user, Right.PLAN_READ, "plan__") | Q(plan__in=helped_plan_ids(user))
        return Action.objects.visible_to(user).filter(inside)
    plans = readable_plan_ids(user)
    if what == What.GOAL:
        return TacticalGoal.objects.filter(sub_theme__domain__plan__in=plans)
    return (
        Domain.objects.filter(plan__in=plans)
        if what == What.DOMAIN
        else Plan.objects.filter(pk__in=plans)
    )


def what_is(subject: Subject) -> What:
    names: dict[type, What] = {
        Action: What.ACTION,
        TacticalGoal: What.GOAL,
        Agreement: What.AGREEMENT,
        Domain: What.DOMAIN,
        Plan: What.PLAN,
    }
    return names[type(subject)]


def plan_of(subject: Subject) -> Plan | None:
    """The plan that a subject is part of; an agreement is part of none."""
    if isinstance(subject, Plan):
        return subject
    if isinstance(subject, TacticalGoal):
        return subject.sub_theme.domain.plan
    return None if isinstance(subject, Agreement) else subject.plan


def level_of(subject: Subject) -> str:
    if isinstance(subject, Action | Agreement):
        return subject.confidentiality
    plan = plan_of(subject)
    assert plan is not None  # noqa: S101 - only an agreement has none
    return plan.confidentiality


def address_of(subject: Subject) -> str:
    if isinstance(subject, TacticalGoal):
        return subject.sub_theme.domain.get_absolute_url()
    return subject.get_absolute_url()
