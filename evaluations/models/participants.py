"""Who is asked for an opinion: a person of the municipality, or a partner through its space."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Greatest, Now, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import INVOLVED_LEVELS
from core.fields import LongText
from evaluations.models.evaluations import Evaluation, Satisfaction
from evaluations.workflow import ASKED, WRITABLE
from partners.models import Partner, space_partners

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import User


def of_shared_level() -> Q:
    """What is stricter than "partners" never goes to one."""
    levels = list(INVOLVED_LEVELS)
    return (
        Q(evaluation__action__confidentiality__in=levels)
        | Q(evaluation__agreement__confidentiality__in=levels)
        | Q(evaluation__goal__sub_theme__domain__plan__confidentiality__in=levels)
        | Q(evaluation__domain__plan__confidentiality__in=levels)
        | Q(evaluation__plan__confidentiality__in=levels)
    )


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def visible_to(self, user: User) -> Self:
        """For a person of the municipality: what that person is asked, while it may be read."""
        return self.filter(person=user, evaluation__in=Evaluation.objects.visible_to(user))

    def in_space_of(self, user: User) -> Self:
        """For an outside partner: what it is asked, and what it answered."""
        return self.shown_to([partner.pk for partner in space_partners(user)])

    def shown_to(self, partners: Collection[int]) -> Self:
        """What these partners know of: evaluations in which they are asked."""
        return self.filter(of_shared_level(), partner__in=partners, evaluation__status__in=ASKED)

    def waiting(self) -> Self:
        return self.filter(answered_at=None, evaluation__status__in=WRITABLE)

    def with_day_asked(self) -> Self:
        """The day from which an answer is awaited, as `due_on`: asked, and the evaluation begun."""
        begun = Cast(KeyTextTransform("on", "evaluation__figures_begun"), models.DateField())
        return self.annotate(due_on=Greatest(TruncDate("asked_at"), begun))


class Participant(models.Model):
    """One who is asked, and the answer. An answer is read by who brings the evaluation to an end."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="participants")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("persoon"),
    )  # fmt: skip
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="evaluation_parts",
        verbose_name=_("partner"),
    )  # fmt: skip
    satisfaction = models.PositiveSmallIntegerField(
        _("hoe tevreden ben je?"), null=True, choices=Satisfaction
    )
    went_well = LongText(_("wat ging goed?"), max_length=2000, blank=True)
    should_change = LongText(_("wat moet anders?"), max_length=2000, blank=True)
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["partner__name", "person__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, partner__isnull=False)
                | Q(person__isnull=False, partner=None),
                name="evaluations_participant_one",
                violation_error_message=_("Kies een persoon of een partner."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None)
                | Q(answered_by__isnull=False, satisfaction__gte=1, satisfaction__lte=5),
                name="evaluations_participant_answered",
            ),
            models.UniqueConstraint(
                fields=["evaluation", "person"],
                name="evaluations_participant_person_once",
                violation_error_message=_("Deze persoon neemt al deel."),
            ),
            models.UniqueConstraint(
                fields=["evaluation", "partner"],
                name="evaluations_participant_partner_once",
                violation_error_message=_("Deze partner neemt al deel."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.partner or self.person)

    def get_absolute_url(self) -> str:
        """Where a partner answers."""
        return reverse("evaluation-space:answer", args=[self.pk])
