"""Which meldingen a list shows, in which order: read from the address, so that it can be shared.

The names in the address: lijst (open, voor-mij, mijn, dienst, zwevend, norm, alle), q, status, categorie, groep,
wijk, dienst, persoon, bron, soort, dringend, niveau, toon (norm, zwevend, foto), van, tot and sort.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood, User
from core.confidentiality import Level
from core.days import day_begins
from core.forms import DayInput
from core.text import refuse_hidden_characters
from core.widgets import SHORT, choose_from
from meldingen.models import (
    Category,
    CategoryGroup,
    Kind,
    Melding,
    Photo,
    Source,
    Urgency,
    is_beyond_norm,
    is_floating,
    is_of,
)
from meldingen.permissions import places_of
from meldingen.workflow import OPEN, OVER, MeldingStatus
from partners.models import Partner, own_partner_ids

if TYPE_CHECKING:
    from collections.abc import Callable

    from meldingen.models.melding import MeldingQuerySet

LISTS = {
    "open": _("Alle open"),
    "voor-mij": _("Voor mij"),
    "mijn": _("Van mij"),
    "dienst": _("Van mijn dienst"),
    "zwevend": _("Zwevend"),
    "norm": _("Voorbij de norm"),
    "alle": _("Alles"),
}
STATUSES = [("open", _("Alle open")), ("dicht", _("Alle afgesloten")), *MeldingStatus.choices]
FLAGS = {
    "norm": _("Voorbij de norm"),
    "zwevend": _("Zwevend: niemand heeft ze"),
    "foto": _("Met foto"),
}
SORTS = {
    "binnen": ("entered_at", "pk"),
    "-binnen": ("-entered_at", "-pk"),
    "norm": ("due", "pk"),
    "-norm": ("-due", "-pk"),
}
NEWEST_FIRST = "-binnen"
# What a saved list may hold, and what a link back to the list carries.
NAMES = frozenset({
    "lijst", "q", "status", "categorie", "groep", "wijk", "dienst", "persoon", "bron", "soort",
    "dringend", "niveau", "toon", "van", "tot", "sort", "page",
})  # fmt: skip
LONGEST = 1000  # characters of such an address


def list_query(text: str, *, without: frozenset[str] = frozenset()) -> str:
    """What in this text the list understands, as it stands in an address."""
    asked = QueryDict(text[:LONGEST], mutable=True) if text.isprintable() else QueryDict("", True)  # noqa: FBT003
    for name in set(asked) - (NAMES - without):
        del asked[name]
    return asked.urlencode()


def _among_open(name: str, user: User, *, on: dt.date) -> Q:
    """What sets the open rows of one tab apart from all that are open."""
    lists: dict[str, Callable[[], Q]] = {
        "voor-mij": lambda: is_of(user),
        "mijn": lambda: Q(assignee=user),
        "dienst": lambda: Q(handler__in=own_partner_ids(user)),
        "zwevend": is_floating,
        "norm": lambda: is_beyond_norm(on=on),
    }
    return lists.get(name, Q)()


def in_list(name: str, user: User, *, on: dt.date) -> Q:
    """The rows of one tab."""
    chosen = _among_open(name, user, on=on)
    return chosen if name == "alle" else chosen & Q(status__in=OPEN)


def _facet(kind: str, rows: QuerySet[Any], label: str, order: str) -> QuerySet[Any, Any]:
    return rows.order_by().values_list(Value(kind), "pk", order, F(label))


def choices_for(user: User, seen: MeldingQuerySet) -> dict[str, dict[str, str]]:
    """What one can choose per filter, in one query. Who handles nothing this person sees is no
    choice: it would betray a melding out of sight."""
    here = {"municipality__in": places_of(user)}
    handled, held = (seen.filter(**{name: OuterRef("pk")}) for name in ("handler", "assignee"))
    people = User.objects.filter(memberships__municipality__in=here["municipality__in"])
    parts = [
        _facet("categorie", Category.objects.filter(**here), "name", "code"),
        _facet("groep", CategoryGroup.objects.filter(**here), "name", "code"),
        _facet("bron", Source.objects.filter(**here), "name", "name"),
        _facet("wijk", Neighbourhood.objects.filter(**here), "name", "code"),
        _facet("dienst", Partner.objects.filter(Exists(handled), **here), "name", "name"),
        _facet("persoon", people.filter(Exists(held)).distinct(), "name", "name"),
    ]
    found: dict[str, dict[str, str]] = {}
    for kind, pk, _order, label in sorted(parts[0].union(*parts[1:]), key=lambda row: row[2]):
        found.setdefault(kind, {})[str(pk)] = label
    return found


def _choice(field: str, label: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(field, label=label, empty_label=_("Alle"))


class MeldingFilter(django_filters.FilterSet):
    """The filters of the list. A value that does not exist is ignored, not an error page."""

    q = django_filters.CharFilter(
        method="search",
        label=_("Zoek op nummer, tekst, plaats of notitie"),
        max_length=200,
        validators=[refuse_hidden_characters],
        widget=forms.SearchInput(attrs={"placeholder": _("Nummer, tekst of plaats")}),
    )
    lijst = django_filters.ChoiceFilter(
        method="unchanged", choices=list(LISTS.items()), widget=forms.HiddenInput
    )
    sort = django_filters.ChoiceFilter(
        method="unchanged", choices=[(name, name) for name in SORTS], widget=forms.HiddenInput
    )
    status = django_filters.ChoiceFilter(
        method="by_status", choices=STATUSES, label=_("Status"), empty_label=_("Alle")
    )
    categorie = _choice("category", _("Categorie"))
    groep = _choice("category__group", _("Hoofdcategorie"))
    wijk = _choice("neighbourhood", _("Wijk"))
    dienst = _choice("handler", _("Dienst of partner"))
    persoon = _choice("assignee", _("Behandelaar"))
    bron = _choice("source", _("Bron"))
    soort = django_filters.ChoiceFilter(
        "kind", choices=Kind.choices, label=_("Soort"), empty_label=_("Alle")
    )
    dringend = django_filters.ChoiceFilter(
        "urgency", choices=Urgency.choices, label=_("Dringendheid"), empty_label=_("Alle")
    )
    niveau = django_filters.ChoiceFilter(
        "confidentiality",
        choices=Level.choices,
        label=_("Vertrouwelijkheid"),
        empty_label=_("Alle"),
    )
    van = django_filters.DateFilter(method="since", label=_("Ingevoerd vanaf"), widget=DayInput)
    tot = django_filters.DateFilter(method="until", label=_("Tot en met"), widget=DayInput)
    toon = django_filters.MultipleChoiceFilter(
        method="by_flags",
        choices=list(FLAGS.items()),
        label=_("Toon alleen"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Melding
        fields: list[str] = []

    def __init__(
        self, data: QueryDict, queryset: MeldingQuerySet, choices: dict[str, dict[str, str]]
    ) -> None:
        super().__init__(data, queryset=queryset)
        for name in ("categorie", "groep", "wijk", "dienst", "persoon", "bron"):
            options = choices.get(name, {})
            self.filters[name].extra["choices"] = list(options.items())
            if len(options) > SHORT:
                self.filters[name].extra["widget"] = choose_from(options)

    def search(self, rows: MeldingQuerySet, _name: str, text: str) -> MeldingQuerySet:
        return rows.search(text)

    def by_status(self, rows: MeldingQuerySet, _name: str, status: str) -> MeldingQuerySet:
        sets: dict[str, Any] = {"open": sorted(OPEN), "dicht": sorted(OVER)}
        return rows.filter(status__in=sets.get(status, [status]))

    def by_flags(self, rows: MeldingQuerySet, _name: str, flags: list[str]) -> MeldingQuerySet:
        if "norm" in flags:
            rows = rows.beyond_norm(on=timezone.localdate())
        if "zwevend" in flags:
            rows = rows.floating()
        if "foto" in flags:
            rows = rows.filter(Exists(Photo.objects.filter(melding=OuterRef("pk"))))
        return rows

    def since(self, rows: MeldingQuerySet, _name: str, day: dt.date) -> MeldingQuerySet:
        """By moments, not by the day of a moment: so the index serves."""
        return rows.filter(entered_at__gte=day_begins(day))

    def until(self, rows: MeldingQuerySet, _name: str, day: dt.date) -> MeldingQuerySet:
        return rows.filter(entered_at__lt=day_begins(day) + dt.timedelta(days=1))

    def unchanged(self, rows: MeldingQuerySet, _name: str, _value: Any) -> MeldingQuerySet:
        return rows


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter, with the address of the list without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    current: bool
    count: int | None = None
    tone: str = ""


class MeldingSearch:
    """What the address asks for: the rows in their order, and the words to show it with."""

    def __init__(self, user: User, data: QueryDict) -> None:
        self.user, self.data, self.today = user, data, timezone.localdate()
        self.seen = Melding.objects.visible_to(user)
        self.filter = MeldingFilter(data, self.seen, choices_for(user, self.seen))
        form = self.filter.form
        form.is_valid()
        self.found = {name: value for name, value in form.cleaned_data.items() if value}
        # One looks for a word or a status among all; without them, for what is to be done.
        everywhere = bool(self.found.get("q") or self.found.get("status"))
        self.list: str = self.found.get("lijst") or ("alle" if everywhere else "open")
        self.sort: str = self.found.get("sort") or NEWEST_FIRST

    @cached_property
    def rows(self) -> MeldingQuerySet:
        rows: MeldingQuerySet = self.filter.filter_queryset(self.filter.queryset)
        chosen = rows.filter(in_list(self.list, self.user, on=self.today))
        return chosen.order_by(*SORTS[self.sort])

    @cached_property
    def counted(self) -> dict[str, int]:
        """How much each tab holds, counted together over what is open."""
        counts = {
            name: Count("pk", filter=_among_open(name, self.user, on=self.today) or None)
            for name in self._shown
            if name != "alle"
        }
        found: dict[str, int] = self.seen.open().order_by().aggregate(**counts)
        return found

    @property
    def known(self) -> int | None:
        """How many rows there are, where nothing but a list was chosen."""
        return self.counted.get(self.list) if self.found.keys() <= {"lijst", "sort"} else None

    @property
    def tabs(self) -> list[Tab]:
        """The lists of the desk, each with how much it holds."""
        found = self.counted
        tones = {"norm": "danger", "zwevend": "warn"}
        return [
            Tab(
                str(label),
                f"?lijst={name}",
                name == self.list,
                found.get(name),
                tones.get(name, ""),
            )
            for name, label in LISTS.items()
            if name in self._shown
        ]

    @cached_property
    def _shown(self) -> frozenset[str]:
        """The home page alone leads to what is for me or my service; who has none, has no tab."""
        unasked = {"voor-mij"} if own_partner_ids(self.user) else {"voor-mij", "dienst"}
        return frozenset(name for name in LISTS if name == self.list or name not in unasked)

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(self._label(name, value), self._without(name, value))
            for name, found in self.found.items()
            if name not in {"lijst", "sort"}
            for value in (found if isinstance(found, list) else [found])
        ]

    def _label(self, name: str, value: Any) -> str:
        field: Any = self.filter.form.fields[name]
        if name == "q":
            return f"“{value}”"
        if name in {"van", "tot"}:
            return f"{field.label}: {value:%d/%m/%Y}"
        word = {str(key): label for key, label in field.choices}.get(str(value), value)
        return str(word) if name == "toon" else f"{field.label}: {word}"

    def _without(self, name: str, value: Any) -> str:
        left = self.data.copy()
        left.pop("page", None)
        kept = [item for item in left.getlist(name) if item != str(value)]
        left.pop(name, None)
        if kept and name == "toon":
            left.setlist(name, kept)
        return f"?{left.urlencode()}"

    @property
    def query(self) -> str:
        """The address of this list, for who comes back to it."""
        return list_query(self.data.urlencode())
