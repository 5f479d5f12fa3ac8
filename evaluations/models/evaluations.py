"""A look back at what was agreed: what came of it, and whether it goes on as it is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from core.fields import LongText
from core.models import Versioned
from evaluations.models.rhythms import EvaluationRhythm, one_of
from evaluations.models.subjects import (
    FIELDS,
    LOADED,
    What,
    address_of,
    level_of,
    plan_of,
    subjects,
    what_is,
)
from evaluations.workflow import OPEN, EvaluationKind, EvaluationStatus, Judgement
from partners.models import Agreement
from partners.models.agreements import SENSIBLE
from plans.models import Action, Domain, Plan, TacticalGoal

if TYPE_CHECKING:
    from accounts.models import User
    from core.confidentiality import Level
    from evaluations.models.subjects import Subject


class Satisfaction(models.IntegerChoices):
    VERY_LOW = 1, _("1 – helemaal niet tevreden")
    LOW = 2, _("2 – niet tevreden")
    MIDDLING = 3, _("3 – gaat wel")
    HIGH = 4, _("4 – tevreden")
    VERY_HIGH = 5, _("5 – heel tevreden")


def is_late(*, on: dt.date) -> Q:
    """Its day is past and it is not finished: told from the day and the status, never stored."""
    return Q(status__in=OPEN, planned_on__lt=on)


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, user: User) -> Self:
        """Who reads the subject reads its evaluations."""
        seen = Q(pk__in=[])
        for what, name in FIELDS.items():
            seen |= Q(**{f"{name}__in": subjects(what, user)})
        return self.filter(seen)

    def about(self, subject: Subject) -> Self:
        return self.filter(**{FIELDS[what_is(subject)]: subject})

    def within(self, plan: Plan) -> Self:
        """Of all that stands in a plan, and of the agreements its actions rest on."""
        actions = Action.objects.filter(plan=plan)
        promised = Agreement.objects.filter(parties__commitments__action_links__action__in=actions)
        return self.filter(
            Q(action__plan=plan)
            | Q(goal__sub_theme__domain__plan=plan)
            | Q(domain__plan=plan)
            | Q(agreement__in=promised)
        )

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def established(self) -> Self:
        return self.filter(status=EvaluationStatus.ESTABLISHED)

    def late(self, *, on: dt.date) -> Self:
        return self.filter(is_late(on=on))

    def kept_by(self, user: User) -> Self:
        """What this person, or somebody in this person's place, has to bring to an end."""
        return self.filter(Q(responsible=user) | Q(deputy=user))

    def search(self, text: str) -> Self:
        return self.filter(
            Q(title__icontains=text)
            | Q(action__code__istartswith=text)
            | Q(action__title__icontains=text)
            | Q(agreement__code__istartswith=text)
            | Q(agreement__title__icontains=text)
            | Q(domain__title__icontains=text)
        )

    def for_list(self) -> Self:
        """With its subject, and who brings it to an end."""
        paths = [f"{name}__{path}" for what, name in FIELDS.items() for path in LOADED[what]]
        return self.select_related(
            *FIELDS.values(), *paths, "municipality", "responsible", "deputy"
        )


class Evaluation(Versioned):
    """One evaluation of one thing, with a day and somebody who brings it to an end."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="evaluations", verbose_name=_("gemeente")
    )
    action = models.ForeignKey(Action, models.PROTECT, null=True, related_name="evaluations")
    goal = models.ForeignKey(TacticalGoal, models.PROTECT, null=True, related_name="evaluations")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, related_name="evaluations")
    domain = models.ForeignKey(Domain, models.PROTECT, null=True, related_name="evaluations")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="evaluations")
    kind = models.CharField(
        _("soort"), max_length=15, choices=EvaluationKind, default=EvaluationKind.INTERIM
    )
    title = models.CharField(
        _("titel"),
        max_length=200,
        help_text=_(
            "Wie deelneemt, ziet deze titel, ook bij een partner. Geen namen van personen."
        ),
    )
    planned_on = models.DateField(_("gepland op"), validators=SENSIBLE)
    status = models.CharField(
        _("status"), max_length=15, choices=EvaluationStatus, default=EvaluationStatus.PLANNED
    )
    # Empty only where the product planned it itself and found nobody.
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("verantwoordelijke"),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("plaatsvervanger"),
    )
    rhythm = models.ForeignKey(
        EvaluationRhythm, models.PROTECT, null=True, editable=False, related_name="evaluations"
    )
    # The day of the rhythm that this one answers, also once it was put on another day.
    term = models.DateField(null=True, editable=False)

    agreed = LongText(_("wat was afgesproken"), max_length=4000, blank=True)
    happened = LongText(_("wat gebeurde er"), max_length=4000, blank=True)
    effect = LongText(_("wat leverde het op"), max_length=4000, blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        _("tevredenheid van de partijen"),
        null=True,
        blank=True,
        choices=Satisfaction,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    satisfaction_word = models.CharField(_("in een paar woorden"), max_length=200, blank=True)
    lessons = LongText(_("lessen"), max_length=4000, blank=True)
    judgement = models.CharField(_("oordeel"), max_length=15, choices=Judgement, blank=True)
    judgement_reason = LongText(_("waarom"), max_length=2000, blank=True)

    # What the product knew of the subject when it began and when it was established.
    figures_begun = models.JSONField(null=True, editable=False)
    figures_established = models.JSONField(null=True, editable=False)
    established_on = models.DateField(_("vastgesteld op"), null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now())

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["planned_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=one_of(tuple(FIELDS.values())),
                name="evaluations_evaluation_of_one",
                violation_error_message=_("Een evaluatie gaat over precies één ding."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=EvaluationKind.values),
                name="evaluations_evaluation_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(status__in=EvaluationStatus.values),
                name="evaluations_evaluation_known_status",
            ),
            models.CheckConstraint(
                condition=Q(judgement__in=["", *Judgement.values]),
                name="evaluations_evaluation_known_judgement",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction=None) | Q(satisfaction__gte=1, satisfaction__lte=5),
                name="evaluations_evaluation_satisfaction",
                violation_error_message=_("Tevredenheid is een cijfer van 1 tot 5."),
            ),
            models.CheckConstraint(
                condition=~Q(status=EvaluationStatus.ESTABLISHED)
                | ~Q(judgement="") & Q(established_on__isnull=False),
                name="evaluations_evaluation_established_judges",
                violation_error_message=_("Wie vaststelt, geeft een oordeel."),
            ),
            models.CheckConstraint(
                condition=Q(judgement="") | ~Q(judgement_reason=""),
                name="evaluations_evaluation_judgement_says_why",
                violation_error_message=_("Zeg waarom je dit oordeelt."),
            ),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=F("responsible")),
                name="evaluations_evaluation_other_deputy",
                violation_error_message=_("De plaatsvervanger is iemand anders."),
            ),
            models.UniqueConstraint(
                fields=["rhythm", "term"], name="evaluations_evaluation_once_per_term"
            ),
            models.UniqueConstraint(
                fields=["agreement", "term"], name="evaluations_evaluation_once_per_agreement"
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "planned_on"], name="evaluations_planned_on"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evaluations:detail", args=[self.pk])

    @property
    def what(self) -> What:
        return next(what for what, name in FIELDS.items() if getattr(self, f"{name}_id"))

    @property
    def subject(self) -> Any:
        return getattr(self, FIELDS[self.what])

    @property
    def subject_url(self) -> str:
        return address_of(self.subject)

    @property
    def in_plan(self) -> Plan | None:
        return plan_of(self.subject)

    @property
    def level(self) -> Level | str:
        """As strict as what it is about, always."""
        return level_of(self.subject)

    def is_late(self, *, on: dt.date) -> bool:
        return self.status in OPEN and self.planned_on < on


class Question(models.Model):
    """A question of this one evaluation, beside those that each asks."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("vraag"), max_length=300)
    answer = LongText(_("antwoord"), max_length=2000, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text
