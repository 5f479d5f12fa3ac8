"""What only persons named one by one may read: notes that the database itself cannot read."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length, Now
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Municipality
from accounts.roles import Right
from core import envelope
from core.fields import LongText
from core.models import Versioned
from partners.models.register import Partner

if TYPE_CHECKING:
    from accounts.models import User

TEXT_LIMIT = 10_000  # characters
SEALED_LIMIT = 60_000  # bytes: the same text at four bytes a character, and room
LONGEST = dt.timedelta(days=365)  # that somebody is named at once


class ConfidentialNoteQuerySet(models.QuerySet["ConfidentialNote"]):
    def visible_to(self, user: User) -> Self:
        """The notes on which this person is named today, in a place where they hold a role.

        No role, no right and no break-glass account opens a note: only a name does.
        """
        named = NoteReader.objects.active(on=timezone.localdate()).filter(person=user)
        places = [membership.municipality_id for membership in user.memberships_now]
        return self.existing().filter(pk__in=named.values("note"), municipality__in=places)

    def existing(self) -> Self:
        return self.filter(destroyed_at=None)

    def read_by_nobody(self, *, on: dt.date) -> Self:
        """Whose designations all lapsed or were ended: nobody at work here can open them."""
        here = Membership.objects.active(on=on).filter(municipality=OuterRef("note__municipality"))
        named = NoteReader.objects.active(on=on).filter(person__is_active=True)
        opened = named.filter(Exists(here.filter(user=OuterRef("person"))))
        return self.existing().exclude(pk__in=opened.values("note"))

    def to_rescue(self, user: User, *, on: dt.date) -> Self:
        """Those that this person gives a new reader, without ever reading them for it."""
        places = user.municipality_ids_with(Right.NOTE_RESCUE)
        return self.read_by_nobody(on=on).filter(municipality__in=places)

    def wrapped_otherwise(self, key_name: str) -> Self:
        """Those whose data key is not wrapped by this master key."""
        return self.existing().exclude(key_name=key_name)

    def for_cards(self) -> Self:
        """What a list of notes shows: about whom, by whom and when, never the text."""
        return (
            self.select_related("partner", "made_by")
            .defer("sealed", "wrapped_key")
            .order_by("-made_at", "pk")
        )


class ConfidentialNote(Versioned):
    """A note without a title, whose text is sealed; its key is what destroying it destroys."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    # Empty for a note about something of a later app, which keeps the link itself.
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, related_name="confidential_notes", editable=False
    )
    sealed = models.BinaryField(null=True)
    wrapped_key = models.BinaryField(null=True)
    key_name = models.CharField(max_length=16, blank=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(null=True, editable=False)
    destroyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    destroyed_at = models.DateTimeField(null=True, editable=False)
    destroy_reason = LongText(_("reden"), max_length=500, blank=True)

    objects = ConfidentialNoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    destroyed_at=None,
                    sealed__isnull=False,
                    wrapped_key__isnull=False,
                    destroy_reason="",
                )
                & ~Q(key_name="")
                | Q(
                    destroyed_at__isnull=False,
                    destroyed_by__isnull=False,
                    sealed=None,
                    wrapped_key=None,
                    key_name="",
                )
                & ~Q(destroy_reason=""),
                name="partners_confidentialnote_sealed_or_destroyed",
                violation_error_message=_("Een vernietigde nota heeft een reden en geen tekst."),
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("sealed"), SEALED_LIMIT),
                name="partners_confidentialnote_not_endless",
                violation_error_message=_("Deze tekst is te lang."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Vertrouwelijke nota"))

    def get_absolute_url(self) -> str:
        return reverse("partners:note", args=[self.pk])

    @property
    def about(self) -> str:
        """What the ciphertext is bound to: it opens on this row and nowhere else."""
        return f"note {self.pk}"

    @property
    def envelope(self) -> envelope.Envelope:
        return envelope.Envelope(
            bytes(self.sealed or b""), bytes(self.wrapped_key or b""), self.key_name
        )

    @envelope.setter
    def envelope(self, closed: envelope.Envelope) -> None:
        self.sealed = closed.sealed
        self.wrapped_key = closed.wrapped_key
        self.key_name = closed.key_name

    def seal(self, text: str) -> None:
        """Put a text in, under a new data key."""
        self.envelope = envelope.seal(text, about=self.about)

    def text(self) -> str:
        return envelope.unseal(self.envelope, about=self.about)


class NoteReaderQuerySet(models.QuerySet["NoteReader"]):
    def active(self, *, on: dt.date) -> Self:
        return self.filter(ended_at=None, starts__lte=on, until__gte=on)

    def standing(self) -> Self:
        """Not ended by somebody; the last day may have passed."""
        return self.filter(ended_at=None)


class NoteReader(models.Model):
    """That a person was named to read a note: by whom, why, from when until when."""

    note = models.ForeignKey(ConfidentialNote, models.PROTECT, related_name="readers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("persoon")
    )
    reason = LongText(_("waarom"), max_length=500)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    starts = models.DateField(_("vanaf"), default=timezone.localdate)
    until = models.DateField(_("tot en met"))
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = NoteReaderQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "-starts", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["note", "person"],
                condition=Q(ended_at=None),
                name="partners_notereader_once",
                violation_error_message=_("Deze persoon is al aangewezen."),
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("starts")) & Q(until__lte=F("starts") + LONGEST),
                name="partners_notereader_at_most_a_year",
                violation_error_message=_("Een aanwijzing duurt hoogstens een jaar."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="partners_notereader_has_reason",
                violation_error_message=_("Zeg waarom deze persoon de nota leest."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="partners_notereader_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.until:%d/%m/%Y})"


class Outcome(models.TextChoices):
    """What came of it when somebody opened a note."""

    READ = "gelezen", _("Gelezen")
    NOT_NAMED = "niet aangewezen", _("Geweigerd: niet aangewezen")
    ENDED = "afgelopen", _("Geweigerd: aanwijzing afgelopen")
    STALE = "niet vers", _("Geweigerd: eerst opnieuw aanmelden")
    DESTROYED = "vernietigd", _("Geweigerd: de nota is vernietigd")
    LOST_KEY = "sleutel weg", _("Mislukt: de sleutel ontbreekt")


class NoteReading(models.Model):
    """One line per opening of a note, given or refused. The database refuses changes to it."""

    note = models.ForeignKey(ConfidentialNote, models.PROTECT, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=150)
    outcome = models.CharField(_("uitkomst"), max_length=20, choices=Outcome)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["note", "-at"], name="partners_notereading_note")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="partners_notereading_known_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name}: {self.get_outcome_display()}"

    @property
    def was_refused(self) -> bool:
        return self.outcome != Outcome.READ
