"""How the list of people is narrowed: from the address, so that a list can be shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import django_filters as filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role

if TYPE_CHECKING:
    from accounts.models import UserQuerySet

STANDINGS = [
    ("actief", _("Actief")),
    ("uitgenodigd", _("Uitgenodigd")),
    ("gestopt", _("Stopgezet")),
]


class PeopleFilter(filters.FilterSet):
    q = filters.CharFilter(
        label=_("Zoek op naam of e-mailadres"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    rol = filters.ChoiceFilter(
        label=_("Rol"), method="with_role", choices=Role.choices, empty_label=_("Alle")
    )
    toestand = filters.ChoiceFilter(
        label=_("Toestand"), method="with_standing", choices=STANDINGS, empty_label=_("Alle")
    )  # fmt: skip

    class Meta:
        model = User
        fields: ClassVar[list[str]] = []

    def search(self, people: UserQuerySet, _name: str, text: str) -> UserQuerySet:
        return people.search(text)

    def with_role(self, people: UserQuerySet, _name: str, role: str) -> UserQuerySet:
        return people.with_role(role, on=timezone.localdate())

    def with_standing(self, people: UserQuerySet, _name: str, standing: str) -> UserQuerySet:
        if standing == "gestopt":
            return people.filter(is_active=False)
        signed_up = people.active().signed_up()
        if standing == "actief":
            return signed_up
        return people.active().exclude(pk__in=signed_up.values("pk"))

    @property
    def active_count(self) -> int:
        """How many of the folded filters are on."""
        return sum(bool(self.data.get(name)) for name in ("rol", "toestand"))
