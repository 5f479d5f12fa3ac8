"""News about an action: what was done, what is next, how it goes."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.fields import LongText
from core.models import Channel, by_whom
from plans.models.actions import Action
from plans.workflow import NEEDS_EXPLANATION, Light


class Update(models.Model):
    """One message about the progress of an action. It is never changed, only followed by a next."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="updates")
    on = models.DateField(_("datum"))
    done = LongText(_("wat is er gebeurd"), max_length=2000)
    next = LongText(_("wat komt er nu"), max_length=1000, blank=True)
    light = models.CharField(_("verkeerslicht"), max_length=10, choices=Light, blank=True)
    progress = models.PositiveSmallIntegerField(
        _("voortgang"), default=0, validators=[MaxValueValidator(100)]
    )
    cause = LongText(_("oorzaak"), max_length=1000, blank=True)
    consequence = LongText(_("gevolg voor het doel"), max_length=1000, blank=True)
    proposal = LongText(_("voorstel"), max_length=1000, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_by_name = models.CharField(max_length=150)
    made_at = models.DateTimeField(db_default=Now())
    channel = models.CharField(max_length=10, choices=Channel, blank=True, editable=False)

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["action", "-on"], name="plans_update_action")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(light__in=NEEDS_EXPLANATION)
                | (~Q(cause="") & ~Q(consequence="") & ~Q(proposal="")),
                name="plans_update_explains_trouble",
                violation_error_message=_(
                    "Bij oranje of rood horen een oorzaak, een gevolg en een voorstel."
                ),
            ),
            models.CheckConstraint(
                condition=Q(progress__lte=100),
                name="plans_update_progress_percent",
                violation_error_message=_("De voortgang ligt tussen 0 en 100 procent."),
            ),
            models.CheckConstraint(
                condition=Q(light__in=["", *Light.values]), name="plans_update_known_light"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action.code} {self.on:%d/%m/%Y}"

    @property
    def who(self) -> str:
        return by_whom(self.made_by_name, self.channel)
