"""What a citizen says afterwards: is it solved?"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.fields import LongText
from meldingen.models.reporter import Reporter


class Response(models.Model):
    """One answer of one reporter to "is het opgelost?", for good."""

    reporter = models.OneToOneField(Reporter, models.CASCADE, related_name="response")
    is_solved = models.BooleanField(_("opgelost"))
    words = LongText(_("toelichting"), max_length=1000, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("reactie van de melder")
        verbose_name_plural = _("reacties van melders")

    def __str__(self) -> str:
        return str(_("opgelost") if self.is_solved else _("niet opgelost"))
