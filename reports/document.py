"""How a snapshot is shown: dates, money and charts made ready, for the page and for the PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core import charts, pdf
from meldingen.figure_charts import tiles, week_chart
from plans.rows import LIGHT_TONES, STATUS_TONES
from reports.models import Audience

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


@dataclass(frozen=True, slots=True)
class Document:
    """A snapshot, ready to be drawn. Everything in it comes from the snapshot."""

    data: Json
    palette: charts.Palette
    paper: bool
    compact: bool  # the two to four pages for college and council
    status_chart: charts.Chart
    light_chart: charts.Chart
    dimension_chart: charts.Chart
    figures: list[Json]
    domains: list[Json]
    budget: Json
    changes: Json
    coming: Json
    engagement: Json | None  # for the core group alone
    meldingen: Json | None  # where they are taken in
    resolutions: list[Json]  # what was decided, and what came of it
    dimensions: list[str]  # their words, in order
    actions: list[Json]
    made_on: str
    period: str

    @classmethod
    def of(cls, data: Json, *, paper: bool = False) -> Document:
        palette = charts.paper(colour_of(data)) if paper else charts.PAGE
        labels = data["labels"]
        # The same statuses everywhere, so that a colour and its mark mean one thing.
        orders = data["orders"]
        used = [code for code in orders["status"] if data["statuses"].get(code)]
        return cls(
            data=data,
            palette=palette,
            paper=paper,
            compact=data["audience"]["code"] != Audience.CORE_GROUP,
            status_chart=_status_chart(_("Acties naar status"), data, labels, palette, used),
            light_chart=_light_chart(data, palette),
            dimension_chart=_balance(data, palette),
            figures=_figures(data["figures"]),
            domains=[_domain(domain, data, palette, used) for domain in data["domains"]],
            budget=_budget(data["budget"]),
            changes=_changes(data["changes"]),
            coming=_coming(data["coming"]),
            engagement=_engagement(data),
            meldingen=_meldingen(data, palette),
            resolutions=_resolutions(data),
            dimensions=[labels["dimension"][code] for code in orders["dimension"]],
            actions=_actions(data),
            made_on=day(data["made_on"]),
            period=data["period"]["label"],
        )

    @property
    def sections(self) -> list[Section]:
        """What stands in it, in its order: for the contents, and to remark upon."""
        data = self.data
        parts = (
            (bool(data["foreword"]), "woord-vooraf", _("Woord vooraf")),
            (True, "kerncijfers", _("Kerncijfers")),
            (bool(data["decisions"]), "beslissingen", _("Gevraagde beslissingen")),
            (bool(self.resolutions), "opvolging", _("Beslissingen en opvolging")),
            (True, "domeinen", _("Per domein")),
            *((True, domain["anchor"], domain["name"]) for domain in self.domains),
            (True, "balans", _("Balans")),
            (bool(self.engagement), "engagement", _("Engagement van partners")),
            (True, "budget", _("Budget")),
            (bool(self.meldingen), "meldingen", _("Meldingen van inwoners")),
            (True, "nieuw", _("Nieuw en bijgestuurd")),
            (True, "vooruitblik", _("Vooruitblik")),
            (True, "bijlage", _("Bijlage: alle acties")),
        )
        return [
            Section(anchor, label, is_domain=anchor.startswith("domein-"))
            for is_there, anchor, label in parts
            if is_there
        ]


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
