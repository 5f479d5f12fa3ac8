"""How often a report is made for whom: its draft is there in time, by itself."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.models import Versioned
from partners.models import Partner
from plans.models import Plan
from reports.models.kinds import Audience, Variant, known_variant, variant_of

if TYPE_CHECKING:
    from accounts.models import User

MOST_WEEKS = 105  # two years
MOST_DAYS = 60


class ReportRhythmQuerySet(models.QuerySet["ReportRhythm"]):
    def visible_to(self, user: User) -> Self:
        """The calendar is for those who make reports."""
        return self.filter(municipality__in=user.municipality_ids_with(Right.REPORT_MAKE))

    def due(self, *, on: dt.date) -> Self:
        """Those whose draft has to be there on a day."""
        days = models.ExpressionWrapper(
            F("next_on") - F("days_ahead"), output_field=models.DateField()
        )
        return self.annotate(draft_on=days).filter(draft_on__lte=on)


class ReportRhythm(Versioned):
    """A report of one kind every so many weeks. `next_on` is the day on which they meet."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", verbose_name=_("plan"))
    municipality = models.ForeignKey(
        "accounts.Municipality", models.PROTECT, related_name="+", verbose_name=_("gemeente")
    )
    audience = models.CharField(_("voor wie"), max_length=12, choices=Audience)
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("partner"),
    )
    neighbourhood = models.ForeignKey(
        "accounts.Neighbourhood",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("wijk"),
    )
    weeks = models.PositiveSmallIntegerField(
        _("om de … weken"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_WEEKS)],
        help_text=_("Gewoonlijk: kerngroep 8, college 26, gemeenteraad 52."),
    )
    next_on = models.DateField(
        _("volgende keer"), help_text=_("De dag waarop ze het rapport bespreken.")
    )
    days_ahead = models.PositiveSmallIntegerField(
        _("ontwerp … dagen vooraf"), default=14, validators=[MaxValueValidator(MOST_DAYS)]
    )
    # In whose name the draft is made.
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )

    objects = ReportRhythmQuerySet.as_manager()

    class Meta:
        verbose_name = _("rapport in de kalender")
        verbose_name_plural = _("rapporten in de kalender")
        ordering = ["next_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "municipality", "audience", "partner", "neighbourhood"],
                nulls_distinct=False,
                name="reports_reportrhythm_once",
                violation_error_message=_("Dit soort rapport staat al in de kalender."),
            ),
            models.CheckConstraint(
                condition=Q(weeks__gte=1), name="reports_reportrhythm_some_weeks"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values),
                name="reports_reportrhythm_known_audience",
            ),
            models.CheckConstraint(
                condition=known_variant(), name="reports_reportrhythm_known_variant"
            ),
        ]

    def __str__(self) -> str:
        about = f" · {self.subject}" if self.subject else ""
        return f"{self.plan}: {self.variant.label}{about}"

    def get_absolute_url(self) -> str:
        return reverse("reports:calendar")

    @property
    def variant(self) -> Variant:
        return variant_of(
            self.audience, partner=self.partner_id, neighbourhood=self.neighbourhood_id
        )

    @property
    def subject(self) -> str:
        return str(self.partner or (self.neighbourhood.name if self.neighbourhood else ""))

    @property
    def draft_day(self) -> dt.date:
        """On which its draft appears."""
        return self.next_on - dt.timedelta(days=self.days_ahead)

    def after(self, day: dt.date) -> dt.date:
        """The first time whose draft is not due yet on a day: what was missed is made once."""
        step, found = dt.timedelta(weeks=self.weeks), self.next_on
        while found - dt.timedelta(days=self.days_ahead) <= day:
            found += step
        return found
