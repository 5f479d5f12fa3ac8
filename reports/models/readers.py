"""What happens to a report once it is frozen: sent, read, remarked upon, decided about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import LongText
from core.models import Versioned
from meetings.models import Resolution
from reports.models.report import Report

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User


class SendingQuerySet(models.QuerySet["Sending"]):
    def waiting(self) -> Self:
        return self.filter(sent_at=None, cancelled_at=None)

    def due(self, *, on: dt.date) -> Self:
        return self.waiting().filter(on__lte=on)


class Sending(models.Model):
    """That a report goes to its readers on a day. Each of them gets a mail with a link."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sendings")
    on = models.DateField(
        _("op"), help_text=_("Vandaag: meteen. Later: die dag om acht uur \u2019s ochtends.")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    readers = models.PositiveIntegerField(default=0, editable=False)  # who got a mail
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SendingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(sent_at=None, cancelled_at=None),
                name="reports_sending_one_waits",
                violation_error_message=_("Dit rapport staat al klaar om te vertrekken."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(cancelled_at=None),
                name="reports_sending_sent_or_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.on}"


class TakenNote(models.Model):
    """That a reader said: I read this."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="taken_notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "by"], name="reports_takennote_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.by}"


class ReaderRemarkQuerySet(models.QuerySet["ReaderRemark"]):
    def visible_to(self, user: User) -> Self:
        """Who reads a report reads what the others say of it."""
        return self.filter(report__in=Report.objects.visible_to(user))

    def unanswered(self) -> Self:
        return self.filter(answered_at=None)


class ReaderRemark(Versioned):
    """What a reader says of one part of a report, and what the coordinator answers."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="reader_remarks")
    section = models.CharField(_("deel"), max_length=40)  # as reports.document names it
    section_label = models.CharField(max_length=200, editable=False)
    text = LongText(_("opmerking"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    answer = LongText(_("antwoord"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    # The task that it became.
    resolution = models.OneToOneField(
        Resolution, models.PROTECT, null=True, related_name="remark", editable=False
    )

    objects = ReaderRemarkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="reports_readerremark_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section_label}: {self.text[:80]}"

    def get_absolute_url(self) -> str:
        return f"{reverse('reports:detail', args=[self.report_id])}#opmerking-{self.pk}"


class ReportResolution(models.Model):
    """What a body decided about a report."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="resolution_links")
    resolution = models.OneToOneField(Resolution, models.PROTECT, related_name="report_link")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report}: {self.resolution}"
