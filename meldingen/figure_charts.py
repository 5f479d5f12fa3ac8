"""The figures as tiles and charts: the same on the page, in a report and on paper."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from core import charts

if TYPE_CHECKING:
    from meldingen.figures import Json

MOST_BARS = 12


def week_chart(found: Json, *, palette: charts.Palette = charts.PAGE) -> charts.Chart:
    """What came in and what was closed, week after week."""
    weeks = [date_format(dt.date.fromisoformat(week["start"]), "j b Y") for week in found["weeks"]]
    came, went = ([week[name] for week in found["weeks"]] for name in ("in", "out"))
    series = (charts.Series(_("Binnen"), came), charts.Series(_("Afgesloten"), went, "mute"))
    return charts.columns(
        _("Binnen en afgesloten per week"), _("Week van"), weeks, series, palette=palette
    )


def bar_chart(
    title: str, rows: list[Json], *, most: int = MOST_BARS, palette: charts.Palette = charts.PAGE
) -> charts.Chart:
    """How many came in per source, category or neighbourhood; the rest together."""
    came = [row for row in rows if row["entered"]]
    parts = [charts.Part(row["name"] or _("Onbekend"), row["entered"]) for row in came[:most]]
    if rest := sum(row["entered"] for row in came[most:]):
        parts.append(charts.Part(_("Andere"), rest, "mute"))
    return charts.bars(title, parts, palette=palette)


def tiles(found: Json) -> list[dict[str, Any]]:
    """What one looks at first, in the words of the page."""
    kept = f"{100 * found['kept'] / found['closed']:.0f}" if found["closed"] else "–"
    return [
        _tile(_("Binnen"), found["entered"]),
        _tile(
            _("Afgesloten"),
            found["closed"],
            _("%s %% binnen de norm") % kept if found["closed"] else "",
        ),
        _tile(_("Nu open"), found["open"], _("waarvan %s zonder behandelaar") % found["floating"]),
        _tile(
            _("Nu voorbij de norm"),
            found["late"],
            _("bij een derde: %s") % found["waiting"],
            tone="danger" if found["late"] else "",
        ),
        _span(_("Eerste reactie"), found["first_reaction"]),
        _span(_("Doorlooptijd"), found["lead_time"]),
    ]


def _tile(
    label: str, figure: int | str, note: str = "", *, unit: str = "", tone: str = ""
) -> dict[str, Any]:
    return {"label": label, "figure": figure, "note": note, "unit": unit, "tone": tone}


def _span(label: str, found: Json) -> dict[str, Any]:
    """Half of them sooner, half of them later; nine out of ten within the note."""
    if found["median"] is None:
        return _tile(label, "–", _("nog niets om te meten"))
    note = _("mediaan; 9 op 10 binnen %s dagen") % days(found["p90"])
    return _tile(label, days(found["median"]), note, unit=_("dagen"))


def days(number: float) -> str:
    return number_format(number, 1)
