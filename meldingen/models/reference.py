"""What a municipality keeps in its own lists: sources, categories, reasons and standard texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.roles import Right
from core.fields import LongText
from core.models import Versioned
from partners.models import Partner

if TYPE_CHECKING:
    from accounts.models import User

MOST_DAYS = 250  # working days: a year


class ListQuerySet(models.QuerySet["ListItem"]):
    """The lists of a municipality, read by whoever reads its meldingen."""

    def visible_to(self, user: User) -> Self:
        return self.filter(municipality__in=user.municipality_ids_with(Right.MELDING_READ))

    def editable_by(self, user: User) -> Self:
        return self.filter(municipality__in=user.municipality_ids_with(Right.MELDING_LISTS))

    def current(self) -> Self:
        return self.filter(archived_at=None)


class ListItem(Versioned):
    """One line of a list: archived when it is no longer used, never deleted."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("gemeente")
    )
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("naam"), max_length=100)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ListQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code"],
                name="%(app_label)s_%(class)s_code_once",
                violation_error_message=_("Deze code bestaat al in deze gemeente."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Named(models.Model):
    """What citizens read too has a French name, where French is offered."""

    name: str
    french = models.CharField(_("naam in het Frans"), max_length=100, blank=True)

    class Meta:
        abstract = True

    def name_in(self, language: str | None) -> str:
        return self.french if (language or "").startswith("fr") and self.french else self.name


class Source(ListItem):
    """How a melding reached us: by phone, in a letterbox, seen by a warden."""

    # Public ones belong to the citizens' own form and mailbox; nobody at the desk chooses them.
    is_public = models.BooleanField(_("van het publieke formulier"), default=False)
    # The reporter is a colleague: nobody waits for an answer outside the house.
    is_internal = models.BooleanField(_("van binnen de gemeente"), default=False)

    class Meta(ListItem.Meta):
        verbose_name = _("bron")
        verbose_name_plural = _("bronnen")


class CategoryGroup(ListItem):
    class Meta(ListItem.Meta):
        verbose_name = _("hoofdcategorie")
        verbose_name_plural = _("hoofdcategorieën")


class WardenRole(models.TextChoices):
    """What a community warden may do about it (law of 15 May 2007, art. 3)."""

    FIND = "vaststellen", _("Vaststellen")
    SIGNAL = "signaleren", _("Signaleren")
    SENSITISE = "sensibiliseren", _("Sensibiliseren")
    BE_THERE = "aanwezig zijn", _("Aanwezig zijn")
    NONE = "geen", _("Geen taak voor de gemeenschapswacht")


class Category(Named, ListItem):
    """What a melding is about: who handles it, and within how many working days."""

    group = models.ForeignKey(
        CategoryGroup, models.PROTECT, related_name="categories", verbose_name=_("hoofdcategorie")
    )
    handler = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("behandelaar"),
    )
    ack_days = models.PositiveSmallIntegerField(
        _("bevestiging binnen … werkdagen"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
    )
    resolve_days = models.PositiveSmallIntegerField(
        _("afhandeling binnen … werkdagen"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
    )
    may_sanction = models.BooleanField(_("kan via administratieve sanctie"), default=False)
    warden_role = models.CharField(
        _("taak van de gemeenschapswacht"),
        max_length=15,
        choices=WardenRole,
        default=WardenRole.SIGNAL,
    )
    is_external = models.BooleanField(_("een andere overheid beslist"), default=False)
    is_sensitive = models.BooleanField(
        _("gevoelig"),
        default=False,
        help_text=_("Gaat vaak over mensen: niemand van buiten leest mee."),
    )
    hint = models.CharField(_("hulp bij het invullen"), max_length=200, blank=True)
    urgent_note = models.CharField(_("eerst bellen"), max_length=200, blank=True)

    class Meta(ListItem.Meta):
        verbose_name = _("categorie")
        verbose_name_plural = _("categorieën")
        constraints = [
            *ListItem.Meta.constraints,
            models.CheckConstraint(
                condition=Q(warden_role__in=WardenRole.values),
                name="meldingen_category_known_role",
            ),
        ]


class QuestionKind(models.TextChoices):
    TEXT = "tekst", _("Korte tekst")
    CHOICE = "keuze", _("Eén keuze")
    CHOICES = "keuzes", _("Meer keuzes")
    YES_NO = "ja of nee", _("Ja of nee")


class CategoryQuestion(Versioned):
    """What is asked besides, for one category."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    label = models.CharField(_("vraag"), max_length=150)
    kind = models.CharField(_("soort antwoord"), max_length=10, choices=QuestionKind)
    choices = ArrayField(
        models.CharField(max_length=80), verbose_name=_("keuzes"), default=list, blank=True
    )
    is_required = models.BooleanField(_("verplicht"), default=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("extra vraag")
        verbose_name_plural = _("extra vragen")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=QuestionKind.values),
                name="meldingen_categoryquestion_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ClosureReason(Named, ListItem):
    """Why a melding is over; some ask for words of one's own."""

    needs_text = models.BooleanField(_("vraagt een eigen toelichting"), default=False)
    # Which of the two ways to be over it belongs to; "anders" to both.
    resolves = models.BooleanField(_("er is iets gedaan"), default=True)

    class Meta(ListItem.Meta):
        verbose_name = _("reden van afsluiten")
        verbose_name_plural = _("redenen van afsluiten")


class Occasion(models.TextChoices):
    """When a citizen hears from us."""

    RECEIVED = "ontvangst", _("Ontvangstmelding")
    ASSIGNED = "toegewezen", _("Doorgegeven binnen de gemeente")
    EXTERNAL = "extern", _("Doorgegeven aan een andere overheid of dienst")
    DELAY = "vertraging", _("Het duurt langer")
    CLOSED = "afgehandeld", _("Afgehandeld")
    NO_ACTION = "geen_actie", _("Geen verdere actie")


class StandardText(Versioned):
    """The words to a citizen for one occasion, for everything or for one category."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("gemeente")
    )
    occasion = models.CharField(_("wanneer"), max_length=15, choices=Occasion)
    category = models.ForeignKey(
        Category,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="texts",
        verbose_name=_("alleen voor"),
    )
    dutch = LongText(_("tekst"), max_length=2000)
    french = LongText(_("tekst in het Frans"), max_length=2000, blank=True)

    objects = ListQuerySet.as_manager()

    class Meta:
        ordering = ["occasion", "category", "pk"]
        verbose_name = _("standaardtekst")
        verbose_name_plural = _("standaardteksten")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "occasion", "category"],
                nulls_distinct=False,
                name="meldingen_standardtext_once",
                violation_error_message=_("Voor dit moment is er al een tekst."),
            ),
            models.CheckConstraint(
                condition=Q(occasion__in=Occasion.values),
                name="meldingen_standardtext_known_occasion",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_occasion_display())


class Spot(models.TextChoices):
    """Where a public text stands."""

    START = "start", _("Eerste pagina van het publieke formulier")
    BOX = "bus", _("Over de Pro?bleembox")
    PRIVACY = "privacy", _("Privacyverklaring")


class PublicText(Versioned):
    """What everybody reads: on the public pages, and what becomes of the data that one gives."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("gemeente")
    )
    spot = models.CharField(_("waar"), max_length=10, choices=Spot)
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="public_texts",
        verbose_name=_("voor wie meldt via"),
        help_text=_("Alleen bij een privacyverklaring: elke weg heeft er één."),
    )
    dutch = LongText(_("tekst"), max_length=2000)
    french = LongText(_("tekst in het Frans"), max_length=2000, blank=True)

    objects = ListQuerySet.as_manager()

    class Meta:
        ordering = ["spot", "source__position", "pk"]
        verbose_name = _("publieke tekst")
        verbose_name_plural = _("publieke teksten")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "spot", "source"],
                nulls_distinct=False,
                name="meldingen_publictext_once",
                violation_error_message=_("Voor deze plek is er al een tekst."),
            ),
            models.CheckConstraint(
                condition=Q(spot=Spot.PRIVACY, source__isnull=False)
                | Q(spot__in=[Spot.START, Spot.BOX], source__isnull=True),
                name="meldingen_publictext_source_for_privacy",
                violation_error_message=_(
                    "Kies een bron bij een privacyverklaring, en nergens anders."
                ),
            ),
        ]

    def __str__(self) -> str:
        shown = str(self.get_spot_display())
        return f"{shown}: {self.source}" if self.source_id else shown
