"""What a partner says about its own contact data, until the municipality confirms it."""

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


class CorrectionQuerySet(models.QuerySet["ContactCorrection"]):
    def open(self) -> Self:
        return self.filter(decided_at=None)

    def to_decide_by(self, user: User) -> Self:
        places = user.municipality_ids_with(Right.PARTNER_EDIT)
        return self.open().filter(partner__municipality__in=places)


class ContactCorrection(models.Model):
    """Contact data as a partner wants them; they count once somebody confirmed them."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="corrections")
    contact_name = models.CharField(_("aanspreekpunt (functie)"), max_length=150, blank=True)
    contact_email = models.EmailField(_("e-mailadres"), blank=True)
    contact_phone = models.CharField(_("telefoon"), max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    confirmed = models.BooleanField(null=True, editable=False)

    objects = CorrectionQuerySet.as_manager()

    FIELDS = ("contact_name", "contact_email", "contact_phone")

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner"],
                condition=Q(decided_at=None),
                name="partners_correction_one_open",
                violation_error_message=_("Er wacht al een verbetering op bevestiging."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.partner)
