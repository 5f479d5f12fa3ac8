"""Whether it works: indicators with a baseline, a target and dated values."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.models import Versioned
from plans.models.actions import Action
from plans.models.goals import StrategicGoal


class IndicatorKind(models.TextChoices):
    NUMBER = "getal", _("Getal")
    YES_NO = "ja-nee", _("Ja of nee")
    STEPS = "stappen", _("Stappen")


class Indicator(Versioned):
    """A measure of an action or of a strategic goal.

    Yes/no counts as 0 and 1, steps as the number of steps reached, so that one column and one
    chart serve all three kinds.
    """

    action = models.ForeignKey(
        Action, models.PROTECT, null=True, blank=True, related_name="indicators"
    )
    goal = models.ForeignKey(
        StrategicGoal, models.PROTECT, null=True, blank=True, related_name="indicators"
    )
    title = models.CharField(_("indicator"), max_length=200)
    kind = models.CharField(
        _("soort"), max_length=10, choices=IndicatorKind, default=IndicatorKind.NUMBER
    )
    unit = models.CharField(_("eenheid"), max_length=40, blank=True)
    steps = ArrayField(
        models.CharField(max_length=120), verbose_name=_("stappen"), default=list, blank=True
    )
    baseline = models.DecimalField(
        _("nulmeting"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    baseline_year = models.PositiveSmallIntegerField(
        _("jaar van de nulmeting"), null=True, blank=True
    )
    target = models.DecimalField(
        _("streefwaarde"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    target_year = models.PositiveSmallIntegerField(_("streefjaar"), null=True, blank=True)
    source = models.CharField(_("bron"), max_length=150, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(action__isnull=False, goal=None) | Q(action=None, goal__isnull=False),
                name="plans_indicator_one_owner",
                violation_error_message=_("Een indicator hoort bij één actie of één doelstelling."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=IndicatorKind.values), name="plans_indicator_known_kind"
            ),
            models.CheckConstraint(
                condition=~Q(kind=IndicatorKind.STEPS) | Q(steps__len__gt=0),
                name="plans_indicator_steps_named",
                violation_error_message=_("Geef bij een stappenindicator minstens één stap."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def show(self, value: Decimal | None) -> str:
        """A value in the words of its kind: "12 bussen", "ja", "2 van 4 stappen"."""
        if value is None:
            return "–"
        if self.kind == IndicatorKind.YES_NO:
            return str(_("ja") if value else _("nee"))
        if self.kind == IndicatorKind.STEPS:
            return str(_("%(done)d van %(all)d stappen") % {"done": value, "all": len(self.steps)})
        number = f"{value.normalize():f}".replace(".", ",")
        return f"{number} {self.unit}".strip()


class IndicatorValue(models.Model):
    """What an indicator read on a date, and who says so."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values")
    on = models.DateField(_("datum"))
    value = models.DecimalField(_("waarde"), max_digits=14, decimal_places=2)
    source = models.CharField(_("bron"), max_length=150, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "on"],
                name="plans_indicatorvalue_once",
                violation_error_message=_("Er is al een waarde op deze datum."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}: {self.indicator.show(self.value)}"
