"""How the list of agreements is narrowed: from the address, so that a list can be shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters as filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.text import refuse_hidden_characters
from core.widgets import SHORT, choose_from
from partners.agreement_rows import WORDS
from partners.models import Agreement, AgreementParty, AgreementType, Partner
from partners.models.attention import AGREEMENTS_WITH, Reason
from partners.workflow import AgreementStatus

if TYPE_CHECKING:
    from django.http import QueryDict

    from accounts.models import User
    from partners.models import AgreementQuerySet

FOLDED = ("status", "soort", "partner", "aandacht", "afgelopen")


class AgreementFilter(filters.FilterSet):
    """The names in the address: q, status, soort, partner, aandacht and afgelopen."""

    q = filters.CharFilter(
        label=_("Zoek op code, titel of partij"),
        method="search",
        max_length=200,
        validators=[refuse_hidden_characters],
        widget=forms.SearchInput(attrs={"placeholder": _("Code, titel of partij")}),
    )
    status = filters.ChoiceFilter(
        label=_("Status"), choices=AgreementStatus.choices, empty_label=_("Alle")
    )
    soort = filters.ChoiceFilter("type", label=_("Soort"), empty_label=_("Alle"))
    partner = filters.ChoiceFilter(label=_("Partij"), method="by_partner", empty_label=_("Alle"))
    aandacht = filters.ChoiceFilter(
        label=_("Vraagt aandacht"),
        method="by_reason",
        choices=[(reason.value, WORDS[reason].label) for reason in Reason],
        empty_label=_("Niet op gefilterd"),
    )
    afgelopen = filters.ChoiceFilter(
        label=_("Afgelopen"),
        method="unchanged",
        choices=[("ja", _("Alleen afgelopen"))],
        empty_label=_("Zonder afgelopen"),
    )

    class Meta:
        model = Agreement
        fields: list[str] = []

    def __init__(self, user: User, data: QueryDict) -> None:
        visible = Agreement.objects.visible_to(user)
        super().__init__(data, queryset=visible)
        kinds = AgreementType.objects.filter(pk__in=visible.values("type"))
        self.filters["soort"].extra["choices"] = [(str(row.pk), row.name) for row in kinds]
        parties = AgreementParty.objects.filter(agreement__in=visible)
        partners = Partner.objects.filter(pk__in=parties.values("partner")).only("name")
        options = {str(row.pk): row.name for row in partners}
        self.filters["partner"].extra["choices"] = list(options.items())
        if len(options) > SHORT:
            self.filters["partner"].extra["widget"] = choose_from(options)

    @property
    def qs(self) -> AgreementQuerySet:
        """What is over shows only to who asks for it, in whatever way."""
        self.form.is_valid()  # what does not exist is ignored, not an error page
        found: AgreementQuerySet = self.filter_queryset(self.queryset)
        asked = self.form.cleaned_data
        if asked.get("afgelopen"):
            found = found.over(on=timezone.localdate())
        elif not asked.get("status"):
            found = found.not_over(on=timezone.localdate())
        return found.for_list().order_by("code", "pk")

    def search(self, rows: AgreementQuerySet, _name: str, text: str) -> AgreementQuerySet:
        return rows.search(text.strip())

    def by_partner(self, rows: AgreementQuerySet, _name: str, pk: str) -> AgreementQuerySet:
        return rows.of_partner(Partner(pk=int(pk)))

    def by_reason(self, rows: AgreementQuerySet, _name: str, reason: str) -> AgreementQuerySet:
        return AGREEMENTS_WITH[Reason(reason)](rows, timezone.localdate())

    def unchanged(self, rows: AgreementQuerySet, _name: str, _value: Any) -> AgreementQuerySet:
        return rows

    @property
    def active_count(self) -> int:
        """How many of the folded filters are on."""
        return sum(bool(self.form.cleaned_data.get(name)) for name in FOLDED)
