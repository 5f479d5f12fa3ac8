"""Good practices: what worked elsewhere, why, and what to change before doing it here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.roles import Right
from core.fields import LongText
from core.models import Versioned

if TYPE_CHECKING:
    from accounts.models import User


class GoodPracticeQuerySet(models.QuerySet["GoodPractice"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(municipality__in=user.municipality_ids_with(Right.PLAN_READ))

    def current(self) -> Self:
        return self.filter(archived_at=None)

    def archived(self) -> Self:
        return self.exclude(archived_at=None)

    def search(self, text: str) -> Self:
        found = Q(title__icontains=text) | Q(context__icontains=text)
        return self.filter(found | Q(why__icontains=text) | Q(source__icontains=text))


class GoodPractice(Versioned):
    """Something that worked, told so that others can do it too."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="good_practices", verbose_name=_("gemeente")
    )
    title = models.CharField(_("titel"), max_length=150)
    source = models.CharField(_("bron"), max_length=200)
    context = LongText(_("context"), max_length=1000)
    why = LongText(_("waarom het werkte"), max_length=1000)
    adapt = LongText(_("wat je aanpast"), max_length=1000, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GoodPracticeQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "title"],
                name="partners_goodpractice_title_once",
                violation_error_message=_("Er is al een goede praktijk met deze titel."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partners:practice", args=[self.pk])
