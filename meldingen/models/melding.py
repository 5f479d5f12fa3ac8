"""A melding: what somebody saw, where, since when, who handles it and what became of it."""

from __future__ import annotations

import datetime as dt
import math
import re
import secrets
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.db.models.functions import Cast, Now, Power
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality, Neighbourhood
from accounts.roles import INVOLVED_LEVELS, Right
from core.confidentiality import Level
from core.fields import LongText
from core.geo import point_in_words
from core.models import Versioned
from core.search import SEARCH_CONFIG
from meldingen.models.reference import Category, ClosureReason, Source
from meldingen.workflow import CLOCK_STOPS, OPEN, OVER, MeldingStatus
from partners.models import Partner, own_partner_ids
from plans.models import Action

if TYPE_CHECKING:
    from accounts.models import User


NEAR_METRES = 50
WAITING_DAYS = 14  # on somebody else; then one asks how it goes
NEAR_DEGREES = NEAR_METRES / 111_320  # of latitude; of longitude it takes more, by the cosine

# ZAN-2026-00421, and how far somebody typed it.
NUMBER = re.compile(r"[A-Za-z0-9]{2,5}-\d{4}-\d{5,6}", re.ASCII)
START_OF_NUMBER = re.compile(r"[A-Za-z0-9]{2,5}-\d{4}-?\d{0,4}", re.ASCII)


class Kind(models.TextChoices):
    PROBLEM = "probleem", _("Probleem")
    REMARK = "opmerking", _("Opmerking")
    SUGGESTION = "suggestie", _("Suggestie")
    QUESTION = "vraag", _("Vraag")


ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # what nobody mixes up when reading aloud
CODE_LENGTH = 10


def new_code() -> str:
    """A code that nobody guesses: 32 ** 10 of them."""
    return "".join(secrets.choice(ALPHABET) for _letter in range(CODE_LENGTH))


class Urgency(models.TextChoices):
    NORMAL = "gewoon", _("Gewoon")
    URGENT = "dringend", _("Dringend")


# What people count and list, each defined once: lists, figures, reports and exports use these.


def is_beyond_norm(*, on: dt.date) -> Q:
    """Open, with the last working day of its norm behind it, and nobody else has the move."""
    return Q(status__in=OPEN - CLOCK_STOPS, due__lt=on)


def is_floating() -> Q:
    """Open, and no service, partner or person has it."""
    return Q(status__in=OPEN, handler=None, assignee=None)


def is_of(user: User) -> Q:
    """Given to this person, or to the person's service and nobody in it yet."""
    return Q(assignee=user) | Q(assignee=None, handler__in=own_partner_ids(user))


class MeldingQuerySet(models.QuerySet["Melding"]):
    def visible_to(self, user: User) -> Self:
        """By level in one's municipality for who follows them all; else what one's own service has.

        The neighbourhood police reads those of its own neighbourhoods besides.
        """
        seen = Q(pk__in=[])
        levels = user.levels_by_municipality()
        all_of = user.municipality_ids_with(Right.MELDING_READ)
        for place in all_of:
            seen |= Q(municipality=place, confidentiality__in=levels.get(place, ()))
        own = user.municipality_ids_with(Right.MELDING_READ_OWN) - all_of
        if own:
            mine = Q(handler__in=own_partner_ids(user)) | Q(assignee=user) | Q(entered_by=user)
            mine |= Q(neighbourhood__in=user.neighbourhood_ids, confidentiality__in=[
                Level.PUBLIC, Level.INTERNAL,
            ])  # fmt: skip
            followed = self.model.followers.rel.related_model._default_manager.filter(user=user)
            mine |= Q(pk__in=followed.values("melding"))  # who passes it on still sees it
            seen |= mine & Q(municipality__in=own, confidentiality__in=INVOLVED_LEVELS)
        return self.filter(seen)

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def over(self) -> Self:
        return self.filter(status__in=OVER)

    def shown_to_citizens(self) -> Self:
        """What a citizen may hear of when reporting the same, without a word of anybody: open, of
        the level that citizens' own meldingen have, and about things instead of people."""
        of_things = self.filter(category__is_sensitive=False, confidentiality=Level.INTERNAL)
        return of_things.open().filter(joined_to=None)

    def floating(self) -> Self:
        return self.filter(is_floating())

    def beyond_norm(self, *, on: dt.date) -> Self:
        return self.filter(is_beyond_norm(on=on))

    def waiting_too_long(self, *, on: dt.date) -> Self:
        """Waiting on somebody else for two weeks or more; the day it became so as `due_on`."""
        limit = ExpressionWrapper(
            F("waiting_since") + dt.timedelta(days=WAITING_DAYS),
            output_field=models.DateTimeField(),
        )
        waiting = self.filter(
            status__in=CLOCK_STOPS, waiting_since__lte=on - dt.timedelta(days=WAITING_DAYS)
        )
        return waiting.annotate(due_on=Cast(limit, models.DateField()))

    def of(self, user: User) -> Self:
        """What this person, or the person's own service, has to handle."""
        return self.filter(is_of(user))

    def near(self, melding: Melding, *, since: dt.datetime) -> Self:
        """Others that may tell of the same thing: within some 50 metres where both have a point,
        else of the same neighbourhood, since that moment. Who asks narrows it by likeness."""
        others = self.filter(municipality=melding.municipality_id, happened_at__gte=since)
        others = others.filter(joined_to=None).exclude(pk=melding.pk)
        same_hood = Q(neighbourhood=melding.neighbourhood_id) if melding.neighbourhood_id else Q()
        if melding.latitude is None or melding.longitude is None:
            return others.filter(same_hood or Q(category=melding.category_id))
        high, wide = (
            NEAR_DEGREES,
            NEAR_DEGREES / max(math.cos(math.radians(melding.latitude)), 0.01),
        )
        close_by = Q(
            latitude__range=(melding.latitude - high, melding.latitude + high),
            longitude__range=(melding.longitude - wide, melding.longitude + wide),
        )
        return others.filter(close_by | (same_hood & Q(latitude=None)))

    def search(self, text: str) -> Self:
        """Dutch stems in what was told and where; an exact number gives exactly that one."""
        words = text.strip()
        if NUMBER.fullmatch(words):
            return self.filter(number=words.upper())
        if START_OF_NUMBER.fullmatch(words):
            return self.filter(number__startswith=words.upper())
        query = SearchQuery(words, config=SEARCH_CONFIG, search_type="websearch")
        notes: Any = self.model.notes.rel.related_model
        told = notes.objects.filter(search=query)
        # One list of keys, each half from its own index: an OR would read every row.
        found = Melding.objects.filter(search=query).order_by().values("pk")
        return self.filter(pk__in=found.union(told.order_by().values("melding")))

    def nearest(self, latitude: float, longitude: float) -> Self:
        """The closest first; what has no point comes last. Flat earth: a municipality is small."""
        narrow = math.cos(math.radians(latitude)) ** 2
        off = Power(F("latitude") - latitude, 2) + Power(F("longitude") - longitude, 2) * narrow
        return self.annotate(off=off).order_by(F("off").asc(nulls_last=True), "due", "pk")

    def for_list(self) -> Self:
        """Load what a list row shows, and nothing else."""
        found = self.select_related("category", "handler", "assignee", "neighbourhood", "source")
        return found.defer("search")  # long, and for the index alone


class Melding(Versioned):
    """Something that somebody told us, from its entry until the answer."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="meldingen", verbose_name=_("gemeente")
    )
    number = models.CharField(_("nummer"), max_length=20, editable=False)  # ZAN-2026-00421
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("bron"))
    kind = models.CharField(_("soort"), max_length=10, choices=Kind, default=Kind.PROBLEM)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="meldingen", verbose_name=_("categorie")
    )
    answers = models.JSONField(_("antwoorden"), default=dict, blank=True)  # question pk → text
    text = LongText(_("wat is er"), max_length=4000)
    mailbox = models.ForeignKey(
        "meldingen.Mailbox",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meldingen",
        verbose_name=_("Pro?bleembox"),
    )
    happened_at = models.DateTimeField(_("wanneer"), default=timezone.now)
    entered_at = models.DateTimeField(_("ingevoerd op"), db_default=Now())
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("ingevoerd door"),
    )

    place = models.CharField(_("waar"), max_length=200, blank=True)
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
    # Nobody told it: reckoned from the point, and said so wherever it stands.
    place_is_reckoned = models.BooleanField(_("berekend adres"), default=False, editable=False)
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, null=True, blank=True, verbose_name=_("wijk")
    )

    urgency = models.CharField(
        _("dringendheid"), max_length=10, choices=Urgency, default=Urgency.NORMAL
    )
    confidentiality = models.CharField(
        _("vertrouwelijkheid"), max_length=15, choices=Level, default=Level.INTERNAL
    )
    handler = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meldingen",
        verbose_name=_("dienst of partner"),
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meldingen",
        verbose_name=_("behandelaar"),
    )
    action = models.ForeignKey(
        Action,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="meldingen",
        verbose_name=_("actie van het plan"),
    )

    status = models.CharField(
        _("status"),
        max_length=15,
        choices=MeldingStatus,
        default=MeldingStatus.RECEIVED,
        editable=False,
    )
    ack_due = models.DateField(_("bevestigen tegen"), editable=False)
    due = models.DateField(_("norm"), editable=False)  # the last working day of the norm
    planned_on = models.DateField(_("ingepland op"), null=True, blank=True, editable=False)
    waits_for = models.CharField(_("wacht op"), max_length=200, blank=True, editable=False)
    waiting_since = models.DateField(null=True, blank=True, editable=False)
    first_reaction_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("afgesloten op"), null=True, blank=True, editable=False)
    closure_reason = models.ForeignKey(
        ClosureReason,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("reden van afsluiten"),
    )
    closure_text = LongText(_("toelichting"), max_length=2000, blank=True, editable=False)
    # Told of the same thing: who reported this one hears what becomes of the other.
    joined_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="joined"
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="parts"
    )
    # With this code anybody follows how it goes, without a name: it says nothing about a person.
    follow_code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    form_key = models.UUIDField(unique=True, null=True, editable=False)  # a form sent twice is one
    search = models.GeneratedField(
        expression=SearchVector("text", weight="A", config=SEARCH_CONFIG)
        + SearchVector("place", weight="B", config=SEARCH_CONFIG)
        + SearchVector("closure_text", weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = MeldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("melding")
        verbose_name_plural = _("meldingen")
        ordering = ["-entered_at", "-pk"]
        indexes = [
            GinIndex(fields=["search"], name="meldingen_melding_search"),
            models.Index(
                fields=["municipality", "status", "-entered_at", "-id"],
                name="meldingen_melding_list",
            ),
            models.Index(
                fields=["municipality", "-entered_at", "-id"], name="meldingen_melding_recent"
            ),
            models.Index(
                fields=["municipality", "due"],
                condition=Q(status__in=sorted(OPEN)),
                name="meldingen_melding_due",
            ),
            models.Index(
                fields=["number"],
                name="meldingen_melding_number",
                opclasses=["varchar_pattern_ops"],
            ),
            models.Index(
                fields=["category", "latitude", "longitude"], name="meldingen_melding_near"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "number"], name="meldingen_melding_number_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="meldingen_melding_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(urgency__in=Urgency.values), name="meldingen_melding_known_urgency"
            ),
            models.CheckConstraint(
                condition=Q(status__in=MeldingStatus.values),
                name="meldingen_melding_known_status",
            ),
            models.CheckConstraint(
                condition=Q(confidentiality__in=Level.values),
                name="meldingen_melding_known_level",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="meldingen_melding_whole_point",
                violation_error_message=_("Geef de plaats op de kaart helemaal, of niet."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(OVER), closed_at__isnull=False)
                | Q(status__in=sorted(OPEN), closed_at=None),
                name="meldingen_melding_closed_when_over",
            ),
            models.CheckConstraint(
                condition=Q(place_is_reckoned=False) | (~Q(place="") & Q(latitude__isnull=False)),
                name="meldingen_melding_reckoned_from_point",
            ),
            models.CheckConstraint(
                condition=Q(joined_to=None) | ~Q(joined_to=F("pk")),
                name="meldingen_melding_not_joined_to_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("meldingen:melding", args=[self.pk])

    @property
    def point(self) -> tuple[float, float] | None:
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def point_in_words(self) -> str:
        return point_in_words(self.latitude, self.longitude)

    @property
    def over_at(self) -> dt.datetime | None:
        """When whoever reported it heard the end: of what it was joined to, if it was."""
        return (self.joined_to or self).closed_at

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_beyond_norm(self) -> bool:
        late = self.due < timezone.localdate()
        return self.status in OPEN - CLOCK_STOPS and late


class NumberSeries(models.Model):
    """The last number given in a year: who takes the next holds this row."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year"], name="meldingen_numberseries_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality.code}-{self.year}"
