"""What a citizen gives: photos before the form is sent, answers to a question, and the last word."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.fields import LongText
from meldingen.models.melding import Melding
from meldingen.models.reporter import Reporter

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User


class WaitingPhoto(models.Model):
    """A photo of a form that was not sent yet: shown to nobody, and gone after a day.

    Once the form is sent the row stays that day without its file, for what one address may send.
    """

    form_key = models.UUIDField(db_index=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="meldingen/%Y/%m", max_length=200, blank=True)
    thumbnail = models.FileField(upload_to="meldingen/%Y/%m", max_length=200, blank=True)
    is_held = models.BooleanField(default=False)
    network = models.CharField(max_length=64)  # stands for an address on the network, one way
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["network", "at"], name="meldingen_waiting_network")]

    def __str__(self) -> str:
        return self.name


class QuestionQuerySet(models.QuerySet["ReporterQuestion"]):
    def visible_to(self, user: User) -> Self:
        """Whoever may read reporters: an answer may tell who somebody is."""
        places = user.municipality_ids_with(Right.REPORTER_READ)
        seen = Melding.objects.visible_to(user).filter(municipality__in=places)
        return self.filter(melding__in=seen)

    def unanswered(self, *, on: dt.date) -> Self:
        """Asked, and the reporter can still answer."""
        return self.filter(answered_at=None, due__gte=on)

    def unread(self) -> Self:
        """Answered, and nobody of us looked yet."""
        return self.filter(read_at=None).exclude(answered_at=None)


class ReporterQuestion(models.Model):
    """Something we ask a reporter by mail; the answer comes back through a link."""

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="reporter_questions")
    reporter = models.ForeignKey(Reporter, models.CASCADE, related_name="questions")
    text = LongText(_("vraag"), max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=150)
    asked_at = models.DateTimeField(db_default=Now())
    due = models.DateField(_("antwoorden tot en met"))
    answer = LongText(_("antwoord"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("vraag aan de melder")
        verbose_name_plural = _("vragen aan melders")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="meldingen_reporterquestion_answer_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"vraag {self.pk}"  # never the words: this stands in logs and histories


class Response(models.Model):
    """One answer of one reporter to "is het opgelost?" about one closing, for good."""

    reporter = models.ForeignKey(Reporter, models.CASCADE, related_name="responses")
    about = models.DateTimeField()  # when it was closed: what opens again is asked about again
    is_solved = models.BooleanField(_("opgelost"))
    words = LongText(_("toelichting"), max_length=1000, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("reactie van de melder")
        verbose_name_plural = _("reacties van melders")
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "about"], name="meldingen_response_once_a_closing"
            ),
        ]

    def __str__(self) -> str:
        return str(_("opgelost") if self.is_solved else _("niet opgelost"))
