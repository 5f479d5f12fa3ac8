"""Which promises of partners an action rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models import Commitment
from plans.models.actions import Action

if TYPE_CHECKING:
    from accounts.models import User


class ActionCommitmentQuerySet(models.QuerySet["ActionCommitment"]):
    def visible_to(self, user: User) -> Self:
        """Of the actions and the agreements that this person reads, both."""
        promises = Commitment.objects.visible_to(user).current()
        return self.filter(action__in=Action.objects.visible_to(user), commitment__in=promises)


class ActionCommitment(models.Model):
    """That an action rests on a promise made in an agreement."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="commitment_links")
    commitment = models.ForeignKey(
        Commitment, models.CASCADE, related_name="action_links", verbose_name=_("engagement")
    )

    objects = ActionCommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "commitment"],
                name="plans_actioncommitment_once",
                violation_error_message=_("Dit engagement hoort al bij deze actie."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action.code}: {self.commitment}"
