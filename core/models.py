"""What every app needs and none owns: the history, the outbox, receipts and heartbeats."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import LongText

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    from accounts.models import User


def ref(row: models.Model) -> str:
    """How the history names a row: its model and its key, such as `action:12`."""
    return f"{row._meta.model_name}:{row.pk}"


def key_of(name: str) -> str:
    """The key in such a name: `12` of `action:12`."""
    return name.partition(":")[2]


class Channel(models.TextChoices):
    """By what way a change came in; empty is a page of somebody who signed in, or the product."""

    LINK = "link", _("via link uit de mail")


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
    channel = models.CharField(max_length=10, choices=Channel, blank=True)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject", "-at"], name="core_logentry_subject"),
            models.Index(fields=["context", "-at"], name="core_logentry_context"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb} {self.subject}"

    @property
    def who(self) -> str:
        """Who did it, and by what way if not by a page."""
        return by_whom(self.actor_name, self.channel)


def by_whom(name: str, channel: str) -> str:
    return f"{name} ({Channel(channel).label})" if channel else name


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

    def waiting_by_queue(self, *, now: dt.datetime) -> dict[str, tuple[int, dt.datetime | None]]:
        """Per queue how much waits, and since when the oldest that is due; what is put off is not."""
        due = models.Min("run_after", filter=Q(run_after__lte=now))
        rows = self.waiting().values("queue").order_by("queue")
        found = rows.annotate(count=models.Count("pk"), oldest=due)
        return {row["queue"]: (row["count"], row["oldest"]) for row in found}

    def oldest_due(self, *, queue: Combinable, now: dt.datetime) -> models.Subquery:
        """Since when the oldest due row of a queue waits, beside a row that names the queue."""
        rows = self.waiting().filter(queue=queue, run_after__lte=now).values("queue")
        return models.Subquery(rows.annotate(oldest=models.Min("run_after")).values("oldest"))


class OutboxEntry(models.Model):
    """Work for the outside world, written in the transaction of the change that asks for it."""

    kind = models.CharField(max_length=40)
    queue = models.CharField(max_length=10)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)  # ids only, never personal data
    status = models.CharField(max_length=10, choices=OutboxStatus, default=OutboxStatus.QUEUED)
    stage = models.CharField(max_length=80, blank=True)  # how far the work is, for the page
    priority = models.PositiveSmallIntegerField(default=5)  # what somebody waits for goes first
    attempts = models.PositiveSmallIntegerField(default=0)
    deaths = models.PositiveSmallIntegerField(default=0)  # workers that broke off on it
    run_after = models.DateTimeField(default=timezone.now)
    first_tried_at = models.DateTimeField(null=True, blank=True)
    lease_by = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    # Where people see to it that it gets done; empty for what is of no municipality alone.
    municipality = models.ForeignKey(
        "accounts.Municipality", models.SET_NULL, null=True, related_name="+", db_index=False
    )

    objects = OutboxQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["queue", "priority", "run_after"],
                condition=Q(status__in=["queued", "sending"]),
                name="core_outbox_next",
            ),
            models.Index(
                fields=["municipality", "-id"],
                condition=Q(queue="mail"),
                name="core_outbox_mail_here",
            ),
            models.Index(
                fields=["municipality"],
                condition=Q(status__in=["failed", "unsure"]),
                name="core_outbox_troubled",
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


class OutboxPause(models.Model):
    """Something that work needs and that does not answer, such as the mail server."""

    service = models.CharField(max_length=20, primary_key=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.service


class WithPdf(models.Model):
    """A row with a PDF that a worker makes: once, whole, and from what the row keeps.

    Who takes this over gives its file `pdf` a folder of its own. See `core/pdf_work.py`.
    """

    pdf_work = models.ForeignKey(
        OutboxEntry, models.SET_NULL, null=True, related_name="+", editable=False
    )
    pdf_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    pdf_pages = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    pdf_size = models.PositiveIntegerField(null=True, blank=True, editable=False)  # bytes

    class Meta:
        abstract = True

    @property
    def is_built(self) -> bool:
        return bool(self.pdf_sha256)


class AskedPdfQuerySet(models.QuerySet["AskedPdf"]):
    def visible_to(self, user: User) -> Self:
        """One's own alone: it holds what its asker might read, which need not be what others may."""
        return self.filter(asked_by=user)

    def of(self, kind: str, subject: models.Model) -> Self:
        return self.filter(kind=kind, subject=ref(subject))

    def over(self, *, at: dt.datetime) -> Self:
        """Kept long enough."""
        return self.filter(kept_until__lte=at)


class AskedPdf(WithPdf):
    """A PDF that somebody asked for of what stood on a page, kept for some days.

    It is made from its snapshot alone. What it is about is known by the kind (`core/asked.py`).
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)  # such as `plan:12`
    title = models.CharField(_("titel"), max_length=300)
    snapshot = models.JSONField()
    # What its asker might read then, per municipality: the snapshot may hold all of that.
    levels = models.JSONField(default=dict)
    checksum = models.CharField(max_length=64)  # sha256 of the snapshot
    pdf = models.FileField(upload_to="gevraagd/%Y", blank=True, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    kept_until = models.DateTimeField()

    objects = AskedPdfQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asked_by", "kind", "subject", "checksum"], name="core_askedpdf_once"
            ),
        ]
        indexes = [models.Index(fields=["kept_until"], name="core_askedpdf_kept_until")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("pdf", args=[self.pk])

    @property
    def file_name(self) -> str:
        """What the file is called on somebody's desk, without its ending."""
        words = "".join(char if char.isalnum() else "-" for char in self.title)
        return f"{words[:100].strip('-')}-{timezone.localtime(self.asked_at):%Y-%m-%d}"


class Heartbeat(models.Model):
    """When a part of the installation last showed that it lives."""

    name = models.CharField(max_length=100, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def beat(cls, name: str, *, every: float = 0) -> None:
        """Show that it lives; with `every`, no more than once in so many seconds."""
        now = timezone.now()
        if not cls.objects.filter(name=name, at__gt=now - dt.timedelta(seconds=every)).exists():
            cls.objects.update_or_create(name=name, defaults={"at": now})

    @classmethod
    def forget_workers(cls, *, at: dt.datetime) -> None:
        """Each worker that starts has a name of its own: those of days ago are gone for good."""
        cls.objects.filter(name__startswith="worker-", at__lt=at - dt.timedelta(days=1)).delete()


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
