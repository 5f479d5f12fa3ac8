"""What partners agreed with each other: the kinds of agreement, the agreement and who signs it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, Func, OuterRef, Q
from django.db.models.functions import Cast, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.roles import INVOLVED_LEVELS, Right
from core.confidentiality import Level
from core.fields import LongText
from core.models import Versioned
from partners.models.contacts import ContactOfficer, first_contact
from partners.models.in_force import has_notice, is_alive, is_over, under_notice
from partners.models.register import Partner, own_partner_ids, space_partners
from partners.workflow import AGREEMENT_IN_FORCE, AGREEMENT_OVER, AgreementStatus

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import User

EVALUATE_AHEAD = 30  # days
RENEW_AHEAD = 90
NOTICE_AHEAD = 60
END_AHEAD = 30
MOST_MONTHS = 600
# A year that was typed wrong is refused.
SENSIBLE = [MinValueValidator(dt.date(1950, 1, 1)), MaxValueValidator(dt.date(2200, 12, 31))]


class Form(models.TextChoices):
    COVENANT = "convenant", _("Convenant")
    PROTOCOL = "protocol", _("Protocol")
    CONTRACT = "overeenkomst", _("Overeenkomst")
    CHARTER = "charter", _("Charter")
    WORKING = "werkafspraak", _("Werkafspraak")


class DataSharing(models.TextChoices):
    YES = "ja", _("Ja")
    LIMITED = "beperkt", _("Beperkt")
    NO = "nee", _("Nee")


class Renewal(models.TextChoices):
    NONE = "geen", _("Stopt op de einddatum")
    DECISION = "beslissing", _("Door een nieuwe beslissing")
    TACIT = "stilzwijgend", _("Stilzwijgend")


class Ground(models.TextChoices):
    """Why personal data may be used at all: article 6 of the GDPR."""

    CONSENT = "toestemming", _("Toestemming")
    CONTRACT = "overeenkomst", _("Uitvoering van een overeenkomst")
    LAW = "wettelijke verplichting", _("Wettelijke verplichting")
    VITAL = "vitaal belang", _("Vitaal belang")
    PUBLIC = "algemeen belang", _("Taak van algemeen belang")
    LEGITIMATE = "gerechtvaardigd belang", _("Gerechtvaardigd belang")


class AgreementTypeQuerySet(models.QuerySet["AgreementType"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(municipality__in=user.municipality_ids_with(Right.AGREEMENT_READ))

    def editable_by(self, user: User) -> Self:
        return self.filter(municipality__in=user.municipality_ids_with(Right.AGREEMENT_EDIT))

    def current(self) -> Self:
        return self.filter(archived_at=None)


class AgreementType(Versioned):
    """A kind of agreement that a municipality uses, with what is usual for it."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="agreement_types", verbose_name=_("gemeente")
    )
    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("naam"), max_length=150)
    form = models.CharField(_("vorm"), max_length=15, choices=Form)
    default_term_months = models.PositiveSmallIntegerField(
        _("gewone looptijd in maanden"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
    )
    evaluation_months = models.PositiveSmallIntegerField(
        _("evaluatie om de … maanden"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
    )
    data_sharing = models.CharField(
        _("persoonsgegevens"), max_length=10, choices=DataSharing, default=DataSharing.NO
    )
    legal_note = LongText(_("juridische opmerking"), max_length=500, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AgreementTypeQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code"],
                name="partners_agreementtype_code_once",
                violation_error_message=_("Deze code bestaat al in deze gemeente."),
            ),
            models.CheckConstraint(
                condition=Q(form__in=Form.values), name="partners_agreementtype_known_form"
            ),
            models.CheckConstraint(
                condition=Q(data_sharing__in=DataSharing.values),
                name="partners_agreementtype_known_sharing",
            ),
        ]

    def __str__(self) -> str:
        return self.name


# What an agreement needs attention for, each said once.


def asks_signature(*, on: dt.date) -> Q:
    """Laid before the parties, or in force while a party that joined has not signed."""
    unsigned = AgreementParty.objects.filter(signed_on=None)
    joined = is_alive(on=on) & Q(pk__in=unsigned.values("agreement"))
    return Q(status=AgreementStatus.TO_SIGN) | joined


def asks_evaluation(*, on: dt.date, days: int = EVALUATE_AHEAD) -> Q:
    """In force, and the evaluation was started, comes within a month or is past."""
    soon = Q(next_evaluation__lte=on + dt.timedelta(days=days))
    before_end = Q(ended_on=None) | Q(next_evaluation__lte=F("ended_on"))
    started = Q(status=AgreementStatus.TO_EVALUATE)
    return started | is_alive(on=on) & soon & before_end


def asks_renewal(*, on: dt.date, days: int = RENEW_AHEAD) -> Q:
    """In force and ending soon without a successor, or its last day is past.

    What renews itself asks nothing.
    """
    soon = Q(ends__lte=on + dt.timedelta(days=days), successor=None)
    asked = Q(status=AgreementStatus.TO_RENEW, successor=None)
    return Q(status__in=AGREEMENT_IN_FORCE) & (asked | ~renews_itself() & (soon | Q(ends__lt=on)))


def asks_notice(*, on: dt.date, days: int = NOTICE_AHEAD) -> Q:
    """The last day to give notice comes within two months, and nobody chose to renew yet."""
    soon = (on, on + dt.timedelta(days=days))
    undecided = AGREEMENT_IN_FORCE - {AgreementStatus.TO_RENEW}
    return Q(status__in=undecided, notice_months__gt=0, notice_on__range=soon, successor=None)


def asks_farewell(*, on: dt.date) -> Q:
    """Under notice, with its last day within a month: what has to be settled before it ends."""
    return under_notice(on=on) & Q(ended_on__lte=on + dt.timedelta(days=END_AHEAD))


def renews_itself() -> Q:
    """Renewed tacitly, term after term, as long as no successor came in its place."""
    succeeded = Agreement.objects.filter(status__in=AGREEMENT_IN_FORCE).exclude(predecessor=None)
    return Q(renewal=Renewal.TACIT) & ~Q(pk__in=succeeded.values("predecessor"))


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: User) -> Self:
        """By level within one's municipality; more where one's organisation is a party."""
        levels = user.levels_by_municipality()
        places = user.municipality_ids_with(Right.AGREEMENT_READ)
        own = AgreementParty.objects.filter(partner__in=own_partner_ids(user))
        seen = Q(pk__in=own.values("agreement"), municipality__in=places,
                 confidentiality__in=INVOLVED_LEVELS)  # fmt: skip
        for place in places:
            seen |= Q(municipality=place, confidentiality__in=levels[place])
        return self.filter(seen)

    def in_space_of(self, user: User) -> Self:
        """For an outside partner: what it is a party to, once there is something to sign."""
        return self.shown_to([partner.pk for partner in space_partners(user)])

    def shown_to(self, partners: Collection[int]) -> Self:
        """What these partners know of: not what is still being written, nor above their level."""
        own = self.filter(parties__partner__in=partners, confidentiality__in=INVOLVED_LEVELS)
        return own.exclude(status=AgreementStatus.DRAFT).distinct()

    def editable_by(self, user: User) -> Self:
        places = user.municipality_ids_with(Right.AGREEMENT_EDIT)
        return self.visible_to(user).filter(municipality__in=places)

    def not_over(self, *, on: dt.date) -> Self:
        """With what is under notice until its last day."""
        return self.exclude(is_over(on=on))

    def alive_in(self, *, start: dt.date, end: dt.date, on: dt.date) -> Self:
        """Not over on a day, or over since a day in a period."""
        ended = Q(ended_on__range=(start, end)) | Q(ended_on=None, ends__range=(start, end))
        return self.filter(~is_over(on=on) | ended)

    def over(self, *, on: dt.date) -> Self:
        return self.filter(is_over(on=on))

    def of_partner(self, partner: Partner) -> Self:
        rows = AgreementParty.objects.filter(partner=partner)
        return self.filter(pk__in=rows.values("agreement"))

    def in_force(self, *, on: dt.date) -> Self:
        """Between its first and its last day; what renews itself goes on."""
        going_on = Q(ends=None) | Q(ends__gte=on) | renews_itself()
        running = Q(status__in=AGREEMENT_IN_FORCE) & going_on
        return self.filter(running | under_notice(on=on), starts__lte=on)

    def to_prolong(self, *, on: dt.date) -> Self:
        """Whose end went by without notice: the next term has begun."""
        rows = self.filter(status__in=AGREEMENT_IN_FORCE, ends__lt=on)
        return rows.filter(renews_itself(), renewal_months__gte=1)

    def allowing_personal_data(self, partner: Partner, *, on: dt.date) -> Self:
        """The agreements under which personal data may go to this partner on this day: in force,
        signed by that partner, with a data-exchange annex that holds on that day."""
        signed = AgreementParty.objects.filter(partner=partner, signed_on__lte=on)
        return self.in_force(on=on).filter(
            Q(annex__ends=None) | Q(annex__ends__gte=on),
            annex__starts__lte=on,
            pk__in=signed.values("agreement"),
        )

    def to_sign(self, *, on: dt.date) -> Self:
        return self.filter(asks_signature(on=on))

    def to_evaluate(self, *, on: dt.date, days: int = EVALUATE_AHEAD) -> Self:
        return self.filter(asks_evaluation(on=on, days=days))

    def to_renew(self, *, on: dt.date, days: int = RENEW_AHEAD) -> Self:
        return self.filter(asks_renewal(on=on, days=days))

    def notice_due(self, *, on: dt.date, days: int = NOTICE_AHEAD) -> Self:
        return self.filter(asks_notice(on=on, days=days))

    def ending(self, *, on: dt.date) -> Self:
        return self.filter(asks_farewell(on=on))

    def search(self, text: str) -> Self:
        """By code, title, object, or the name of a party."""
        parties = AgreementParty.objects.filter(partner__name__icontains=text)
        found = Q(code__istartswith=text) | Q(title__icontains=text) | Q(object__icontains=text)
        return self.filter(found | Q(pk__in=parties.values("agreement")))

    def for_list(self) -> Self:
        """With its type and the names of its parties."""
        names = AgreementParty.objects.filter(agreement=OuterRef("pk")).order_by("partner__name")
        unsigned = AgreementParty.objects.filter(agreement=OuterRef("pk"), signed_on=None)
        return self.select_related("type", "municipality").annotate(
            party_names=ArraySubquery(names.values("partner__name")),
            lacks_signature=Exists(unsigned),
        )


class Agreement(Versioned):
    """What parties agreed: on what, from when, until when, and how it is followed up."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="agreements", verbose_name=_("gemeente")
    )
    code = models.CharField(_("code"), max_length=20)
    type = models.ForeignKey(
        AgreementType, models.PROTECT, related_name="agreements", verbose_name=_("soort")
    )
    title = models.CharField(_("titel"), max_length=200)
    object = LongText(_("voorwerp"), max_length=2000)
    legal_basis = LongText(_("rechtsgrond"), max_length=500, blank=True)
    communication = LongText(_("afspraken over communicatie"), max_length=1000, blank=True)
    starts = models.DateField(_("begint"), validators=SENSIBLE)
    ends = models.DateField(_("eindigt"), null=True, blank=True, validators=SENSIBLE)
    notice_months = models.PositiveSmallIntegerField(
        _("opzegtermijn in maanden"), default=0, validators=[MaxValueValidator(120)]
    )
    # The last day to give notice.
    notice_on = models.GeneratedField(
        expression=Cast(
            ExpressionWrapper(
                F("ends")
                - Func(
                    F("notice_months"),
                    function="make_interval",
                    template="%(function)s(months => %(expressions)s)",
                    output_field=models.DurationField(),
                ),
                output_field=models.DateTimeField(),
            ),
            models.DateField(),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )
    renewal = models.CharField(
        _("verlenging"), max_length=15, choices=Renewal, default=Renewal.DECISION
    )
    renewal_months = models.PositiveSmallIntegerField(
        _("verlengd met … maanden"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
    )
    evaluation_months = models.PositiveSmallIntegerField(
        _("evaluatie om de … maanden"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
    )
    # How many terms it went on by itself.
    tacit_renewals = models.PositiveSmallIntegerField(
        _("keren stilzwijgend verlengd"), default=0, editable=False
    )
    next_evaluation = models.DateField(
        _("volgende evaluatie"), null=True, blank=True, validators=SENSIBLE
    )
    ended_on = models.DateField(_("laatste dag"), null=True, blank=True, editable=False)
    status = models.CharField(
        _("status"), max_length=20, choices=AgreementStatus, default=AgreementStatus.DRAFT
    )
    confidentiality = models.CharField(
        _("vertrouwelijkheid"), max_length=15, choices=Level, default=Level.INTERNAL
    )
    predecessor = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successor",
        verbose_name=_("hernieuwing van"),
        error_messages={"unique": _("Deze afspraak heeft al een opvolger.")},
    )
    created_at = models.DateTimeField(db_default=Now())
    partners = models.ManyToManyField(Partner, through="AgreementParty", related_name="agreements")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code"],
                name="partners_agreement_code_once",
                violation_error_message=_("Deze code bestaat al in deze gemeente."),
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="partners_agreement_ends_after_start",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=Q(next_evaluation=None) | Q(next_evaluation__gte=F("starts")),
                name="partners_agreement_evaluation_after_start",
                violation_error_message=_("De volgende evaluatie ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=~Q(renewal=Renewal.TACIT) | Q(renewal_months__isnull=False),
                name="partners_agreement_tacit_has_term",
                violation_error_message=_(
                    "Zeg met hoeveel maanden de afspraak stilzwijgend verlengt."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None)
                | Q(status=AgreementStatus.ENDED, ended_on__gte=F("starts")),
                name="partners_agreement_last_day_by_notice",
                violation_error_message=_(
                    "Alleen een afspraak die opgezegd is, heeft een laatste dag, en niet voor ze begon."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("id")),
                name="partners_agreement_not_after_itself",
                violation_error_message=_("Een afspraak kan zichzelf niet hernieuwen."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=AgreementStatus.values),
                name="partners_agreement_known_status",
            ),
            models.CheckConstraint(
                condition=Q(renewal__in=Renewal.values), name="partners_agreement_known_renewal"
            ),
            models.CheckConstraint(
                condition=Q(confidentiality__in=Level.values),
                name="partners_agreement_known_level",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "status"], name="partners_agreement_status"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("agreements:detail", args=[self.pk])

    def has_notice(self, *, on: dt.date) -> bool:
        """Under notice, and still in force on this day."""
        return has_notice(self, on=on)

    def is_alive(self, *, on: dt.date) -> bool:
        """Put in force, and neither ended nor expired on this day."""
        return self.status in AGREEMENT_IN_FORCE or self.has_notice(on=on)

    def is_over(self, *, on: dt.date) -> bool:
        return self.status in AGREEMENT_OVER and not self.has_notice(on=on)

    def comes_after(self, other: Agreement) -> bool:
        """Whether the other is this one, or one of those that it renewed."""
        row: Agreement | None = self
        known: set[int] = set()
        while row is not None and row.pk not in known:
            if row.pk == other.pk:
                return True
            known.add(row.pk)
            row = row.predecessor
        return False


class AgreementPartyQuerySet(models.QuerySet["AgreementParty"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(agreement__in=Agreement.objects.visible_to(user))

    def without_contact(self, *, on: dt.date) -> Self:
        """Whom nobody can reach any more, in an agreement that is not over.

        A contact officer for this agreement is enough, and one who left unreplaced is a loss.
        """
        own = ContactOfficer.objects.filter(
            partner=OuterRef("partner"), agreement=OuterRef("agreement")
        )
        unreachable = Q(partner__in=Partner.objects.unreachable(on=on))
        reached = Exists(own.active(on=on).exclude(email=""))
        archived = Q(partner__archived_at__isnull=False)
        gone = archived | unreachable & ~reached | Exists(own.gone(on=on))
        return self.filter(gone).exclude(is_over(on=on, at="agreement__"))

    def with_officers(self, *, on: dt.date) -> Self:
        """With the partner and whom to turn to there today."""
        active = ContactOfficer.objects.active(on=on)
        officers = models.Prefetch("partner__contact_officers", active, to_attr="officers_now")
        return self.select_related("partner").prefetch_related(officers)


class AgreementParty(models.Model):
    """A partner as one of the parties, and who signed for it."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="agreement_parts", verbose_name=_("partij")
    )
    signatory = models.CharField(_("ondertekenaar"), max_length=150, blank=True)
    signatory_function = models.CharField(_("functie"), max_length=150, blank=True)
    signed_on = models.DateField(_("ondertekend op"), null=True, blank=True)

    objects = AgreementPartyQuerySet.as_manager()

    class Meta:
        ordering = ["partner__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "partner"],
                name="partners_agreementparty_once",
                violation_error_message=_("Deze partner is al partij."),
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None) | ~Q(signatory="") | ~Q(signatory_function=""),
                name="partners_agreementparty_signed_by",
                violation_error_message=_("Zeg wie ondertekende: een naam of een functie."),
            ),
        ]

    def __str__(self) -> str:
        return self.partner.name

    @property
    def contact(self) -> ContactOfficer:
        """Whom to turn to about this agreement; asks `with_officers()`."""
        return first_contact(self.partner.officers_now, self.partner, self.agreement_id)


class DataAnnex(Versioned):
    """Which personal data the parties share, on what ground, and from when until when."""

    agreement = models.OneToOneField(Agreement, models.CASCADE, related_name="annex")
    data = LongText(
        _("welke persoonsgegevens"),
        max_length=2000,
        help_text=_("Soorten gegevens, geen gegevens zelf: bijvoorbeeld adres van de melding."),
    )
    ground = models.CharField(_("grond (AVG)"), max_length=25, choices=Ground)
    ground_note = LongText(_("wet, decreet of besluit"), max_length=500, blank=True)
    starts = models.DateField(_("vanaf"))
    ends = models.DateField(_("tot en met"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="partners_dataannex_ends_after_start",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=Q(ground__in=Ground.values), name="partners_dataannex_known_ground"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Gegevensbijlage van %s") % self.agreement.code)
