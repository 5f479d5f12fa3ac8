"""How the list of reports is narrowed: from the address, so that a list can be shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters as filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.text import refuse_hidden_characters
from reports.models import Report, Variant

if TYPE_CHECKING:
    from django.http import QueryDict

    from accounts.models import User
    from reports.models.report import ReportQuerySet

DRAFT, FROZEN = "ontwerp", "bevroren"


class ReportFilter(filters.FilterSet):
    """The names in the address: q, soort and stand."""

    q = filters.CharFilter(
        label=_("Zoek op titel, partner of wijk"), method="search", max_length=200,
        validators=[refuse_hidden_characters],
        widget=forms.SearchInput(attrs={"placeholder": _("Titel, partner of wijk")}),
    )  # fmt: skip
    soort = filters.ChoiceFilter(
        label=_("Soort"), method="by_variant", choices=Variant.choices, empty_label=_("Alle")
    )
    stand = filters.ChoiceFilter(
        label=_("Stand"), method="by_state", empty_label=_("Alle"),
        choices=[(DRAFT, _("Ontwerp")), (FROZEN, _("Bevroren"))],
    )  # fmt: skip

    class Meta:
        model = Report
        fields: list[str] = []

    def __init__(self, user: User, data: QueryDict) -> None:
        super().__init__(data, queryset=Report.objects.visible_to(user))

    @property
    def qs(self) -> ReportQuerySet:
        self.form.is_valid()  # what does not exist is ignored, not an error page
        found: ReportQuerySet = self.filter_queryset(self.queryset)
        return found.for_list()

    def search(self, rows: ReportQuerySet, _name: str, text: str) -> ReportQuerySet:
        words = text.strip()
        about = Q(partner__name__icontains=words) | Q(neighbourhood__name__icontains=words)
        return rows.filter(Q(title__icontains=words) | about)

    def by_variant(self, rows: ReportQuerySet, _name: str, kind: str) -> ReportQuerySet:
        return rows.of_variant(Variant(kind))

    def by_state(self, rows: ReportQuerySet, _name: str, state: str) -> ReportQuerySet:
        return rows.frozen() if state == FROZEN else rows.drafts()

    @property
    def active_count(self) -> int:
        """How many of the folded filters are on."""
        cleaned: dict[str, Any] = self.form.cleaned_data
        return sum(bool(cleaned.get(name)) for name in ("soort", "stand"))
