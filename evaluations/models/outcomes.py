"""What an evaluation led to: a bijsturing, a changed promise, or the end of its subject."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from evaluations.models.evaluations import Evaluation
from partners.models import Commitment
from plans.models import PlanRevision


class Outcome(models.Model):
    """One thing that was done because of an evaluation."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="outcomes")
    revision = models.ForeignKey(
        PlanRevision, models.PROTECT, null=True, related_name="evaluation_outcomes"
    )
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, related_name="evaluation_outcomes"
    )
    stopped = models.BooleanField(_("stopgezet"), default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revision__isnull=False, commitment=None, stopped=False)
                | Q(revision=None, commitment__isnull=False, stopped=False)
                | Q(revision=None, commitment=None, stopped=True),
                name="evaluations_outcome_of_one",
            ),
            models.UniqueConstraint(
                fields=["evaluation", "revision"], name="evaluations_outcome_revision_once"
            ),
            models.UniqueConstraint(
                fields=["evaluation", "commitment"], name="evaluations_outcome_commitment_once"
            ),
            models.UniqueConstraint(
                fields=["evaluation"],
                condition=Q(stopped=True),
                name="evaluations_outcome_stopped_once",
            ),
        ]

    def __str__(self) -> str:
        if self.revision:
            return str(self.revision)
        return str(self.commitment) if self.commitment else str(_("Stopgezet"))
