"""The letterboxes in the street (Pro?bleembox), their routes, and the rounds that empty them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Self, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    Max,
    OuterRef,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality, Neighbourhood
from accounts.roles import Right
from core.fields import LongText
from core.models import Versioned
from core.workdays import is_working_day
from meldingen.models.melding import Melding
from meldingen.models.reference import Category
from meldingen.models.terms import mailbox_days
from meldingen.workflow import OPEN

if TYPE_CHECKING:
    from accounts.models import User

FIGURE_WEEKS = 12  # over which the notes per week are reckoned
MISSED_DAYS = 7  # so long a round that nobody walked is asked about
MOST_NOTES = 20  # in one box on one day
CODE = RegexValidator(r"^[A-Za-z0-9-]+$", _("Gebruik letters, cijfers en streepjes."))


def working_week() -> list[int]:
    return [1, 2, 3, 4, 5]


class BoxState(models.TextChoices):
    GOOD = "goed", _("Goed")
    DAMAGED = "beschadigd", _("Beschadigd")
    LOCK = "slot stuk", _("Slot stuk")
    WET = "nat", _("Nat vanbinnen")
    GONE = "verdwenen", _("Verdwenen")


class VisitResult(models.TextChoices):
    TO_DO = "te doen", _("Nog te doen")
    EMPTY = "leeg", _("Leeg")
    NOTES = "briefjes", _("Briefjes")
    SKIPPED = "overgeslagen", _("Overgeslagen")


EMPTIED = frozenset({VisitResult.EMPTY, VisitResult.NOTES})


class SkipReason(models.TextChoices):
    CLOSED = "weg afgesloten", _("Weg afgesloten")
    UNREACHABLE = "niet bereikbaar", _("Niet bereikbaar")
    LOCK = "slot", _("Slot gaat niet open")
    GONE = "bus weg", _("De bus is weg")
    NO_TIME = "geen tijd", _("Geen tijd")
    NOT_WALKED = "niet gelopen", _("Ronde niet gelopen")


M = TypeVar("M", bound=models.Model)


class OfRounds(models.QuerySet[M]):
    """What belongs to the rounds of a municipality, for who walks them or looks after the boxes."""

    place = "municipality"

    def visible_to(self, user: User) -> Self:
        here = user.municipality_ids_with(Right.ROUND_WALK)
        return self.filter(**{f"{self.place}__in": here})


class MailboxQuerySet(OfRounds["Mailbox"]):
    def current(self) -> Self:
        return self.filter(archived_at=None)

    def archived(self) -> Self:
        return self.exclude(archived_at=None)

    def search(self, text: str) -> Self:
        words = Q(code__icontains=text) | Q(name__icontains=text) | Q(place__icontains=text)
        return self.filter(words | Q(neighbourhood__name__icontains=text))

    def with_figures(self, *, on: dt.date) -> Self:
        """When it was last emptied, when it last held a note, and how many lately."""
        since = on - dt.timedelta(weeks=FIGURE_WEEKS)
        return self.annotate(
            last_emptied=Max("visits__round__on", filter=Q(visits__result__in=EMPTIED)),
            last_note=Max("visits__round__on", filter=Q(visits__notes__gt=0)),
            notes_lately=Sum("visits__notes", filter=Q(visits__round__on__gt=since), default=0),
        ).order_by("code")

    def to_move(self, *, on: dt.date) -> Self:
        """Nothing in it for so many weeks that another place may do better."""
        limit = ExpressionWrapper(Value(on) - mailbox_days(), models.DateField())
        quiet = Q(last_note=None) | Q(last_note__lt=limit)
        return self.with_figures(on=on).filter(quiet, since__lt=limit, archived_at=None)


class Mailbox(Versioned):
    """A white letterbox in which anybody leaves a note, without a name or a phone."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="mailboxes", verbose_name=_("gemeente")
    )
    code = models.CharField(_("code"), max_length=20, validators=[CODE])
    name = models.CharField(_("naam"), max_length=100)
    place = models.CharField(_("plaats"), max_length=200)
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, null=True, blank=True, verbose_name=_("wijk")
    )
    latitude = models.FloatField(
        _("breedtegraad"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("lengtegraad"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    state = models.CharField(_("toestand"), max_length=15, choices=BoxState, default=BoxState.GOOD)
    state_note = models.CharField(_("wat er scheelt"), max_length=200, blank=True)
    photo = models.FileField(_("foto"), upload_to="bussen/%Y/%m", max_length=200, blank=True)
    since = models.DateField(_("hangt er sinds"), default=timezone.localdate)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("Pro?bleembox")
        verbose_name_plural = _("Pro?bleemboxen")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code"],
                name="meldingen_mailbox_code_once",
                violation_error_message=_("Deze code bestaat al in deze gemeente."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=BoxState.values), name="meldingen_mailbox_known_state"
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,  # a range alone says nothing about what is not there
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="meldingen_mailbox_whole_point",
                violation_error_message=_("Geef de plaats op de kaart helemaal, of niet."),
            ),
        ]

    @property
    def point(self) -> tuple[float, float] | None:
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("meldingen:box", args=[self.pk])

    def weeks_empty(self, *, on: dt.date) -> int:
        """Whole weeks since it last held a note, or since it hangs there; asks `with_figures`."""
        last: dt.date = getattr(self, "last_note", None) or self.since
        return max((on - last).days // 7, 0)


class RouteQuerySet(OfRounds["Route"]):
    def current(self) -> Self:
        return self.filter(archived_at=None)

    def missed_lately(self, *, on: dt.date) -> Self:
        """Not walked on one of the last working days, with the newest of those as `due_on`.

        The same as `missed()`, as one question.
        """
        walked = MailboxRound.objects.filter(route=OuterRef("pk"))
        whens = [
            When(
                ~Exists(walked.filter(on=day)),
                days__contains=[day.isoweekday()],
                since__lte=day,
                then=Value(day),
            )
            for day in _working_days_before(on)
        ]
        newest = Case(*whens, default=None, output_field=models.DateField())
        return self.annotate(due_on=newest).exclude(due_on=None)


def _working_days_before(day: dt.date, *, back: int = MISSED_DAYS) -> list[dt.date]:
    """The newest first."""
    days = [day - dt.timedelta(days=step) for step in range(1, back + 1)]
    return [day for day in days if is_working_day(day)]


class Route(Versioned):
    """Boxes in the order in which they are walked, and the days on which that is to happen."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="routes", verbose_name=_("gemeente")
    )
    name = models.CharField(_("naam"), max_length=60)
    days = ArrayField(  # 1 is Monday; never on a public holiday
        models.PositiveSmallIntegerField(), verbose_name=_("dagen"), default=working_week,
        blank=True,
    )  # fmt: skip
    planned_start = models.TimeField(_("vertrek"), default=dt.time(8, 45))
    since = models.DateField(_("gelopen sinds"), default=timezone.localdate)
    note_category = models.ForeignKey(
        Category,
        models.PROTECT,
        related_name="+",
        verbose_name=_("categorie van een briefje tot iemand het overneemt"),
    )
    mailboxes = models.ManyToManyField(Mailbox, through="RouteStop", related_name="routes")
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("route")
        verbose_name_plural = _("routes")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="meldingen_route_name_once",
                violation_error_message=_("Er is al een route met deze naam."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_due(self, day: dt.date) -> bool:
        """Whether somebody is to walk it that day."""
        return day >= self.since and day.isoweekday() in self.days and is_working_day(day)


def missed(
    routes: Collection[Route], *, since: dt.date, until: dt.date
) -> list[tuple[Route, dt.date]]:
    """The days on which one was to be walked and nobody began or explained it, newest first."""
    if not routes:
        return []
    walked = set(
        MailboxRound.objects.filter(route__in=routes, on__range=(since, until)).values_list(
            "route", "on"
        )
    )
    days = [until - dt.timedelta(days=back) for back in range((until - since).days + 1)]
    return [
        (route, day)
        for day in days
        for route in routes
        if route.is_due(day) and (route.pk, day) not in walked
    ]


class RouteStop(models.Model):
    route = models.ForeignKey(Route, models.CASCADE, related_name="stops")
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="stops")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["route", "mailbox"], name="meldingen_routestop_box_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.route_id} {self.mailbox_id}"


class RoundQuerySet(OfRounds["MailboxRound"]):
    place = "route__municipality"

    def with_counts(self) -> Self:
        """How many boxes, how many emptied, and how many notes were in them."""
        return self.annotate(
            boxes=Count("visits"),
            emptied=Count("visits", filter=Q(visits__result__in=EMPTIED)),
            left=Count("visits", filter=Q(visits__result=VisitResult.TO_DO)),
            notes=Sum("visits__notes", default=0),
        ).order_by("-on", "route__name", "-pk")


class MailboxRound(models.Model):
    """One walk along a route, on one day; who begins it need not be who ends it."""

    route = models.ForeignKey(Route, models.PROTECT, related_name="rounds")
    on = models.DateField(_("dag"))
    started_at = models.DateTimeField(db_default=Now())
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    remark = LongText(_("opmerking"), max_length=500, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("ronde")
        verbose_name_plural = _("rondes")
        ordering = ["-on", "route__name", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["route", "on"], name="meldingen_round_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("meldingen:round", args=[self.pk])


class VisitQuerySet(OfRounds["MailboxVisit"]):
    place = "round__route__municipality"


class MailboxVisit(models.Model):
    """One box of a round: to do, empty, so many notes, or skipped with its reason."""

    round = models.ForeignKey(MailboxRound, models.CASCADE, related_name="visits")
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="visits")
    position = models.PositiveSmallIntegerField()
    result = models.CharField(
        _("resultaat"), max_length=15, choices=VisitResult, default=VisitResult.TO_DO
    )
    notes = models.PositiveSmallIntegerField(_("briefjes"), default=0)
    state = models.CharField(_("toestand"), max_length=15, choices=BoxState, blank=True)
    skip_reason = models.CharField(_("waarom niet"), max_length=20, choices=SkipReason, blank=True)
    remark = models.CharField(_("opmerking"), max_length=200, blank=True)
    at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("bezoek aan een Pro?bleembox")
        verbose_name_plural = _("bezoeken aan Pro?bleemboxen")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["mailbox", "-at"], name="meldingen_visit_of_box")]
        constraints = [
            models.UniqueConstraint(fields=["round", "mailbox"], name="meldingen_visit_once"),
            models.CheckConstraint(
                condition=Q(result__in=VisitResult.values), name="meldingen_visit_known_result"
            ),
            models.CheckConstraint(
                condition=Q(result=VisitResult.NOTES, notes__range=(1, MOST_NOTES))
                | (~Q(result=VisitResult.NOTES) & Q(notes=0)),
                name="meldingen_visit_notes_when_found",
            ),
            models.CheckConstraint(
                condition=Q(result=VisitResult.SKIPPED) ^ Q(skip_reason=""),
                name="meldingen_visit_reason_when_skipped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mailbox} {self.result}"

    @property
    def is_done(self) -> bool:
        return self.result != VisitResult.TO_DO


class NoteQuerySet(models.QuerySet["MailboxNote"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(melding__in=Melding.objects.visible_to(user))

    def to_copy(self) -> Self:
        """Notes of which nobody typed over the words yet."""
        return self.filter(copied_at=None, melding__status__in=OPEN)


class MailboxNote(models.Model):
    """A note found in a box: its melding, and whether its words were typed over."""

    visit = models.ForeignKey(MailboxVisit, models.PROTECT, related_name="found")
    melding = models.OneToOneField(Melding, models.CASCADE, related_name="mailbox_note")
    copied_at = models.DateTimeField(null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.melding_id}"
