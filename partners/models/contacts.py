"""Whom to turn to at a partner: contact officers, for everything or for one topic."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Versioned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from partners.models.register import Partner

SIGNAL_DAYS = 30  # before its end, a contact officer without a successor is signalled


class ContactOfficerQuerySet(models.QuerySet["ContactOfficer"]):
    def active(self, *, on: dt.date) -> Self:
        return self.filter(Q(starts__lte=on), Q(ends=None) | Q(ends__gte=on))

    def unfinished(self, *, on: dt.date) -> Self:
        """Those of today and those to come."""
        return self.filter(Q(ends=None) | Q(ends__gte=on))

    def needing_attention(self, *, on: dt.date) -> Self:
        """Ended, or ending within the month, while nobody takes over. Deputies do not count."""
        later = ContactOfficer.objects.filter(
            Q(ends=None) | Q(ends__gt=OuterRef("ends")),
            partner=OuterRef("partner"),
            topic__iexact=OuterRef("topic"),
            is_deputy=False,
        )
        soon = on + dt.timedelta(days=SIGNAL_DAYS)
        mains = self.filter(is_deputy=False, ends__lte=soon, partner__archived_at=None)
        return mains.filter(~Exists(later))


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
        help_text=_("Een domein, thema of afspraak. Leeg: voor alles."),
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
            ExclusionConstraint(
                name="partners_contactofficer_one_at_a_time",
                expressions=[
                    ("partner", RangeOperators.EQUAL),
                    (Lower("topic"), RangeOperators.EQUAL),
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


def first_contact(officers: Iterable[ContactOfficer], partner: Partner) -> ContactOfficer:
    """Whom to turn to first: the general contact officer of today, else what the partner gives."""
    for officer in officers:
        if not officer.topic and not officer.is_deputy:
            return officer
    return ContactOfficer(
        function=partner.contact_name, email=partner.contact_email, phone=partner.contact_phone
    )
