"""Referrals: somebody or something sent on to the partner who is competent, and what became of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Avg, ExpressionWrapper, F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.roles import Right
from core.fields import LongText
from core.models import Versioned
from partners.models.competences import Competence
from partners.models.register import Partner, own_partner_ids
from partners.workflow import (
    REFERRAL_ANSWERED,
    REFERRAL_CLOSED,
    REFERRAL_OPEN,
    ReferralStatus,
)

if TYPE_CHECKING:
    from accounts.models import User

ANSWER_DAYS = 14  # within which a partner says whether it takes this on


class Consent(models.TextChoices):
    GIVEN = "gegeven", _("Gegeven")
    NOT_NEEDED = "niet nodig", _("Niet nodig")
    NOT_ASKED = "niet gevraagd", _("Niet gevraagd")


class PersonalField(models.TextChoices):
    """What of a person may stand in the text that is shared."""

    NAME = "naam", _("Naam")
    CONTACT = "contact", _("Telefoon of e-mail")
    ADDRESS = "adres", _("Adres")
    BIRTH = "geboortedatum", _("Geboortedatum")
    SITUATION = "situatie", _("Persoonlijke situatie")


def answer_due() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=ANSWER_DAYS)


def is_late(*, on: dt.date) -> Q:
    """Still without an answer while the norm has passed."""
    return Q(status=ReferralStatus.SENT, due__lt=on)


def answering_ids(user: User) -> frozenset[int]:
    """Where this person answers for the own organisation, from inside or in a partner's space."""
    inside = user.municipality_ids_with(Right.ACTION_UPDATE)
    return inside | user.municipality_ids_with(Right.SPACE_USE)


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: User) -> Self:
        """Those of the municipality for who follows them all; else one's own, made or received."""
        all_of = user.municipality_ids_with(Right.REFERRAL_READ)
        own = Q(made_by=user, municipality__in=user.municipality_ids_with(Right.REFERRAL_MAKE))
        received = Q(
            partner__in=own_partner_ids(user),
            municipality__in=answering_ids(user),
        )
        return self.filter(Q(municipality__in=all_of) | own | received)

    def of_partner(self, partner: Partner) -> Self:
        return self.filter(partner=partner)

    def waiting(self) -> Self:
        """Sent, and not answered yet."""
        return self.filter(status=ReferralStatus.SENT)

    def open(self) -> Self:
        return self.filter(status__in=REFERRAL_OPEN)

    def late(self, *, on: dt.date) -> Self:
        return self.filter(is_late(on=on))

    def answered(self) -> Self:
        return self.filter(status__in=REFERRAL_ANSWERED)

    def with_answer_time(self) -> Self:
        """With how long the partner took to answer, as `answer_time`; empty without an answer."""
        taken = F("answered_on") - F("sent_on")
        return self.annotate(
            answer_time=ExpressionWrapper(taken, output_field=models.DurationField())
        )

    def mean_answer_time(self) -> dt.timedelta | None:
        found: dt.timedelta | None = self.with_answer_time().aggregate(mean=Avg("answer_time"))[
            "mean"
        ]
        return found

    def search(self, text: str) -> Self:
        words = text.strip()
        return self.filter(
            Q(reason__icontains=words)
            | Q(partner__name__icontains=words)
            | Q(competence__title__icontains=words)
            | Q(competence__question__icontains=words)
        )

    def for_list(self) -> Self:
        return self.select_related("partner", "competence", "made_by").order_by("-sent_on", "-pk")


class Referral(Versioned):
    """Sent to a partner for what it is competent for; only `text_to_share` is meant to leave."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="referrals", verbose_name=_("partner")
    )
    competence = models.ForeignKey(
        Competence, models.PROTECT, related_name="referrals", verbose_name=_("bevoegdheid")
    )
    reason = LongText(_("waarom verwijs je door"), max_length=1000)
    text_to_share = LongText(_("wat de partner te lezen krijgt"), max_length=2000)
    consent = models.CharField(_("toestemming"), max_length=15, choices=Consent)
    consent_on = models.DateField(_("gegeven op"), null=True, blank=True)
    personal_fields = ArrayField(
        models.CharField(max_length=15, choices=PersonalField),
        verbose_name=_("persoonsgegevens in die tekst"),
        default=list,
        blank=True,
    )
    sent_on = models.DateField(_("verzonden op"), default=timezone.localdate)
    due = models.DateField(_("antwoord verwacht tegen"), default=answer_due)
    status = models.CharField(
        _("status"), max_length=20, choices=ReferralStatus, default=ReferralStatus.SENT
    )
    answer = LongText(_("antwoord"), max_length=2000, blank=True)
    answered_on = models.DateField(_("beantwoord op"), null=True, blank=True)
    outcome = LongText(_("afloop"), max_length=2000, blank=True)
    closed_on = models.DateField(_("afgesloten op"), null=True, blank=True)
    # When somebody of the partner first read it, and when it was changed after that.
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("gewijzigd op"), null=True, blank=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "-pk"]
        indexes = [models.Index(fields=["partner", "status"], name="partners_referral_partner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ReferralStatus.values),
                name="partners_referral_known_status",
            ),
            models.CheckConstraint(
                condition=Q(consent__in=Consent.values), name="partners_referral_known_consent"
            ),
            models.CheckConstraint(
                condition=Q(personal_fields__contained_by=PersonalField.values),
                name="partners_referral_known_fields",
            ),
            models.CheckConstraint(
                condition=Q(consent=Consent.GIVEN, consent_on__isnull=False)
                | ~Q(consent=Consent.GIVEN) & Q(consent_on=None),
                name="partners_referral_consent_has_day",
                violation_error_message=_("Zeg op welke dag de toestemming gegeven is."),
            ),
            models.CheckConstraint(
                condition=~Q(consent=Consent.NOT_ASKED) | Q(personal_fields=[]),
                name="partners_referral_personal_data_with_consent",
                violation_error_message=_(
                    "Persoonsgegevens gaan niet weg zonder dat de toestemming gevraagd is."
                ),
            ),
            models.CheckConstraint(
                condition=Q(due__gte=F("sent_on")),
                name="partners_referral_due_after_sent",
                violation_error_message=_("De dag van het antwoord ligt voor het verzenden."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=REFERRAL_ANSWERED, answered_on__isnull=False)
                | Q(status=ReferralStatus.SENT, answered_on=None)
                | Q(status=ReferralStatus.WITHDRAWN),
                name="partners_referral_answer_has_day",
                violation_error_message=_("Een antwoord heeft een dag."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=REFERRAL_CLOSED, closed_on__isnull=False)
                | ~Q(status__in=REFERRAL_CLOSED) & Q(closed_on=None),
                name="partners_referral_end_has_day",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Doorverwijzing naar %s")) % self.partner

    def get_absolute_url(self) -> str:
        return reverse("partners:referral", args=[self.pk])

    @property
    def personal_labels(self) -> list[str]:
        return [str(PersonalField(name).label) for name in self.personal_fields]

    def is_late(self, *, on: dt.date) -> bool:
        return self.status == ReferralStatus.SENT and self.due < on
