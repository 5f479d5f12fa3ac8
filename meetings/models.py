"""Meetings of a body, and the resolutions taken there: who does what by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.roles import INVOLVED_LEVELS, Right
from core.confidentiality import Level
from core.fields import LongText
from core.models import Versioned
from partners.models import Partner
from partners.models.register import own_partner_ids
from plans.models import Action
from reminders.models import CoreGroupItem

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from accounts.models import User


class Body(models.TextChoices):
    """Who meets and decides."""

    CORE_GROUP = "kerngroep", _("Kerngroep")
    COLLEGE = "college", _("College")
    COUNCIL = "gemeenteraad", _("Gemeenteraad")
    ZONE = "zonale raad", _("Zonale veiligheidsraad")


# Whoever reads the reports for a body reads its agenda and what it decided.
BODY_RIGHTS: dict[Body, Right] = {
    Body.CORE_GROUP: Right.REPORT_READ_CORE,
    Body.COLLEGE: Right.REPORT_READ_COLLEGE,
    Body.COUNCIL: Right.REPORT_READ_COUNCIL,
    Body.ZONE: Right.REPORT_READ_ZONE,
}


class Kind(models.TextChoices):
    """What a body did with a point."""

    DECISION = "beslissing", _("Beslissing")
    TASK = "actiepunt", _("Actiepunt")
    NOTED = "kennisname", _("Kennisname")
    REMARK = "opmerking", _("Opmerking")


class Followed(models.TextChoices):
    """What came of a decision or a task; of a remark nothing has to come."""

    OPEN = "open", _("Open")
    DONE = "uitgevoerd", _("Uitgevoerd")
    DROPPED = "vervallen", _("Vervallen")


FOLLOWED_KINDS = frozenset({Kind.DECISION, Kind.TASK})


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> Self:
        """The meetings of the bodies whose reports this person reads."""
        return self.filter(of_bodies_read_by(user))


def of_bodies_read_by(user: User) -> Q:
    """The condition under which a row with a body and a municipality is one's to read."""
    seen = Q(pk__in=[])
    for body, right in BODY_RIGHTS.items():
        seen |= Q(body=body, municipality__in=user.municipality_ids_with(right))
    return seen


class Meeting(Versioned):
    """One sitting of a body, with its agenda. What was decided stands in its resolutions."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="meetings", verbose_name=_("gemeente")
    )
    body = models.CharField(_("wie kwam samen"), max_length=15, choices=Body)
    number = models.CharField(_("nummer"), max_length=40)
    on = models.DateField(_("datum"))
    present = models.PositiveSmallIntegerField(_("aantal aanwezigen"), null=True, blank=True)
    agenda = LongText(
        _("agenda"), max_length=4000, blank=True, help_text=_("Eén punt per regel.")
    )  # fmt: skip

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "body", "number"],
                name="meetings_meeting_number_once",
                violation_error_message=_("Er is al een overleg met dit nummer."),
            ),
            models.CheckConstraint(
                condition=Q(body__in=Body.values), name="meetings_meeting_known_body"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:detail", args=[self.pk])

    @property
    def says(self) -> dict[str, Any]:
        """What it tells of each resolution taken there."""
        return {
            "meeting": self, "municipality": self.municipality, "body": self.body, "on": self.on,
        }  # fmt: skip

    @property
    def points(self) -> list[str]:
        """The agenda, point by point."""
        return [line.strip() for line in self.agenda.splitlines() if line.strip()]


class Presence(models.TextChoices):
    """Whether an organisation that was asked to a meeting came."""

    INVITED = "uitgenodigd", _("Uitgenodigd")
    CAME = "aanwezig", _("Aanwezig")
    EXCUSED = "verontschuldigd", _("Verontschuldigd")
    ABSENT = "afwezig", _("Afwezig")


class Attendance(models.Model):
    """One organisation that was asked to one meeting, never a person by name."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="attendances")
    presence = models.CharField(max_length=15, choices=Presence)

    class Meta:
        ordering = ["partner__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "partner"], name="meetings_attendance_once_per_partner"
            ),
            models.CheckConstraint(
                condition=Q(presence__in=Presence.values), name="meetings_attendance_known_presence"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} ({self.get_presence_display()})"

    @property
    def tone(self) -> str:
        return {Presence.CAME: "ok", Presence.ABSENT: "warn"}.get(Presence(self.presence), "mute")

    @property
    def icon(self) -> str:
        return "circle-check" if self.presence == Presence.CAME else ""


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    def visible_to(self, user: User) -> Self:
        """What one's bodies decided, about the actions one reads, and what one's own people do.

        Never above the levels that somebody reads; outside partners read no plan, so none of it.
        """
        levels = user.levels_by_municipality()
        about = Resolution.actions.through.objects.filter(
            action__in=Action.objects.visible_to(user)
        )
        mine = of_bodies_read_by(user) | Q(pk__in=about.values("resolution"))
        seen = Q(pk__in=[])
        told = user.municipality_ids_with(Right.REPORT_READ_COUNCIL)
        for place in user.municipality_ids_with(Right.PLAN_READ) | told:
            seen |= Q(municipality=place, confidentiality__in=levels[place]) & mine
            seen |= Q(municipality=place, owner__in=own_partner_ids(user),
                      confidentiality__in=INVOLVED_LEVELS)  # fmt: skip
        return self.filter(seen)

    def open(self) -> Self:
        return self.filter(status=Followed.OPEN)

    def late(self, *, on: dt.date) -> Self:
        """Open, and the day by which it had to be done is over."""
        return self.open().filter(due__lt=on)

    def about(self, action: Action) -> Self:
        return self.filter(actions=action)

    def told_in(self, *, start: dt.date, end: dt.date) -> Self:
        """Decided or closed in a period, and what was still open from before."""
        decided, closed = Q(on__range=(start, end)), Q(closed_on__range=(start, end))
        return self.filter(decided | closed | Q(on__lt=start, status=Followed.OPEN))

    def for_list(self) -> Self:
        """Load what a row shows."""
        return self.select_related("meeting", "owner").prefetch_related("actions")


class Resolution(Versioned):
    """A decision, a task, a remark or "taken note of": by which body, on which day.

    A decision and a task are followed until they are done or dropped.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="resolutions", verbose_name=_("gemeente")
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="resolutions",
        verbose_name=_("overleg"),
    )  # fmt: skip
    body = models.CharField(_("wie besliste"), max_length=15, choices=Body)
    kind = models.CharField(_("soort"), max_length=15, choices=Kind, default=Kind.DECISION)
    on = models.DateField(_("datum"))
    number = models.CharField(
        _("nummer van het besluit"), max_length=60, blank=True,
        help_text=_("Zoals in de notulen; leeg als er geen is."),
    )  # fmt: skip
    text = LongText(_("wat"), max_length=1000)
    owner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="resolutions",
        verbose_name=_("wie doet het"),
    )  # fmt: skip
    due = models.DateField(_("tegen"), null=True, blank=True)
    status = models.CharField(_("stand"), max_length=12, choices=Followed, blank=True)
    closed_on = models.DateField(_("klaar op"), null=True, blank=True)
    outcome = LongText(_("wat ervan kwam"), max_length=1000, blank=True)
    confidentiality = models.CharField(
        _("vertrouwelijkheid"), max_length=15, choices=Level, default=Level.INTERNAL
    )
    actions = models.ManyToManyField(
        Action, blank=True, related_name="resolutions", verbose_name=_("acties")
    )

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(body__in=Body.values), name="meetings_resolution_known_body"
            ),
            models.CheckConstraint(
                condition=Q(confidentiality__in=Level.values),
                name="meetings_resolution_known_level",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(FOLLOWED_KINDS), status__in=Followed.values)
                | Q(kind__in=sorted(set(Kind.values) - FOLLOWED_KINDS), status="", owner=None,
                    due=None),
                name="meetings_resolution_followed_by_kind",
                violation_error_message=_(
                    "Een kennisname of opmerking heeft geen uitvoerder en geen einddatum. "
                    "Kies ‘Beslissing’ of ‘Actiepunt’ als iemand iets moet doen."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["", Followed.OPEN], closed_on=None)
                | Q(status__in=[Followed.DONE, Followed.DROPPED], closed_on__isnull=False),
                name="meetings_resolution_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(due=None) | Q(due__gte=models.F("on")),
                name="meetings_resolution_due_after_day",
                violation_error_message=_("De einddatum ligt voor de dag van de beslissing."),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["municipality", "status", "due"])]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"  # noqa: PLR2004

    def get_absolute_url(self) -> str:
        return reverse("meetings:resolution", args=[self.pk])

    @property
    def is_followed(self) -> bool:
        return self.kind in FOLLOWED_KINDS

    def is_late(self, *, on: dt.date) -> bool:
        return self.status == Followed.OPEN and self.due is not None and self.due < on


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, user: User) -> Self:
        """Who reads the agenda."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def for_page(self) -> Self:
        return self.select_related("item", "resolution")

    def ahead(self, *, on: dt.date) -> Self:
        """Of meetings that are still to come."""
        return self.filter(meeting__on__gte=on)


class AgendaItem(models.Model):
    """A point for the core group on the agenda of a meeting, and what was decided about it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda_items")
    item = models.ForeignKey(CoreGroupItem, models.PROTECT, related_name="agenda_items")
    resolution = models.OneToOneField(
        Resolution, models.PROTECT, null=True, related_name="agenda_item", editable=False
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["item__due", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "item"], name="meetings_agendaitem_once"),
        ]

    def __str__(self) -> str:
        return str(self.item)

    @property
    def is_handled(self) -> bool:
        """Decided about here, or spoken of or done otherwise."""
        return self.resolution_id is not None or self.item.closed_at is not None


def points_for(meeting: Meeting, user: User, *, on: dt.date) -> QuerySet[CoreGroupItem]:
    """What this person may put on its agenda: open, and on none of a meeting to come."""
    if meeting.body != Body.CORE_GROUP:
        return CoreGroupItem.objects.none()
    taken = AgendaItem.objects.filter(Q(meeting=meeting) | Q(meeting__on__gte=on))
    found = CoreGroupItem.objects.visible_to(user).open()
    return found.filter(municipality=meeting.municipality_id).exclude(pk__in=taken.values("item"))
