"""Which actions a list shows, in which order: read from the address, so that it can be shared.

The names in the address: q, plan (code), domein, status, stand, dimensie, trekker, wijk, jaarthema,
thema, toon (open, mijn, te-laat, zonder-nieuws, zonder-trekker, nieuw, quick-win), archief, groep and sort.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Cast, LPad
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood
from core.text import refuse_hidden_characters
from core.widgets import SHORT, choose_from
from partners.models import Partner
from plans.models import Action, Dimension, Domain, Plan, Theme, YearTheme
from plans.models.plan import seen_plans
from plans.workflow import ActionStatus, Light

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from django.http import QueryDict

    from accounts.models import User
    from plans.models.actions import ActionQuerySet

NOT_APPLICABLE = "nvt"
DAYS_WITHOUT_NEWS = 90
FLAGS = {
    "open": _("Nog te doen"),
    "mijn": _("Waarvan jij of je organisatie trekker is"),
    "te-laat": _("Te laat"),
    "zonder-nieuws": _("90 dagen geen nieuws"),
    "zonder-trekker": _("Zonder actieve trekker"),
    "nieuw": _("Nieuw sinds goedkeuring"),
    "quick-win": _("Quick win"),
}
GROUPS = {"domein": _("Per domein"), "trekker": _("Per trekker")}
# The process order, not the alphabet; what needs attention first.
STATUS_ORDER = Case(*(When(status=s, then=n) for n, s in enumerate(ActionStatus)))
LIGHT_ORDER = Case(
    *(When(light=s, then=n) for n, s in enumerate([Light.RED, Light.AMBER, Light.GREEN])),
    default=9,
)
SORTS: dict[str, tuple[Any, ...]] = {
    "code": (F("sub_theme__domain__position"), F("sub_theme__position"), F("position")),
    "titel": (F("title"),),
    "domein": (F("sub_theme__domain__position"),),
    "trekker": (F("lead_partner__name"),),
    "status": (STATUS_ORDER,),
    "stand": (LIGHT_ORDER,),
    "voortgang": (F("progress"),),
    "einde": (F("due"),),
    "nieuws": (F("last_update_on"),),
}
GROUP_ORDER = {
    "domein": ("sub_theme__domain__position", "sub_theme__domain"),
    "trekker": (F("lead_partner__name").asc(nulls_last=True),),
}


def ordered(actions: ActionQuerySet, sort: str, group: str, *, searched: bool) -> ActionQuerySet:
    """By the asked column; a search without one keeps its best matches first."""
    name = sort.removeprefix("-")
    first = GROUP_ORDER.get(group, ())
    if name not in SORTS and searched:
        return actions.order_by(*first, *actions.query.order_by)
    back = sort.startswith("-")
    keys = [
        key.desc(nulls_last=True) if back else key.asc(nulls_last=True)
        for key in SORTS.get(name, SORTS["code"])
    ]
    return actions.order_by(*first, *keys, "position", "pk")


def _facet(kind: str, rows: QuerySet[Any], label: str, order: Any) -> QuerySet[Any, Any]:
    columns = (Value(kind), Cast("pk", CharField()), order, Cast(label, CharField()))
    return rows.order_by().values_list(*columns)


def _padded(field: str) -> LPad:
    return LPad(Cast(field, CharField()), 6, Value("0"))


def _leads(plan: Plan | None, actions: ActionQuerySet) -> QuerySet[Partner]:
    """Who leads what this person sees: who leads nothing else would betray a hidden action."""
    seen = actions.filter(plan=plan) if plan else actions
    return Partner.objects.filter(pk__in=seen.values("lead_partner"))


def choices_in(plan: Plan | None, led: QuerySet[Partner]) -> dict[str, dict[str, str]]:
    """What one can choose per filter: one query for all of them."""
    parts = [_facet("trekker", led, "name", F("name"))]
    if plan:
        parts += [
            _facet(
                "domein", Domain.objects.filter(plan=plan).current(), "title", _padded("number")
            ),
            _facet("jaarthema", YearTheme.objects.filter(plan=plan), "title", _padded("year")),
        ]
    if plan and plan.municipality_id:
        places = Neighbourhood.objects.filter(municipality=plan.municipality_id)
        parts.append(_facet("wijk", places, "name", F("code")))
    found: dict[str, dict[str, str]] = {}
    for kind, pk, order, label in sorted(parts[0].union(*parts[1:], all=True), key=lambda r: r[2]):
        shown = f"{order.lstrip('0')} {label}" if kind in {"domein", "jaarthema"} else label
        found.setdefault(kind, {})[pk] = shown
    return found


class ActionFilter(django_filters.FilterSet):
    """The filters of the action list. A value that does not exist is ignored, not an error page."""

    q = django_filters.CharFilter(
        method="search",
        label=_("Zoek op code, titel of tekst"),
        max_length=200,
        validators=[refuse_hidden_characters],
        widget=forms.SearchInput(attrs={"placeholder": _("Code, titel of tekst")}),
    )
    plan = django_filters.ChoiceFilter("plan__code", label=_("Plan"), empty_label=_("Alle"))
    domein = django_filters.ChoiceFilter(
        "sub_theme__domain", label=_("Domein"), empty_label=_("Alle")
    )
    status = django_filters.ChoiceFilter(
        choices=ActionStatus.choices, label=_("Status"), empty_label=_("Alle")
    )
    stand = django_filters.ChoiceFilter(
        method="by_light",
        choices=[*Light.choices, (NOT_APPLICABLE, _("Niet van toepassing"))],
        label=_("Verkeerslicht"),
        empty_label=_("Alle"),
    )
    dimensie = django_filters.ChoiceFilter(
        "dimension", choices=Dimension.choices, label=_("Dimensie"), empty_label=_("Alle")
    )
    trekker = django_filters.ChoiceFilter("lead_partner", label=_("Trekker"), empty_label=_("Alle"))
    wijk = django_filters.ChoiceFilter(
        method="by_neighbourhood", label=_("Wijk"), empty_label=_("Alle")
    )
    jaarthema = django_filters.ChoiceFilter(
        "year_theme", label=_("Jaarthema"), empty_label=_("Alle")
    )
    thema = django_filters.ChoiceFilter(
        method="by_theme",
        choices=Theme.choices,
        label=_("Thema"),
        empty_label=_("Alle"),
    )
    toon = django_filters.MultipleChoiceFilter(
        method="by_flags",
        choices=list(FLAGS.items()),
        label=_("Toon alleen"),
        widget=forms.CheckboxSelectMultiple,
    )
    groep = django_filters.ChoiceFilter(
        method="unchanged",
        choices=list(GROUPS.items()),
        label=_("Groepeer"),
        empty_label=_("Niet"),
    )
    archief = django_filters.BooleanFilter(
        method="unchanged", label=_("Gearchiveerde acties"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Action
        fields: list[str] = []

    def __init__(
        self,
        user: User,
        data: QueryDict,
        queryset: ActionQuerySet,
        choices: Mapping[str, dict[str, str]],
    ) -> None:
        super().__init__(data, queryset=queryset)
        self.user = user
        for name in ("plan", "domein", "trekker", "wijk", "jaarthema"):
            options = choices.get(name, {})
            self.filters[name].extra["choices"] = list(options.items())
            if len(options) > SHORT:
                self.filters[name].extra["widget"] = choose_from(options)
        self.choices = choices

    def search(self, rows: ActionQuerySet, _name: str, text: str) -> ActionQuerySet:
        return rows.search(text)

    def by_light(self, rows: ActionQuerySet, _name: str, light: str) -> ActionQuerySet:
        return rows.filter(light="" if light == NOT_APPLICABLE else light)

    def by_theme(self, rows: ActionQuerySet, _name: str, theme: str) -> ActionQuerySet:
        return rows.filter(themes__contains=[theme])

    def by_neighbourhood(self, rows: ActionQuerySet, _name: str, pk: str) -> ActionQuerySet:
        """In this neighbourhood by name; what runs everywhere also runs here."""
        here = Action.neighbourhoods.through.objects.filter(neighbourhood=int(pk))
        return rows.filter(Q(whole_territory=True) | Q(pk__in=here.values("action")))

    def by_flags(self, rows: ActionQuerySet, _name: str, flags: list[str]) -> ActionQuerySet:
        today = timezone.localdate()
        if "open" in flags:
            rows = rows.open()
        if "mijn" in flags:
            rows = rows.led_by(self.user)
        if "te-laat" in flags:
            rows = rows.overdue(on=today)
        if "zonder-nieuws" in flags:
            rows = rows.without_news(on=today, days=DAYS_WITHOUT_NEWS)
        if "zonder-trekker" in flags:
            rows = rows.without_active_lead()
        if "nieuw" in flags:
            rows = rows.exclude(revision=None)
        return rows.filter(quick_win=True) if "quick-win" in flags else rows

    def unchanged(self, rows: ActionQuerySet, _name: str, _value: Any) -> ActionQuerySet:
        return rows


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter, with the address of the list without it."""

    label: str
    url: str


class ActionSearch:
    """What the address asks for: the rows in their order, and the words to show it with."""

    def __init__(self, user: User, data: QueryDict) -> None:
        visible = Action.objects.visible_to(user)
        archived = data.get("archief") in {"on", "true", "1"}
        rows = visible.exclude(archived_at=None) if archived else visible.current()
        self.plans = {plan.code: plan for plan in seen_plans(user)}
        self.plan = self._chosen_plan(data.get("plan", ""))
        choices = choices_in(self.plan, _leads(self.plan, rows))
        choices["plan"] = {code: str(plan) for code, plan in self.plans.items()}
        self.filter = ActionFilter(user, data, rows, choices)
        self.data = data
        self.found: dict[str, Any] = {
            name: value
            for name, value in self._cleaned().items()
            if value and (name != "archief" or archived)
        }
        self.group: str = self.found.get("groep", "")
        self.sort = data.get("sort", "")

    def _chosen_plan(self, code: str) -> Plan | None:
        """The only plan is the chosen one: then its domains and neighbourhoods are there at once."""
        if code in self.plans:
            return self.plans[code]
        return next(iter(self.plans.values())) if len(self.plans) == 1 else None

    def _cleaned(self) -> dict[str, Any]:
        form = self.filter.form
        form.is_valid()
        cleaned: dict[str, Any] = form.cleaned_data
        return cleaned

    @property
    def rows(self) -> ActionQuerySet:
        searched = bool(self.found.get("q"))
        rows: ActionQuerySet = self.filter.filter_queryset(self.filter.queryset)
        return ordered(rows, self.sort, self.group, searched=searched)

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(label, self._without(name, value))
            for name, found in self.found.items()
            for value in (found if isinstance(found, list) else [found])
            if (label := self._label(name, value))
        ]

    def _label(self, name: str, value: Any) -> str:
        field = self.filter.form.fields[name]
        if name in {"q", "archief"}:
            return f"“{value}”" if name == "q" else str(field.label)
        word = dict(self._flat(field)).get(str(value), str(value))
        return str(word) if name == "toon" else f"{field.label}: {word}"

    @staticmethod
    def _flat(field: Any) -> list[tuple[str, Any]]:
        return [(str(key), label) for key, label in field.choices]

    def _without(self, name: str, value: Any) -> str:
        left = self.data.copy()
        left.pop("page", None)
        kept = [item for item in left.getlist(name) if item != str(value)]
        left.pop(name, None)
        if kept and name == "toon":
            left.setlist(name, kept)
        return f"?{left.urlencode()}"
