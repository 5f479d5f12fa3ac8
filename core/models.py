"""What every app needs and none owns: the history, the outbox, receipts and heartbeats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import LongText

if TYPE_CHECKING:
    import datetime as dt


def ref(row: models.Model) -> str:
    """How the history names a row: its model and its key, such as `action:12`."""
    return f"{row._meta.model_name}:{row.pk}"


def key_of(name: str) -> str:
    """The key in such a name: `12` of `action:12`."""
    return name.partition(":")[2]


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    def about(self, row: models.Model) -> Self:
        """What happened to this row itself."""
        return self.filter(subject=ref(row))

    def within(self, row: models.Model) -> Self:
        """What happened to this row and to all that belongs to it."""
        return self.filter(Q(subject=ref(row)) | Q(context=ref(row)))


class LogEntry(models.Model):
    """One line of the history: who changed what, when, and why. The database refuses changes to it."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(_("door"), max_length=150)
    verb = models.CharField(_("handeling"), max_length=60)
    subject = models.CharField(_("onderwerp"), max_length=60)
    subject_label = models.CharField(max_length=300, blank=True)
    context = models.CharField(_("hoort bij"), max_length=60, blank=True)
    # [{"field": …, "label": …, "old": …, "new": …}], as people read them
    changes = models.JSONField(default=list)
    reason = LongText(_("reden"), max_length=2000, blank=True)
    at = models.DateTimeField(db_default=Now())
    happened_on = models.DateField(_("gebeurd op"), null=True, blank=True)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject", "-at"], name="core_logentry_subject"),
            models.Index(fields=["context", "-at"], name="core_logentry_context"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb} {self.subject}"


class Versioned(models.Model):
    """A row that two people may edit: a form carries the version it started from."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Receipt(models.Model):
    """A form that one person sent once: the same token again, from the same person, leads to what
    it made the first time. From anybody else it says nothing."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.UUIDField()
    made = models.CharField(max_length=60)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "token"], name="core_receipt_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.token} {self.made}"


class OutboxStatus(models.TextChoices):
    QUEUED = "queued", _("In de wachtrij")
    SENDING = "sending", _("Bezig")
    SENT = "sent", _("Klaar")
    UNSURE = "unsure", _("Onzeker")
    FAILED = "failed", _("Mislukt")
    CANCELLED = "cancelled", _("Geannuleerd")


class OutboxQuerySet(models.QuerySet["OutboxEntry"]):
    def waiting(self) -> Self:
        return self.filter(status__in=[OutboxStatus.QUEUED, OutboxStatus.SENDING])

    def troubled(self) -> Self:
        """What a person has to look at."""
        return self.filter(status__in=[OutboxStatus.FAILED, OutboxStatus.UNSURE])

    def oldest_waiting_age(self, *, now: dt.datetime) -> float:
        """Seconds that the oldest due row has waited; 0 when nothing waits."""
        due = self.waiting().filter(run_after__lte=now).aggregate(first=models.Min("run_after"))
        return (now - due["first"]).total_seconds() if due["first"] else 0.0


class OutboxEntry(models.Model):
    """Work for the outside world, written in the transaction of the change that asks for it."""

    kind = models.CharField(max_length=40)
    queue = models.CharField(max_length=10)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)  # ids only, never personal data
    status = models.CharField(max_length=10, choices=OutboxStatus, default=OutboxStatus.QUEUED)
    stage = models.CharField(max_length=80, blank=True)  # how far the work is, for the page
    attempts = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField(default=timezone.now)
    lease_by = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = OutboxQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["queue", "run_after"],
                condition=Q(status__in=["queued", "sending"]),
                name="core_outbox_due",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=OutboxStatus.values), name="core_outboxentry_known_status"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_waiting(self) -> bool:
        return self.status in {OutboxStatus.QUEUED, OutboxStatus.SENDING}


class Heartbeat(models.Model):
    """When a part of the installation last showed that it lives."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def beat(cls, name: str) -> None:
        cls.objects.update_or_create(name=name, defaults={"at": timezone.now()})


def as_text(value: Any) -> str:
    """A field's value as the history shows it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(_("ja") if value else _("nee"))
    if isinstance(value, models.QuerySet | list | tuple | set):
        return ", ".join(sorted(str(item) for item in value))
    if hasattr(value, "strftime"):
        return str(value.strftime("%d/%m/%Y"))
    return str(value)
