"""How the register of partners is narrowed: from the address, so that a list can be shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django_filters as filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood
from core.forms import DayInput
from partners.models import Competence, Direction, Kind, Partner, Referral, Secrecy, SharingEntry
from partners.workflow import ReferralStatus

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from partners.models import PartnerQuerySet
    from partners.models.referrals import ReferralQuerySet


class SharingFilter(filters.FilterSet):
    """One partner, one action, one direction, a period."""

    q = filters.CharFilter(
        label=_("Zoek op onderwerp of wat"),
        method="search",
        widget=forms.SearchInput(attrs={"placeholder": _("Onderwerp of wat")}),
    )
    partner = filters.ModelChoiceFilter(
        label=_("Partner"), queryset=Partner.objects.none(), empty_label=_("Alle")
    )
    onderwerp = filters.CharFilter(field_name="subject", widget=forms.HiddenInput)
    richting = filters.ChoiceFilter(
        field_name="direction",
        label=_("Richting"),
        choices=Direction.choices,
        empty_label=_("Beide"),
    )
    van = filters.DateFilter(
        field_name="at__date", lookup_expr="gte", label=_("Vanaf"), widget=DayInput
    )
    tot = filters.DateFilter(
        field_name="at__date", lookup_expr="lte", label=_("Tot en met"), widget=DayInput
    )

    class Meta:
        model = SharingEntry
        fields: ClassVar[list[str]] = []

    def __init__(self, data: Any, queryset: Any) -> None:
        super().__init__(data, queryset)
        partners = Partner.objects.filter(pk__in=queryset.values("partner"))
        self.filters["partner"].extra["queryset"] = partners.order_by("name")

    def search(self, entries: Any, _name: str, text: str) -> Any:
        return entries.filter(Q(subject_label__icontains=text) | Q(what__icontains=text))

    @property
    def active_count(self) -> int:
        asked = ("partner", "onderwerp", "richting", "van", "tot")
        return sum(bool(self.data.get(name)) for name in asked)


FOLDED = ("soort", "bevoegdheid", "wijk", "geheimhouding", "aandacht", "archief")


class PartnerFilter(filters.FilterSet):
    q = filters.CharFilter(
        label=_("Zoek op naam, functie, code of ondernemingsnummer"),
        method="search",
        widget=forms.SearchInput(attrs={"placeholder": _("Naam, functie of code")}),
    )
    soort = filters.ChoiceFilter(
        field_name="kind", label=_("Soort"), choices=Kind.choices, empty_label=_("Alle")
    )
    bevoegdheid = filters.ModelChoiceFilter(
        field_name="competences",
        label=_("Bevoegd voor"),
        queryset=Competence.objects.none(),
        empty_label=_("Alle"),
    )
    wijk = filters.ModelChoiceFilter(
        label=_("Werkt in wijk"),
        method="working_in",
        queryset=Neighbourhood.objects.none(),
        empty_label=_("Alle"),
    )
    geheimhouding = filters.ChoiceFilter(
        field_name="secrecy",
        label=_("Geheimhouding"),
        choices=Secrecy.choices,
        empty_label=_("Alle"),
    )
    aandacht = filters.ChoiceFilter(
        label=_("Aandacht"),
        method="needing_attention",
        choices=[("aanspreekpunt", _("Aanspreekpunt loopt af"))],
        empty_label=_("Alle"),
    )
    archief = filters.ChoiceFilter(
        label=_("Archief"),
        method="with_archive",
        choices=[("ja", _("Alleen gearchiveerde"))],
        empty_label=_("Zonder gearchiveerde"),
    )

    class Meta:
        model = Partner
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Partner.objects.visible_to(by)
        known = Competence.objects.current().filter(municipality__partners__in=partners)
        self.filters["bevoegdheid"].queryset = known.distinct()
        places = Neighbourhood.objects.filter(municipality__partners__in=partners)
        self.filters["wijk"].queryset = places.distinct()

    @property
    def qs(self) -> PartnerQuerySet:
        """Archived partners show only to who asks for them."""
        found: PartnerQuerySet = super().qs
        return found if self.data.get("archief") == "ja" else found.current()

    def search(self, partners: PartnerQuerySet, _name: str, text: str) -> PartnerQuerySet:
        return partners.search(text)

    def working_in(
        self, partners: PartnerQuerySet, _name: str, place: Neighbourhood
    ) -> PartnerQuerySet:
        return partners.working_in(place)

    def needing_attention(
        self, partners: PartnerQuerySet, _name: str, _value: str
    ) -> PartnerQuerySet:
        return partners.with_ending_contact(on=timezone.localdate())

    def with_archive(self, partners: PartnerQuerySet, _name: str, _value: str) -> PartnerQuerySet:
        return partners.archived()

    @property
    def active_count(self) -> int:
        """How many of the folded filters are on."""
        return sum(bool(self.data.get(name)) for name in FOLDED)


class TerritoryFilter(filters.FilterSet):
    """Which partners stand on the map: of one kind, competent for one thing."""

    soort = filters.ChoiceFilter(
        field_name="kind", label=_("Soort"), choices=Kind.choices, empty_label=_("Alle")
    )
    bevoegdheid = filters.ModelChoiceFilter(
        field_name="competences",
        label=_("Bevoegd voor"),
        queryset=Competence.objects.none(),
        empty_label=_("Alle"),
    )

    class Meta:
        model = Partner
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Competence.objects.visible_to(by).current()
        held = known.filter(partners__in=Partner.objects.visible_to(by).current())
        self.filters["bevoegdheid"].queryset = held.distinct()

    @property
    def asked(self) -> dict[str, str]:
        """The filters that are on, as the address says them."""
        names = ("soort", "bevoegdheid")
        return {name: str(self.data[name]) for name in names if self.data.get(name)}

    @property
    def active_count(self) -> int:
        return len(self.asked)


class ReferralFilter(filters.FilterSet):
    q = filters.CharFilter(
        label=_("Zoek op reden, partner of bevoegdheid"),
        method="search",
        widget=forms.SearchInput(attrs={"placeholder": _("Doorverwijzing")}),
    )
    toon = filters.ChoiceFilter(
        label=_("Toon"),
        method="narrow",
        choices=[("open", _("Nog open")), ("te-laat", _("Antwoord te laat"))],
        empty_label=_("Alles"),
    )
    status = filters.ChoiceFilter(
        label=_("Status"), choices=ReferralStatus.choices, empty_label=_("Alle")
    )
    partner = filters.ModelChoiceFilter(
        label=_("Partner"), queryset=Partner.objects.none(), empty_label=_("Alle")
    )

    class Meta:
        model = Referral
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, partners: QuerySet[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["partner"].queryset = partners

    def search(self, rows: ReferralQuerySet, _name: str, text: str) -> ReferralQuerySet:
        return rows.search(text)

    def narrow(self, rows: ReferralQuerySet, _name: str, value: str) -> ReferralQuerySet:
        return rows.late(on=timezone.localdate()) if value == "te-laat" else rows.open()

    @property
    def active_count(self) -> int:
        """How many of the folded filters are on."""
        return sum(bool(self.data.get(name)) for name in ("toon", "status", "partner"))
