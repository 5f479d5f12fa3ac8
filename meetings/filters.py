"""How the list of decisions is narrowed: from the address, so that a list can be shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters as filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.text import refuse_hidden_characters
from core.widgets import SHORT, choose_from
from meetings.models import Body, Followed, Kind, Resolution
from partners.models import Partner

if TYPE_CHECKING:
    from django.http import QueryDict

    from accounts.models import User
    from meetings.models import ResolutionQuerySet

LATE = "te-laat"
FOLDED = ("orgaan", "soort", "stand", "wie")


class ResolutionFilter(filters.FilterSet):
    """The names in the address: q, orgaan, soort, stand and wie."""

    q = filters.CharFilter(
        label=_("Zoek op tekst, nummer of actie"), method="search", max_length=200,
        validators=[refuse_hidden_characters],
        widget=forms.SearchInput(attrs={"placeholder": _("Tekst, nummer of actie")}),
    )  # fmt: skip
    stand = filters.ChoiceFilter(
        label=_("Stand"), method="by_state", empty_label=_("Alle"),
        choices=[(LATE, _("Te laat")), *Followed.choices],
    )  # fmt: skip
    orgaan = filters.ChoiceFilter(
        "body", label=_("Wie besliste"), choices=Body.choices, empty_label=_("Alle")
    )
    soort = filters.ChoiceFilter(
        "kind", label=_("Soort"), choices=Kind.choices, empty_label=_("Alle")
    )
    wie = filters.ChoiceFilter("owner", label=_("Wie doet het"), empty_label=_("Alle"))

    class Meta:
        model = Resolution
        fields: list[str] = []

    def __init__(self, user: User, data: QueryDict) -> None:
        visible = Resolution.objects.visible_to(user)
        super().__init__(data, queryset=visible)
        owners = Partner.objects.filter(pk__in=visible.values("owner")).only("name")
        options = {str(row.pk): row.name for row in owners.order_by("name")}
        self.filters["wie"].extra["choices"] = list(options.items())
        if len(options) > SHORT:
            self.filters["wie"].extra["widget"] = choose_from(options)

    @property
    def qs(self) -> ResolutionQuerySet:
        """What is open first, what has to be done soonest above it."""
        self.form.is_valid()  # what does not exist is ignored, not an error page
        found: ResolutionQuerySet = self.filter_queryset(self.queryset)
        return found.for_list()

    def search(self, rows: ResolutionQuerySet, _name: str, text: str) -> ResolutionQuerySet:
        words = text.strip()
        codes = Resolution.actions.through.objects.filter(action__code=words)
        found = Q(text__icontains=words) | Q(number__icontains=words)
        return rows.filter(found | Q(pk__in=codes.values("resolution")))

    def by_state(self, rows: ResolutionQuerySet, _name: str, state: str) -> ResolutionQuerySet:
        if state == LATE:
            return rows.late(on=timezone.localdate())
        return rows.filter(status=state)

    @property
    def active_count(self) -> int:
        """How many of the folded filters are on."""
        cleaned: dict[str, Any] = self.form.cleaned_data
        return sum(bool(cleaned.get(name)) for name in FOLDED)
