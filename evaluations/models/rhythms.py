"""How often something is evaluated."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from core.days import add_months
from core.models import Versioned
from evaluations.models.subjects import FIELDS, What, subjects
from plans.models import Action, Domain, Plan, TacticalGoal

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User

MOST_MONTHS = 72
# An agreement has a rhythm of its own.
WITH_RHYTHM = (What.ACTION, What.GOAL, What.DOMAIN, What.PLAN)


def one_of(names: tuple[str, ...]) -> Q:
    """Exactly one of these columns is filled in."""
    ways = [{f"{other}__isnull": other != name for other in names} for name in names]
    return reduce(or_, (Q(**way) for way in ways))


class EvaluationRhythmQuerySet(models.QuerySet["EvaluationRhythm"]):
    def visible_to(self, user: User) -> Self:
        seen = Q(pk__in=[])
        for what in WITH_RHYTHM:
            seen |= Q(**{f"{FIELDS[what]}__in": subjects(what, user)})
        return self.filter(seen)

    def running(self) -> Self:
        return self.filter(ended_at=None)


class EvaluationRhythm(Versioned):
    """Every so many months an evaluation, from a day on; the product plans each in time."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, models.PROTECT, null=True, related_name="+")
    goal = models.ForeignKey(TacticalGoal, models.PROTECT, null=True, related_name="+")
    domain = models.ForeignKey(Domain, models.PROTECT, null=True, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="+")
    months = models.PositiveSmallIntegerField(
        _("om de … maanden"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
    )
    starts = models.DateField(_("eerste evaluatie op"))
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("verantwoordelijke"),
    )
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EvaluationRhythmQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=one_of(tuple(FIELDS[what] for what in WITH_RHYTHM)),
                name="evaluations_rhythm_of_one",
            ),
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=MOST_MONTHS),
                name="evaluations_rhythm_months",
                violation_error_message=_("Kies tussen 1 en 72 maanden."),
            ),
            *(
                models.UniqueConstraint(
                    fields=[FIELDS[what]],
                    condition=Q(ended_at=None),
                    name=f"evaluations_rhythm_once_{FIELDS[what]}",
                    violation_error_message=_("Hiervoor loopt al een ritme."),
                )
                for what in WITH_RHYTHM
            ),
        ]

    def __str__(self) -> str:
        return str(_("Om de %d maanden") % self.months)

    def term(self, number: int) -> dt.date:
        """The day of the first (0), second (1) … evaluation, always reckoned from the first."""
        return add_months(self.starts, self.months * number)
