"""What was told to partners and by them: the log that a data-protection officer asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from partners.models.register import Partner

if TYPE_CHECKING:
    from accounts.models import User


class LegalGround(models.TextChoices):
    """On what ground something is shared (AVG, art. 6)."""

    NO_PERSONAL_DATA = "geen persoonsgegevens", _("Er gaan geen persoonsgegevens mee")
    PUBLIC_TASK = "algemeen belang", _("Taak van algemeen belang (art. 6.1.e AVG)")
    LEGAL_DUTY = "wettelijke plicht", _("Wettelijke verplichting (art. 6.1.c AVG)")
    CONSENT = "toestemming", _("Toestemming van de betrokkene (art. 6.1.a AVG)")
    CONTRACT = "overeenkomst", _("Uitvoering van een overeenkomst (art. 6.1.b AVG)")


class Direction(models.TextChoices):
    OUT = "uit", _("Naar de partner")
    IN = "in", _("Van de partner")


class SharingEntryQuerySet(models.QuerySet["SharingEntry"]):
    def visible_to(self, user: User) -> Self:
        places = user.municipality_ids_with(Right.SHARING_READ)
        return self.filter(partner__municipality__in=places)


class SharingEntry(models.Model):
    """One line of that log. The database refuses changes to it, as it does for the history.

    It says which fields went, on what ground and to whom, and never what they held.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="sharing")
    direction = models.CharField(_("richting"), max_length=5, choices=Direction)
    what = models.CharField(_("wat"), max_length=300)
    subject = models.CharField(_("onderwerp"), max_length=60)  # as the history names it
    subject_label = models.CharField(max_length=300)
    purpose = models.CharField(_("doel"), max_length=300, blank=True)
    ground = models.CharField(_("rechtsgrond"), max_length=30, choices=LegalGround, blank=True)
    until = models.DateTimeField(_("tot"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("door"),
    )
    by_name = models.CharField(_("door"), max_length=150)
    at = models.DateTimeField(_("wanneer"), db_default=Now())

    objects = SharingEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["partner", "-at"], name="partners_sharing_partner"),
            models.Index(fields=["subject", "-at"], name="partners_sharing_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="partners_sharing_direction"
            ),
            models.CheckConstraint(
                condition=Q(ground__in=["", *LegalGround.values]), name="partners_sharing_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.what}"
