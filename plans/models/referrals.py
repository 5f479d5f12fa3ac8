"""Referrals that came out of an action: only the link stands here."""

from __future__ import annotations

from django.db import models

from partners.models import Referral
from plans.models.actions import Action


class ActionReferral(models.Model):
    """That a referral was made from an action."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="referral_links")
    referral = models.OneToOneField(Referral, models.PROTECT, related_name="action_link")

    def __str__(self) -> str:
        return f"{self.action} {self.referral}"
