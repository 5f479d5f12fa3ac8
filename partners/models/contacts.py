"""Whom to turn to at a partner: contact officers, for everything or for one topic."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import BigIntegerField, Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Versioned
from partners.models.in_force import is_over

if TYPE_CHECKING:
    from collections.abc import Iterable

    from partners.models.agreements import AgreementQuerySet
    from partners.models.register import Partner

SIGNAL_DAYS = 30  # before its end, a contact officer without a successor is signalled


def which_agreement(agreement: str | OuterRef = "agreement") -> Coalesce:
    """The key of the agreement, or nought: no agreement is compared as one and the same."""
    return Coalesce(agreement, Value(0), output_field=BigIntegerField())


class ContactOfficerQuerySet(models.QuerySet["ContactOfficer"]):
    def active(self, *, on: dt.date) -> Self:
        return self.filter(Q(starts__lte=on), Q(ends=None) | Q(ends__gte=on))

    def unfinished(self, *, on: dt.date) -> Self:
        """Those of today and those to come."""
        return self.filter(Q(ends=None) | Q(ends__gte=on))

    def of_register(self) -> Self:
        """For everything or for a topic; those of one agreement stand with that agreement."""
        return self.filter(agreement=None)

    def readable_with(self, agreements: AgreementQuerySet) -> Self:
        """Without those of an agreement that is not among these."""
        return self.filter(Q(agreement=None) | Q(agreement__in=agreements))

    def gone(self, *, on: dt.date) -> Self:
        """Ended, while nobody took over. Deputies do not count."""
        return self.filter(ends__lt=on).without_successor()

    def needing_attention(self, *, on: dt.date, days: int = SIGNAL_DAYS) -> Self:
        """Ended, or ending within the month, while nobody takes over."""
        soon = on + dt.timedelta(days=days)
        over = is_over(on=on, at="agreement__") & Q(agreement__isnull=False)
        return (
            self.filter(ends__lte=soon, partner__archived_at=None).exclude(over).without_successor()
        )

    def without_successor(self) -> Self:
        """Nobody comes after them for the same thing."""
        later = (
            ContactOfficer.objects.alias(about=which_agreement())
            .filter(
                Q(ends=None) | Q(ends__gt=OuterRef("ends")),
                partner=OuterRef("partner"),
                topic__iexact=OuterRef("topic"),
                is_deputy=False,
            )
            .filter(about=which_agreement(OuterRef("agreement")))
        )
        return self.filter(~Exists(later), is_deputy=False)


class DateRange(Func):
    """The days from a start until (and including) an end, as PostgreSQL compares them."""

    function = "DATERANGE"
    output_field = DateRangeField()


class ContactOfficer(Versioned):
    """Somebody to turn to at a partner, in that function. A contact of work, nothing private."""

    partner = models.ForeignKey("partners.Partner", models.CASCADE, related_name="contact_officers")
    function = models.CharField(_("functie"), max_length=150)
    name = models.CharField(_("naam"), max_length=150, blank=True)
    email = models.EmailField(_("e-mailadres op het werk"), blank=True)
    phone = models.CharField(_("telefoon op het werk"), max_length=40, blank=True)
    topic = models.CharField(
        _("waarvoor"),
        max_length=100,
        blank=True,
        help_text=_("Een domein of thema. Leeg: voor alles."),
    )
    agreement = models.ForeignKey(
        "partners.Agreement",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="contact_officers",
        verbose_name=_("voor één afspraak"),
    )
    is_deputy = models.BooleanField(_("vervanger"), default=False)
    starts = models.DateField(_("vanaf"), default=timezone.localdate)
    ends = models.DateField(_("tot en met"), null=True, blank=True)

    objects = ContactOfficerQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanspreekpunt")
        verbose_name_plural = _("aanspreekpunten")
        ordering = ["is_deputy", "topic", "-starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="partners_contactofficer_ends_after_start",
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
            models.CheckConstraint(
                condition=Q(agreement=None) | Q(topic=""),
                name="partners_contactofficer_topic_or_agreement",
                violation_error_message=_("Kies een thema of een afspraak, niet allebei."),
            ),
            # Says nothing new by itself: what names an officer together with its partner holds to it.
            models.UniqueConstraint(
                fields=["id", "partner"], name="partners_contactofficer_of_partner"
            ),
            ExclusionConstraint(
                name="partners_contactofficer_one_at_a_time",
                expressions=[
                    ("partner", RangeOperators.EQUAL),
                    (Lower("topic"), RangeOperators.EQUAL),
                    (which_agreement(), RangeOperators.EQUAL),
                    (
                        DateRange(
                            "starts",
                            "ends",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(is_deputy=False),
                violation_error_message=_(
                    "In die periode is er hiervoor al een aanspreekpunt. Beëindig dat eerst, of duid "
                    "deze persoon aan als vervanger."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function} ({self.name})" if self.name else self.function

    @property
    def is_over(self) -> bool:
        return self.ends is not None and self.ends < timezone.localdate()


def first_contact(
    officers: Iterable[ContactOfficer], partner: Partner, agreement_id: int | None = None
) -> ContactOfficer:
    """Whom to turn to first: for this agreement, else the general one, else what the partner gives.

    `officers` are those of today.
    """
    mains = [officer for officer in officers if not officer.topic and not officer.is_deputy]
    for wanted in (agreement_id, None):
        for officer in mains:
            if officer.agreement_id == wanted:
                return officer
    return ContactOfficer(
        function=partner.contact_name, email=partner.contact_email, phone=partner.contact_phone
    )
