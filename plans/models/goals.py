"""Why and what: domains with strategic goals, sub-themes with tactical goals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import LongText
from core.models import Versioned
from partners.models import ContactOfficer, Partner
from plans.models.plan import PlanPart, PlanRevision, seen_plans

if TYPE_CHECKING:
    from accounts.models import User

DIMENSIONS = 3  # proactive, preventive, reactive: see plans.models.actions.Dimension

P = TypeVar("P", bound=models.Model)


class PlanPartQuerySet(models.QuerySet[P]):
    """What the parts of a plan have in common: seen with the plan, archived apart."""

    plan_path = "plan"

    def visible_to(self, user: User) -> Self:
        return self.filter(**{f"{self.plan_path}__in": [plan.pk for plan in seen_plans(user)]})

    def current(self) -> Self:
        return self.filter(archived_at=None)


class DomainQuerySet(PlanPartQuerySet["Domain"]):
    def unbalanced(self) -> Self:
        """Main domains that miss one of the three dimensions, where nobody said why."""
        present = Count(
            "sub_themes__actions__dimension",
            distinct=True,
            filter=Q(sub_themes__archived_at=None, sub_themes__actions__archived_at=None),
        )
        main = self.current().filter(is_supporting=False, balance_reason="")
        return main.annotate(dimensions=present).filter(dimensions__lt=DIMENSIONS)


class Domain(PlanPart, Versioned):
    """A main chapter of the plan, with its problem statement: the why."""

    number = models.PositiveSmallIntegerField(_("nummer"))
    title = models.CharField(_("titel"), max_length=150)
    is_supporting = models.BooleanField(_("ondersteunend domein"), default=False)
    problem = LongText(_("probleemstelling"), max_length=4000, blank=True)
    background = LongText(_("context"), max_length=4000, blank=True)
    # A domain without one of the three dimensions is possible, but somebody says why.
    balance_reason = LongText(_("waarom een dimensie ontbreekt"), max_length=1000, blank=True)
    revision = models.ForeignKey(
        PlanRevision, models.PROTECT, null=True, blank=True, editable=False, related_name="domains"
    )

    objects = DomainQuerySet.as_manager()

    class Meta:
        ordering = ["position", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="plans_domain_number_once",
                violation_error_message=_("Dit nummer bestaat al in dit plan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("plans:domain", args=[self.plan.code, self.number])


class DomainPartner(models.Model):
    """That a partner counts in a domain, also when it does nothing in an action of it yet."""

    domain = models.ForeignKey(Domain, models.CASCADE, related_name="named_partners")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="domains_named")
    # Whom to turn to at this partner for this domain; without one, its general contact officer.
    # The database holds to it that it is one of this partner: plans_domainpartner_own_contact.
    contact = models.ForeignKey(
        ContactOfficer,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="domains",
        verbose_name=_("aanspreekpunt"),
    )

    class Meta:
        verbose_name = _("domein")
        verbose_name_plural = _("domeinen")
        constraints = [
            models.UniqueConstraint(
                fields=["domain", "partner"],
                name="plans_domainpartner_once",
                violation_error_message=_("Deze partner staat al bij dit domein."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.domain}"


class StrategicGoalQuerySet(PlanPartQuerySet["StrategicGoal"]):
    plan_path = "domain__plan"


class StrategicGoal(Versioned):
    """The long-term result a domain aims at, over the whole plan."""

    domain = models.ForeignKey(Domain, models.PROTECT, related_name="goals")
    text = LongText(_("strategische doelstelling"), max_length=1000)
    position = models.PositiveIntegerField(default=0, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = StrategicGoalQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text[:120]


class SubThemeQuerySet(PlanPartQuerySet["SubTheme"]):
    plan_path = "domain__plan"


class SubTheme(Versioned):
    """A part of a domain with its justification: the what."""

    domain = models.ForeignKey(Domain, models.PROTECT, related_name="sub_themes")
    code = models.CharField(_("code"), max_length=10)
    title = models.CharField(_("titel"), max_length=150)
    why = LongText(_("verantwoording"), max_length=2000, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    revision = models.ForeignKey(
        PlanRevision,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="sub_themes",
    )

    objects = SubThemeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["domain", "code"],
                name="plans_subtheme_code_once",
                violation_error_message=_("Deze code bestaat al in dit domein."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class TacticalGoalQuerySet(PlanPartQuerySet["TacticalGoal"]):
    plan_path = "sub_theme__domain__plan"


class TacticalGoal(Versioned):
    """What a sub-theme wants to reach on the middle term."""

    sub_theme = models.ForeignKey(SubTheme, models.PROTECT, related_name="goals")
    text = LongText(_("tactische doelstelling"), max_length=1000)
    position = models.PositiveIntegerField(default=0, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TacticalGoalQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text[:120]
