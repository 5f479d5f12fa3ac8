"""A list that somebody comes back to: the filters of the triage list under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.roles import Right

if TYPE_CHECKING:
    from accounts.models import User

MOST_VIEWS = 20  # of one person


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those shared with who follows the meldingen of the municipality."""
        followed = user.municipality_ids_with(Right.MELDING_READ)
        return self.filter(Q(owner=user) | Q(is_shared=True, municipality__in=followed))


class SavedView(models.Model):
    """The filters of a list under a name; the rows are always those that the reader may see."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("gemeente")
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("naam"), max_length=40)
    query = models.CharField(max_length=1000)  # as it stands in the address
    is_shared = models.BooleanField(_("delen met wie de meldingen opvolgt"), default=False)
    made_at = models.DateTimeField(db_default=Now())

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("bewaarde lijst")
        verbose_name_plural = _("bewaarde lijsten")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="meldingen_savedview_name_once",
                violation_error_message=_("Je hebt al een lijst met deze naam."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('meldingen:list')}?{self.query}"
