"""Confidential notes about an action: only the link stands here."""

from __future__ import annotations

from django.db import models

from partners.models import ConfidentialNote
from plans.models.actions import Action


class ActionNote(models.Model):
    """That a confidential note is about an action."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="note_links")
    note = models.OneToOneField(ConfidentialNote, models.PROTECT, related_name="action_link")

    def __str__(self) -> str:
        return f"{self.action} {self.note}"
