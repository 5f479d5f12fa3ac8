"""Who reported: personal data in a table of its own, with a right of its own, each reading noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.languages import Language
from core.models import Versioned
from meldingen.models.melding import Melding

if TYPE_CHECKING:
    from accounts.models import User


class Channel(models.TextChoices):
    """How the reporter wants to hear from us."""

    MAIL = "mail", _("E-mail")
    PHONE = "telefoon", _("Telefoon")
    LETTER = "brief", _("Brief")
    COUNTER = "loket", _("Aan het loket")
    POSTER = "affiche", _("Bericht aan de Pro?bleembox")
    NONE = "geen", _("Geen antwoord gevraagd")


class ReporterQuerySet(models.QuerySet["Reporter"]):
    def visible_to(self, user: User) -> Self:
        """Whoever may read reporters, of the meldingen that this person sees."""
        places = user.municipality_ids_with(Right.REPORTER_READ)
        return self.filter(
            melding__municipality__in=places, melding__in=Melding.objects.visible_to(user)
        )

    def to_be_told_by(self, melding: Melding) -> Self:
        """Who wants to hear what became of a melding, or of one that was joined to it."""
        told = Q(melding=melding) | Q(melding__joined_to=melding)
        return self.filter(told).exclude(channel=Channel.NONE)

    def left_without_answer(self) -> Self:
        """Who wants an answer to what is over, and has none since: it should be nobody."""
        over = self.exclude(channel=Channel.NONE).annotate(
            over_at=Case(
                When(melding__joined_to=None, then=F("melding__closed_at")),
                default=F("melding__joined_to__closed_at"),
            )
        )
        told = self.model.answers.rel.related_model._default_manager.filter(
            reporter=OuterRef("pk"), made_at__gte=OuterRef("over_at")
        )
        return over.exclude(over_at=None).filter(~Exists(told))


class Reporter(Versioned):
    """Somebody who told us, and how to answer. A joined melding brings its reporters along."""

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="reporters")
    name = models.CharField(_("naam"), max_length=150, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=40, blank=True)
    address = models.CharField(_("adres"), max_length=200, blank=True)
    channel = models.CharField(
        _("antwoord via"), max_length=10, choices=Channel, default=Channel.NONE
    )
    language = models.CharField(_("taal"), max_length=2, choices=Language, default=Language.DUTCH)
    consents = models.BooleanField(_("mag doorgegeven worden aan wie het oplost"), default=False)
    created_at = models.DateTimeField(db_default=Now())

    objects = ReporterQuerySet.as_manager()

    class Meta:
        verbose_name = _("melder")
        verbose_name_plural = _("melders")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="meldingen_reporter_known_channel"
            ),
            models.CheckConstraint(
                condition=~Q(channel=Channel.MAIL) | ~Q(email=""),
                name="meldingen_reporter_mail_has_address",
                violation_error_message=_("Voor een antwoord per mail is een e-mailadres nodig."),
            ),
            models.CheckConstraint(
                condition=~Q(channel=Channel.PHONE) | ~Q(phone=""),
                name="meldingen_reporter_phone_has_number",
                violation_error_message=_("Voor een antwoord per telefoon is een nummer nodig."),
            ),
            models.CheckConstraint(
                condition=~Q(channel=Channel.LETTER) | ~Q(address=""),
                name="meldingen_reporter_letter_has_address",
                violation_error_message=_("Voor een antwoord per brief is een adres nodig."),
            ),
        ]

    def __str__(self) -> str:
        return f"melder {self.pk}"  # never the name: this stands in logs and histories

    @property
    def wants_answer(self) -> bool:
        return self.channel != Channel.NONE


class ReporterReading(models.Model):
    """Somebody read who reported a melding. The database refuses changes to it."""

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="readings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    where = models.CharField(max_length=20)  # on the page, in an export
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.by_name} {self.melding_id}"
