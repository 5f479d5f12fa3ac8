"""What was done when a partner did not keep what it promised: the ladder, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.fields import LongText
from partners.models.register import Partner

if TYPE_CHECKING:
    from accounts.models import User


class Rung(models.TextChoices):
    """The ladder, in its order: ask, ask the one in charge, put it on the table."""

    REMINDER = "herinnering", _("Herinnering aan wie het doet")
    OFFICER = "aanspreekpunt", _("Gesprek met het aanspreekpunt")
    CORE_GROUP = "kerngroep", _("Punt op de kerngroep")


class EscalationQuerySet(models.QuerySet["EscalationStep"]):
    def visible_to(self, user: User) -> Self:
        places = user.municipality_ids_with(Right.ENGAGEMENT_READ)
        return self.filter(partner__municipality__in=places)


class EscalationStep(models.Model):
    """One step on the ladder. The municipality keeps it to itself."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="escalations")
    rung = models.CharField(_("stap"), max_length=20, choices=Rung)
    on = models.DateField(_("wanneer"), default=timezone.localdate)
    about = LongText(_("waarover"), max_length=1000)
    agreed = LongText(_("wat is er afgesproken"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    objects = EscalationQuerySet.as_manager()

    class Meta:
        verbose_name = _("stap op de ladder")
        verbose_name_plural = _("stappen op de ladder")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rung__in=Rung.values), name="partners_escalation_known_rung"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rung_display()} ({self.on:%d/%m/%Y})"
