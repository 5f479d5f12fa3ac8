"""What gathers around a melding: notes, photos, and the answer to whoever reported it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.fields import LongText
from core.search import SEARCH_CONFIG
from meldingen.models.melding import Melding
from meldingen.models.reporter import Channel, Reporter
from partners.models import Referral

if TYPE_CHECKING:
    from accounts.models import User


class Note(models.Model):
    """What a colleague wrote down about a melding; it never leaves the house."""

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="notes")
    text = LongText(_("notitie"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(db_default=Now())
    search = models.GeneratedField(
        expression=SearchVector("text", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("notitie")
        verbose_name_plural = _("notities")
        indexes = [GinIndex(fields=["search"], name="meldingen_note_search")]

    def __str__(self) -> str:
        return self.text[:80]


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: User) -> Self:
        """Those of the meldingen that this person sees, but for what still has to be scanned."""
        return self.filter(melding__in=Melding.objects.visible_to(user), is_held=False)


class Photo(models.Model):
    """A photo or a scanned note, drawn anew without what the camera knew, with a small version."""

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="photos")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("naam"), max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="meldingen/%Y/%m", max_length=200)
    thumbnail = models.FileField(upload_to="meldingen/%Y/%m", max_length=200, blank=True)
    by_name = models.CharField(max_length=150, blank=True)
    # Kept apart until the virus scanner has looked: nobody opens it.
    is_held = models.BooleanField(default=False)
    at = models.DateTimeField(db_default=Now())

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("foto")
        verbose_name_plural = _("foto's")

    def __str__(self) -> str:
        return self.name


class Follower(models.Model):
    """Somebody who passed a melding on and still wants to see what becomes of it."""

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="followers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "melding"], name="meldingen_follower_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.melding_id}"


class MeldingReferral(models.Model):
    """That a referral was made from a melding."""

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="referral_links")
    referral = models.OneToOneField(Referral, models.PROTECT, related_name="melding_link")

    def __str__(self) -> str:
        return f"{self.melding} {self.referral}"


class AnswerState(models.TextChoices):
    TO_DO = "te doen", _("Te doen")  # somebody calls, writes or hangs it up
    MAILED = "per mail", _("Per mail verstuurd")
    DONE = "gedaan", _("Gedaan")
    NOT_POSSIBLE = "niet gelukt", _("Niet gelukt")


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, user: User) -> Self:
        places = user.municipality_ids_with(Right.REPORTER_READ)
        return self.filter(
            melding__municipality__in=places, melding__in=Melding.objects.visible_to(user)
        )

    def to_do(self) -> Self:
        return self.filter(state=AnswerState.TO_DO)

    def for_list(self) -> Self:
        return self.select_related("melding__category", "melding__neighbourhood")


class Answer(models.Model):
    """What a reporter is told at the end, word for word, and whether it arrived."""

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="answers_given")
    reporter = models.ForeignKey(Reporter, models.CASCADE, related_name="answers")
    channel = models.CharField(_("via"), max_length=10, choices=Channel)
    text = LongText(_("tekst"), max_length=4000)
    state = models.CharField(max_length=15, choices=AnswerState, default=AnswerState.TO_DO)
    result = models.CharField(_("hoe het ging"), max_length=300, blank=True)
    # The moment of the closing that it tells about; what is closed again is told again.
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("antwoord")
        verbose_name_plural = _("antwoorden")
        indexes = [
            models.Index(
                fields=["melding"],
                condition=Q(state=AnswerState.TO_DO),
                name="meldingen_answer_to_do",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="meldingen_answer_known_channel"
            ),
            models.CheckConstraint(
                condition=Q(state__in=AnswerState.values), name="meldingen_answer_known_state"
            ),
            models.UniqueConstraint(fields=["reporter", "made_at"], name="meldingen_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.melding_id} {self.channel}"
