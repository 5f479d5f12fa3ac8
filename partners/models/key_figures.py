"""Key figures: people who know a neighbourhood or a network, and agreed to be asked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality, Neighbourhood
from accounts.roles import RIGHTS, Right, Role
from core.fields import LongText
from core.models import Versioned

if TYPE_CHECKING:
    from accounts.models import User

PERSONAL = ("name", "email", "phone")  # what goes when consent ends
SIGNAL_DAYS = 30  # before consent ends, it asks to be renewed


class KeyFigureQuerySet(models.QuerySet["KeyFigure"]):
    def visible_to(self, user: User) -> Self:
        """Of the municipalities where one has the right; neighbourhood police of their own
        neighbourhoods alone."""
        seen = Q(pk__in=[])
        for membership in user.memberships_now:
            role = Role(membership.role)
            if Right.KEY_FIGURE_READ not in RIGHTS[role]:
                continue
            if role == Role.NEIGHBOURHOOD_POLICE:
                seen |= Q(neighbourhood__in=membership.neighbourhoods.values("pk"))
            else:
                seen |= Q(municipality=membership.municipality_id)
        return self.filter(seen)

    def current(self) -> Self:
        return self.filter(erased_at=None)

    def consenting(self, *, on: dt.date) -> Self:
        return self.current().filter(consent_on__lte=on, consent_until__gte=on)

    def to_renew(self, *, on: dt.date, days: int = SIGNAL_DAYS) -> Self:
        """Consent has ended, or does within the month."""
        return self.current().filter(consent_until__lte=on + dt.timedelta(days=days))

    def to_erase(self, *, on: dt.date) -> Self:
        """Consent has ended: the personal data may no longer be kept."""
        return self.current().filter(consent_until__lt=on)

    def search(self, text: str) -> Self:
        """By function and network. A name finds nothing: it is read one by one."""
        return self.filter(Q(function__icontains=text) | Q(network__icontains=text))


class KeyFigure(Versioned):
    """Somebody with a function in a network, who agreed to be asked how things go there."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="key_figures", verbose_name=_("gemeente")
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="key_figures", verbose_name=_("wijk")
    )
    function = models.CharField(_("functie"), max_length=150)
    network = models.CharField(_("netwerk"), max_length=200, blank=True)
    value = LongText(_("wat deze persoon ziet of kent"), max_length=500, blank=True)
    # Personal data: shown with a right of their own, each reading noted, erased with the consent.
    name = models.CharField(_("naam"), max_length=150, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=40, blank=True)
    consent_on = models.DateField(_("toestemming op"))
    consent_until = models.DateField(_("toestemming tot en met"), editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = KeyFigureQuerySet.as_manager()

    class Meta:
        ordering = ["neighbourhood__code", "function", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(consent_until__gte=F("consent_on")),
                name="partners_keyfigure_consent_ends_after_start",
                violation_error_message=_("De toestemming eindigt voor ze begint."),
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", email="", phone=""),
                name="partners_keyfigure_erased_is_empty",
                violation_error_message=_("Zonder toestemming blijven er geen gegevens staan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function} ({self.neighbourhood})"

    def get_absolute_url(self) -> str:
        return reverse("partners:key-figure", args=[self.pk])


class KeyFigureContact(models.Model):
    """That somebody spoke with a key figure, when and about what."""

    key_figure = models.ForeignKey(KeyFigure, models.CASCADE, related_name="contacts")
    on = models.DateField(_("datum"))
    what = LongText(
        _("waarover"), max_length=1000, help_text=_("Geen namen van anderen: wat speelt er?")
    )
    made_by_name = models.CharField(max_length=150)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}"


def consent_end(day: dt.date) -> dt.date:
    """Consent holds for a year: until the day before it is a year old."""
    try:
        anniversary = day.replace(year=day.year + 1)
    except ValueError:  # the 29th of February
        anniversary = dt.date(day.year + 1, 3, 1)
    return anniversary - dt.timedelta(days=1)
