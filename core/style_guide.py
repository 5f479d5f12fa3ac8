"""What the page /stijl/ shows: every component in each of its states, with made-up content."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from core import charts
from core.charts import Part, Reading
from core.forms import HouseForm
from core.place_map import Spot, place_map

LIGHTS = [
    Part("Op schema", 34, "ok"),
    Part("Aandacht", 9, "warn"),
    Part("Vertraagd", 5, "danger"),
    Part("Niet van toepassing", 4, "mute"),
]
STATUSES = [
    Part("Goedgekeurd", 7, "accent"),
    Part("Gepland", 9, "plum"),
    Part("Lopend", 31, "info"),
    Part("Gerealiseerd", 8, "ok"),
    Part("Gedeeltelijk gerealiseerd", 2, "warn"),
    Part("Stopgezet", 1, "mute"),
]
DIMENSIONS = [
    Part("Proactief", 14, "plum"),
    Part("Preventief", 27, "info"),
    Part("Reactief", 0, "warn"),
]
SPOTS = [
    Spot("W01", "Centrum", 500, 480, 32, "32 partners", "#kaart"),
    Spot("W02", "Stationskwartier", 575, 430, 33, "33 partners", "#kaart", is_marked=True),
    Spot("W03", "Sint-Jorispark", 430, 410, 31, "31 partners", "#kaart"),
    Spot("W04", "Tuinwijk De Linde", 610, 545, 30, "30 partners", "#kaart"),
]
READINGS = [
    Reading(dt.date(2026, 3, 31), 10),
    Reading(dt.date(2026, 6, 30), 12),
    Reading(dt.date(2026, 9, 30), 17),
    Reading(dt.date(2026, 11, 15), 18),
]


class SampleForm(HouseForm):
    """One field of each kind."""

    title = forms.CharField(
        label=_("Titel"),
        max_length=120,
        help_text=_("Kort en concreet, bijvoorbeeld met een plaats."),
    )
    done = forms.CharField(
        label=_("Wat is er gebeurd?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )
    neighbourhood = forms.ChoiceField(
        label=_("Wijk"),
        choices=[("", _("Kies een wijk")), ("W01", "Centrum"), ("W02", "Stationskwartier")],
        required=False,
    )
    light = forms.ChoiceField(
        label=_("Licht"),
        choices=[("green", _("Op schema")), ("amber", _("Aandacht")), ("red", _("Vertraagd"))],
        widget=forms.RadioSelect(attrs={"class": "choices is-tiles"}),
    )
    themes = forms.MultipleChoiceField(
        label=_("Thema's"),
        choices=[("overlast", "Overlast"), ("drugs", "Drugs"), ("verkeer", "Verkeer")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    due = forms.DateField(label=_("Einddatum"), required=False)
    spent = forms.DecimalField(label=_("Uitgegeven (euro)"), min_value=0, required=False)
    attachment = forms.FileField(label=_("Bijlage"), required=False)
    quick_win = forms.BooleanField(
        label=_("Quick win"), required=False, help_text=_("Binnen zes maanden klaar en zichtbaar.")
    )


class SampleFilter(HouseForm):
    """What a filter bar holds."""

    q = forms.CharField(
        label=_("Zoek in acties"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Code of tekst")}),
    )
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("Alle")), ("lopend", "Lopend")], required=False
    )
    domain = forms.ChoiceField(
        label=_("Domein"), choices=[("", _("Alle")), ("D1", "Drugs en middelen")], required=False
    )
    late = forms.BooleanField(label=_("Alleen te laat"), required=False)


@dataclass(frozen=True, slots=True)
class Clashed:
    """Stands in for a form on which two people worked at once."""

    clashes: list[dict[str, str]]


CLASH = Clashed(
    [
        {
            "name": "done",
            "label": "Wat is er gebeurd?",
            "mine": "Zes controles in oktober, samen met De Lijn.",
            "theirs": "Vijf controles in oktober.",
        }
    ]
)


def wrong_form() -> SampleForm:
    """The form as it comes back when something is not right."""
    return SampleForm({"title": "", "done": "Zes controles.", "light": "paars"}, auto_id="wrong_%s")


def context() -> dict[str, Any]:
    """All that the page asks for."""
    return {
        "form": SampleForm(initial={"due": dt.date(2026, 12, 15), "light": "green"}),
        "wrong": wrong_form(),
        "filter": SampleFilter({"status": "lopend"}, auto_id="filter_%s"),
        "clash": CLASH,
        "page": Paginator(range(600), 50).page(5),
        "lights": charts.stacked_bar("Lichten van de lopende acties", LIGHTS),
        "charts": [
            charts.stacked_bar("Acties per status", STATUSES),
            charts.balance("Balans van de dimensies", DIMENSIONS),
            charts.bars(
                "Acties per domein", [Part("Drugs", 9), Part("Jeugd", 6), Part("Wonen", 3)]
            ),
            charts.progress_bar("Quick wins gerealiseerd", 5, 8, tone="ok"),
            charts.sparkline_to_target("Uitgevoerde controles", READINGS, baseline=9, target=24),
            charts.sparkline_to_target("Nog niet gemeten", [], target=10),
        ],
        "map": place_map("Partners per wijk", SPOTS, marked="aandachtswijk"),
        "tones": ["ok", "info", "warn", "danger", "plum", "mute", "accent"],
    }
