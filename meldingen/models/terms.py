"""The terms that each municipality sets for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.roles import Right
from core.models import Versioned

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    from accounts.models import User

MONTHS, MOST_MONTHS = 12, 36
WEEKS, LEAST_WEEKS, MOST_WEEKS = 8, 2, 52


class TermsQuerySet(models.QuerySet["Terms"]):
    def visible_to(self, user: User) -> Self:
        """Those that this person sets."""
        return self.filter(municipality__in=user.municipality_ids_with(Right.MELDING_LISTS))


class Terms(Versioned):
    """How long contact data of reporters are kept, and when a letterbox is called little used.

    Who set nothing has the usual ones, without a row.
    """

    municipality = models.OneToOneField(
        Municipality, models.PROTECT, related_name="melding_terms", verbose_name=_("gemeente")
    )
    reporter_months = models.PositiveSmallIntegerField(
        _("contactgegevens van melders, maanden na afhandeling"),
        default=MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
        help_text=_(
            "Daarna worden ze gewist, ’s nachts. Zo staat het ook in de privacyverklaringen."
        ),
    )
    mailbox_weeks = models.PositiveSmallIntegerField(
        _("Pro?bleembox zonder briefje, weken"),
        default=WEEKS,
        validators=[MinValueValidator(LEAST_WEEKS), MaxValueValidator(MOST_WEEKS)],
        help_text=_("Zo lang niets erin: dan stelt IV-centrum voor om ze te verplaatsen."),
    )

    objects = TermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("termijnen")
        verbose_name_plural = _("termijnen")
        constraints = [
            models.CheckConstraint(
                condition=Q(reporter_months__range=(1, MOST_MONTHS)),
                name="meldingen_terms_sensible_months",
                violation_error_message=_("Bewaar contactgegevens 1 tot 36 maanden."),
            ),
            models.CheckConstraint(
                condition=Q(mailbox_weeks__range=(LEAST_WEEKS, MOST_WEEKS)),
                name="meldingen_terms_sensible_weeks",
                violation_error_message=_("Kies 2 tot 52 weken."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Termijnen van %s") % self.municipality)


def terms_of(place: Municipality) -> Terms:
    """What this municipality set, else the usual; `melding_terms` may come along with its row."""
    found: Terms | None = getattr(place, "melding_terms", None)
    return found or Terms(municipality=place)


def mailbox_days() -> Combinable:
    """Days without a note after which a box of its municipality is called little used."""
    return Coalesce(F("municipality__melding_terms__mailbox_weeks"), WEEKS) * 7
