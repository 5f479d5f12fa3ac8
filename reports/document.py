"""How a snapshot is shown: dates, money and charts made ready, for the page and for the PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import charts, pdf
from meldingen.figure_charts import tiles, week_chart
from plans.rows import LIGHT_TONES, STATUS_TONES
from reports.models import Audience, Chapter, Variant
from reports.models.chapters import FORMER

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Json = dict[str, Any]
DIMENSION_TONES = {"proactief": "info", "preventief": "accent", "reactief": "plum"}
FEW = 3  # so many names still read as a sentence
MOST_CATEGORIES = 8
MIN_READINGS = 2  # fewer make a dot, not a line


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a report: where it stands on the page, and what it is called."""

    anchor: str
    label: str
    is_domain: bool  # a part of "Per domein"

    @property
    def template(self) -> str:
        return f"reports/parts/{TEMPLATES[Chapter(self.anchor)]}.html"


# What draws each chapter; the annex stands apart, for it begins a page of its own.
TEMPLATES: dict[Chapter, str] = {
    Chapter.FOREWORD: "foreword",
    Chapter.FIGURES: "figures",
    Chapter.COMPARED: "since",
    Chapter.ASKED: "asked",
    Chapter.FOLLOWED: "resolutions",
    Chapter.DOMAINS: "domains",
    Chapter.BALANCE: "balance",
    Chapter.ENGAGEMENT: "engagement",
    Chapter.BUDGET: "budget",
    Chapter.MELDINGEN: "meldingen",
    Chapter.CHANGES: "changes",
    Chapter.DONE: "done",
    Chapter.ACTIONS: "actions",
    Chapter.SHARED: "shared",
    Chapter.AGREEMENTS: "agreements",
    Chapter.REFERRALS: "referrals",
    Chapter.EVALUATIONS: "evaluations",
    Chapter.PARTNERS: "partners",
    Chapter.COMING: "coming",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A snapshot, ready to be drawn. Everything in it comes from the snapshot."""

    data: Json
    variant: Variant
    paper: bool
    chapters: list[Section]  # those that are in it, in their order
    figures: list[Json]
    made_on: str
    period: str
    status_chart: charts.Chart | None = None
    light_chart: charts.Chart | None = None
    dimension_chart: charts.Chart | None = None
    domains: list[Json] = field(default_factory=list)
    budget: Json | None = None
    changes: Json | None = None
    coming: Json | None = None
    engagement: Json | None = None  # for the core group alone
    meldingen: Json | None = None  # where they are taken in
    comparison: Json | None = None
    resolutions: list[Json] = field(default_factory=list)  # what was decided, what came of it
    dimensions: list[str] = field(default_factory=list)  # their words, in order
    actions: list[Json] = field(default_factory=list)
    about: Json = field(default_factory=dict)  # of one partner or one neighbourhood

    @classmethod
    def of(cls, data: Json, *, paper: bool = False) -> Document:
        palette = charts.paper(colour_of(data)) if paper else charts.PAGE
        return cls(
            data=data,
            variant=variant_of(data),
            paper=paper,
            chapters=chapters_of(data),
            figures=data["tiles"] if "tiles" in data else _figures(data["figures"]),
            made_on=day(data["made_on"]),
            period=data["period"]["label"],
            coming=_coming(data["coming"]) if "coming" in data else None,
            engagement=_engagement(data),
            meldingen=_meldingen(data, palette),
            comparison=_comparison(data),
            resolutions=_resolutions(data),
            about=_about(data),
            **(_of_actions(data, palette) if "actions" in data else {}),
        )

    @property
    def compact(self) -> bool:
        """The two to four pages of a whole plan for who governs."""
        return self.variant in COMPACT

    @property
    def has_contents_page(self) -> bool:
        """The others have their contents on the cover."""
        return self.variant == Variant.CORE_GROUP

    @property
    def is_for_partner(self) -> bool:
        return self.variant == Variant.PARTNER_GIVEN

    @property
    def is_internal(self) -> bool:
        return self.variant.audience == Audience.CORE_GROUP

    @property
    def subject(self) -> str:
        """The partner or the neighbourhood that it is about; empty for the whole plan."""
        found: str = self.data.get("variant", {}).get("subject", "")
        return found

    @property
    def cover_words(self) -> str:
        return str(COVERS[self.variant])

    @property
    def parts(self) -> list[Section]:
        """The chapters in the body; the annex comes after it."""
        return [one for one in self.chapters if one.anchor != Chapter.ANNEX]

    @property
    def has_annex(self) -> bool:
        return any(one.anchor == Chapter.ANNEX for one in self.chapters)

    @property
    def has_pair(self) -> bool:
        """Whether balance and budget stand beside each other on paper."""
        order = [one.anchor for one in self.chapters]
        pair = (Chapter.BALANCE.value, Chapter.BUDGET.value)
        return self.compact and pair in pairwise(order)

    @property
    def sections(self) -> list[Section]:
        """What stands in it, in its order: for the contents, and to remark upon."""
        found: list[Section] = []
        for chapter in self.chapters:
            found.append(chapter)
            if chapter.anchor == Chapter.DOMAINS:
                found += [
                    Section(domain["anchor"], domain["name"], is_domain=True)
                    for domain in self.domains
                ]
        return found


COMPACT = frozenset({Variant.COLLEGE, Variant.COUNCIL, Variant.ZONE})
COVERS: dict[Variant, _StrPromise] = {
    Variant.CORE_GROUP: gettext_lazy("Rapport voor de kerngroep"),
    Variant.COLLEGE: gettext_lazy("Rapport voor het college"),
    Variant.COUNCIL: gettext_lazy("Rapport voor gemeenteraad en publiek"),
    Variant.ZONE: gettext_lazy("Rapport voor de zonale veiligheidsraad"),
    Variant.PARTNER: gettext_lazy("Intern dossier, niet voor de partner"),
    Variant.PARTNER_GIVEN: gettext_lazy("Rapport voor onze partner"),
    Variant.NEIGHBOURHOOD: gettext_lazy("Wijkrapport voor de kerngroep"),
    Variant.NEIGHBOURHOOD_PUBLIC: gettext_lazy("Wijkrapport voor de bewoners"),
}


def variant_of(data: Json) -> Variant:
    """Older reports knew their readers alone, and were about the whole plan."""
    found = data.get("variant")
    return Variant(found["code"] if found else data["audience"]["code"])


def chapters_of(data: Json) -> list[Section]:
    """As they were frozen. Before there was a choice, what had nothing to say was left out."""
    if "chapters" in data:
        rows = [row for row in data["chapters"] if _is_there(row["code"], data)]
        return [Section(row["code"], row["label"], is_domain=False) for row in rows]
    empty = {
        Chapter.FOREWORD: not data["foreword"],
        Chapter.ASKED: not data["decisions"],
        Chapter.FOLLOWED: not data.get("resolutions"),
        Chapter.ENGAGEMENT: "engagement" not in data,
        Chapter.MELDINGEN: "meldingen" not in data,
    }
    kept = [chapter for chapter in FORMER if not empty.get(chapter)]
    return [Section(one.value, str(one.label), is_domain=False) for one in kept]


def _is_there(code: str, data: Json) -> bool:
    """A foreword is there once it is written; every other chapter says that it has nothing."""
    return code != Chapter.FOREWORD or bool(data["foreword"])


def _of_actions(data: Json, palette: charts.Palette) -> Json:
    """What is drawn of the actions that a report is about."""
    labels, orders = data["labels"], data["orders"]
    # The same statuses everywhere, so that a colour and its mark mean one thing.
    used = [code for code in orders["status"] if data["statuses"].get(code)]
    whole = [_domain(one, data, palette, used) for one in data["domains"] if "statuses" in one]
    return {
        "status_chart": _status_chart(_("Acties naar status"), data, labels, palette, used),
        "light_chart": _light_chart(data, palette),
        "dimension_chart": _balance(data, palette),
        "domains": whole,
        "budget": _budget(data["budget"]) if "budget" in data else None,
        "changes": _changes(data["changes"]) if "changes" in data else None,
        "dimensions": [labels["dimension"][code] for code in orders["dimension"]],
        "actions": _actions(data),
    }


def colour_of(data: Json) -> str:
    """The colour of the municipality."""
    return pdf.safe_colour(str(data["municipality"]["colour"]))


def css(data: Json) -> str:
    """The style sheet for paper, in the colour of the municipality."""
    return pdf.house_style(colour_of(data), "report-paper.css")


# --- Words and numbers ------------------------------------------------------------------------------


def day(text: str) -> str:
    return dt.date.fromisoformat(text).strftime("%d/%m/%Y") if text else ""


def euro(text: str) -> str:
    amount = Decimal(text)
    places = 0 if amount == amount.to_integral_value() else 2
    return f"€\u00a0{number_format(amount, places, force_grouping=True)}"


def _figures(found: Json) -> list[Json]:
    """The tiles of the page with key figures."""
    of_quick = _("van %d") % found["quick_wins"]
    of_all = _("van %d beslist") % found["decided"]
    return [
        _figure(_("Acties in het plan"), found["actions"]),
        _figure(_("Gerealiseerd"), found["realised"], of_all, "ok"),
        _figure(_("Gerealiseerd in de periode"), found["realised_now"], "", "ok"),
        _figure(_("Quick wins klaar"), found["quick_wins_done"], of_quick, "ok"),
        _figure(_("Bijgewerkt in de periode"), found["updated"], ""),
        _figure(_("Over tijd"), found["late"], "", "danger"),
        _figure(_("Langer dan 90 dagen geen nieuws"), found["silent"], "", "warn"),
        _figure(_("Zonder trekker die aanvaardde"), found["leaderless"], "", "warn"),
    ]


def _figure(label: str, value: int | str, note: str = "", tone: str = "") -> Json:
    return {"label": label, "value": value, "note": note, "tone": tone if value else ""}


# --- Charts ---------------------------------------------------------------------------------------


def _status_chart(
    title: str, data: Json, labels: Json, palette: charts.Palette, used: list[str]
) -> charts.Chart:
    parts = [
        charts.Part(labels["status"][code], data["statuses"][code], _tone(STATUS_TONES, code))
        for code in used
    ]
    return charts.stacked_bar(title, parts, palette=palette)


def _tone(tones: Mapping[Any, str], code: str) -> str:
    """The tone a code has everywhere; an old snapshot may hold a code that is gone."""
    return tones.get(code, "mute")


def _light_chart(data: Json, palette: charts.Palette) -> charts.Chart:
    words = data["labels"]["light"] | {"": _("Geen licht")}
    parts = [
        charts.Part(words[code], data["lights"][code], _tone(LIGHT_TONES, code))
        for code in data["orders"]["light"]
    ]
    return charts.stacked_bar(_("Acties naar verkeerslicht"), parts, palette=palette)


def _balance(data: Json, palette: charts.Palette) -> charts.Chart:
    labels = data["labels"]["dimension"]
    parts = [
        charts.Part(labels[code], data["dimensions"][code], DIMENSION_TONES.get(code, "accent"))
        for code in data["orders"]["dimension"]
    ]
    return charts.balance(_("Balans van het hele plan"), parts, palette=palette)


def _indicator(row: Json, palette: charts.Palette) -> Json:
    readings = [
        charts.Reading(dt.date.fromisoformat(value["on"]), Decimal(value["value"]))
        for value in row["values"]
    ]
    chart = None
    if len(readings) >= MIN_READINGS and row["kind"] == "getal":
        chart = charts.sparkline_to_target(
            row["title"],
            readings,
            baseline=_decimal(row["baseline"]),
            target=_decimal(row["target"]),
            palette=palette,
        )
    return row | {"chart": chart, "last_on": day(row["last_on"])}


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


# --- The parts --------------------------------------------------------------------------------------


def _domain(domain: Json, data: Json, palette: charts.Palette, used: list[str]) -> Json:
    labels, dimensions = data["labels"], data["orders"]["dimension"]
    name = f"{domain['number']}. {domain['title']}"
    missing = [labels["dimension"][code] for code in dimensions if not domain["dimensions"][code]]
    goal_rows = [_indicator(row, palette) for row in domain["goal_indicators"]]
    rows = goal_rows + [_indicator(row, palette) for row in domain["action_indicators"]]
    title = _("Status van %s") % name
    return domain | {
        "name": name,
        "anchor": f"domein-{domain['number']}",
        "status_chart": _status_chart(title, domain, labels, palette, used),
        "status_text": _status_text(domain["statuses"], labels, used),
        "missing": missing if domain["actions"] else [],
        "realisations": [row | {"on": day(row["on"])} for row in domain["realisations"]],
        "troubles": [
            row | {"on": day(row["on"]), "light_label": labels["light"].get(row["light"], "")}
            for row in domain["troubles"]
        ],
        "goal_indicators": goal_rows,
        "indicators": rows,
        "charts": [row["chart"] for row in rows if row["chart"]],
        "shares": [domain["dimensions"][code] for code in dimensions],
    }


def _status_text(statuses: Json, labels: Json, used: list[str]) -> str:
    """The numbers behind the bar, in words: "2 gepland, 5 lopend"."""
    return ", ".join(
        f"{statuses[code]} {labels['status'][code].lower()}" for code in used if statuses[code]
    )


def _budget(budget: Json) -> Json:
    return {
        "years": [
            {
                "year": year["year"],
                "rows": [row | _money(row) for row in year["rows"]],
                "total": _money(year["total"]),
            }
            for year in budget["years"]
        ],
        "domains": [row | _money(row) for row in budget["domains"]],
        "total": _money(budget["total"]),
    }


def _money(row: Json) -> Json:
    return {name: euro(row[name]) for name in ("planned", "committed", "spent")}


def _changes(changes: Json) -> Json:
    return {
        "new": changes["new"],
        "revisions": [row | {"on": day(row["on"])} for row in changes["revisions"]],
        "steps": [row | {"on": day(row["on"])} for row in changes["steps"]],
        "moved": _moved(changes["steps"]),
        "any": any(changes.values()),
    }


def _moved(steps: list[Json]) -> list[Json]:
    """How many actions got which status in the end; their names only where they are few."""
    last = {row["code"]: row for row in steps}
    groups: dict[str, list[Json]] = {}
    for row in last.values():
        groups.setdefault(row["new"], []).append(row)
    return [
        {"label": label, "count": len(rows), "rows": rows if len(rows) <= FEW else []}
        for label, rows in groups.items()
    ]


def _coming(coming: Json) -> Json:
    until = day(coming["until"])
    titles = {
        "starting": _("Begint tegen %s") % until,
        "ending": _("Loopt af tegen %s") % until,
        "asked": _("Wacht op het antwoord van een trekker"),
    }
    groups = [
        {"title": title, "rows": [row | {"on": day(row["on"])} for row in coming[name]]}
        for name, title in titles.items()
        if coming[name]
    ]
    return {"groups": groups, "until": until}


def _engagement(data: Json) -> Json | None:
    """Partners that came to the core group first, and before them what they came for."""
    found = data.get("engagement")
    if found is None:
        return None
    words, lights = data["labels"]["light"], found["lights"]
    return {
        "total": sum(lights.values()),
        "lights": ", ".join(f"{n} {words[code].lower()}" for code, n in lights.items() if n),
        "points": [
            step | {"name": row["name"], "on": day(step["on"])}
            for row in found["partners"]
            for step in row["steps"]
            if step["point"]
        ],
        "partners": [
            row
            | {
                "light_label": words.get(row["light"], ""),
                "why": "; ".join(row["reasons"]),
                "ladder": "; ".join(
                    f"{step['label']} ({day(step['on'])})" for step in row["steps"]
                ),
            }
            for row in found["partners"]
        ],
    }


def _meldingen(data: Json, palette: charts.Palette) -> Json | None:
    """The street in figures; a report from before there were any has no such chapter."""
    found: Json | None = data.get("meldingen")
    if found is None:
        return None
    if "smallest" in found:  # for residents: counts alone
        return found | {"most": found["categories"][:MOST_CATEGORIES]}
    return found | {
        "tiles": [
            _figure(tile["label"], tile["figure"], tile["note"], tile["tone"])
            for tile in tiles(found)
        ],
        "chart": week_chart(found, palette=palette),
        "hoods": [row for row in found["neighbourhoods"] if row["entered"] or row["open"]],
        "most": [row for row in found["categories"] if row["entered"]][:MOST_CATEGORIES],
        "notes": sum(box["notes"] for box in found["boxes"]["boxes"]),
    }


def _about(data: Json) -> Json:
    """The chapters of a report about one partner or one neighbourhood, with their days in figures."""
    names = (Chapter.SHARED, Chapter.PARTNERS, Chapter.REFERRALS, "roles", "everywhere")
    roles = data.get("roles", {})
    return {name.replace("-", "_"): data[name] for name in map(str, names) if name in data} | {
        "done": [row | {"on": day(row["on"])} for row in data.get(Chapter.DONE, [])],
        "troubles": [
            row
            | {"on": day(row["on"]), "light_label": data["labels"]["light"].get(row["light"], "")}
            for row in data.get("troubles", [])
        ],
        "agreements": [_agreement(row) for row in data.get(Chapter.AGREEMENTS, [])],
        "evaluations": [row | {"on": day(row["on"])} for row in data.get(Chapter.EVALUATIONS, [])],
        "actions": [
            _action(row, data["labels"]) | {"role": roles.get(row["code"], "")}
            for row in data.get("actions", [])
        ],
    }


def _agreement(row: Json) -> Json:
    promises = [one | {"due": day(one["due"])} for one in row["promises"]]
    return row | {"evaluation": day(row["evaluation"]), "promises": promises}


def _comparison(data: Json) -> Json | None:
    """What changed since the previous report, in sentences and figures."""
    found: Json | None = data.get("comparison")
    if found is None or found["previous"] is None:
        return found
    previous = found["previous"] | {"made_on": day(found["previous"]["made_on"])}
    names = {"planned": _("Gepland"), "committed": _("Vastgelegd"), "spent": _("Besteed")}
    return found | {
        "previous": previous,
        "words": _compared_in_words(found),
        "lines": [row for row in found["lines"] if row["change"] != "="],
        "lists": [
            {"title": title, "rows": found[name]}
            for name, title in (
                ("new", _("Nieuw")),
                ("done", _("Gerealiseerd")),
                ("late", _("Over tijd geraakt")),
                ("caught_up", _("Niet meer over tijd")),
                ("gone", _("Niet meer in het rapport")),
            )
            if found[name]
        ],
        "moved": [
            row | {"old": day(row["old"]) or "–", "new": day(row["new"]) or "–"}
            for row in found["moved"]
        ],
        "budget": [
            row
            | {
                "label": names[row["name"]],
                "old": euro(row["old"]),
                "new": euro(row["new"]),
                "change": _more_or_less(row["change"]),
            }
            for row in found["budget"]
            if Decimal(row["change"])
        ],
    }


def _more_or_less(text: str) -> str:
    amount = Decimal(text)
    sign = "+" if amount > 0 else "−" if amount < 0 else ""
    return f"{sign}{euro(str(abs(amount)))}" if amount else "="


def _compared_in_words(found: Json) -> str:
    """Such as "2 nieuw, 1 gerealiseerd, 3 verschoven"; a sentence where nothing changed."""
    went = len(found["gone"]) + found["gone_unnamed"]
    counts = (
        (len(found["new"]), _("nieuw")),
        (len(found["done"]), _("gerealiseerd")),
        (len(found["late"]), _("over tijd geraakt")),
        (len(found["caught_up"]), _("niet meer over tijd")),
        (len(found["moved"]), _("met een andere einddatum")),
        (len(found["lights"]), ngettext("ander licht", "andere lichten", len(found["lights"]))),
        (went, _("niet meer in het rapport")),
    )
    told = ", ".join(f"{number} {words}" for number, words in counts if number)
    return f"{told}." if told else _("Geen enkele actie kwam erbij, eindigde of verschoof.")


def _resolutions(data: Json) -> list[Json]:
    """A report from before they were kept has none."""
    return [
        row | {"on": day(row["on"]), "due": day(row["due"])} for row in data.get("resolutions", [])
    ]


def _actions(data: Json) -> list[Json]:
    """The action table, in groups of one domain."""
    return [
        {
            "name": f"{domain['number']}. {domain['title']}",
            "rows": [
                _action(row, data["labels"])
                for row in data["actions"]
                if row["domain"] == domain["number"]
            ],
        }
        for domain in data["domains"]
    ]


def _action(row: Json, labels: Json) -> Json:
    return row | {
        "status_label": labels["status"].get(row["status"], row["status"]),
        "light_label": labels["light"].get(row["light"], ""),
        "dimension_label": labels["dimension"].get(row["dimension"], ""),
        "due_text": _due(row),
    }


def _due(row: Json) -> str:
    return _("doorlopend") if row["structural"] and not row["late"] else day(row["due"])
