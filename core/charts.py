"""Charts as SVG, drawn on the server: the page and the PDF show the same picture.

Each function returns a `Chart`: the picture and the table that says the same in words. Positions
are percentages, so that a picture fills the place it gets and its letters stay readable on a phone.
Each part carries a mark of its own form beside its colour.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise
    Number = int | float | Decimal

# Pixels, all of them heights.
BAR = 18
LINE = 24
ROW = LINE + BAR + 8

COLUMN_TOP, COLUMN_FOOT = 18, 138  # between these stand columns

LONG_LABEL = 20  # characters: from here on the legend has one column
NARROW = 6  # per cent of the width: a part smaller than this has no room for its mark
OPEN_PLACE = 0.08  # of the whole: the room an empty part gets in a balance


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a picture: names of tokens for the page, fixed ones for paper."""

    ink: str
    soft: str
    track: str
    surface: str
    tones: dict[str, str]
    font_size: int = 13


TONES = ("ok", "info", "warn", "danger", "plum", "mute")
PAGE = Palette(
    ink="var(--ink)",
    soft="var(--soft)",
    track="var(--mute-tint)",
    surface="var(--surface)",
    tones={"accent": "var(--accent)"} | {tone: f"var(--{tone}-solid)" for tone in TONES},
)


def paper(accent: str = "#0b5cad") -> Palette:
    """The colours for print, around the colour of the municipality."""
    solid = ("#1e8a52", "#2c7acb", "#b97d00", "#cf3f2e", "#7a5ac2", "#7f8d9b")
    return Palette(
        ink="#131d27",
        soft="#4a5866",
        track="#e8edf1",
        surface="#ffffff",
        tones={"accent": accent} | dict(zip(TONES, solid, strict=True)),
        font_size=12,
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a picture: its word, its number and the tone it has everywhere else."""

    label: Text
    value: Number
    tone: str = "accent"


@dataclass(frozen=True, slots=True)
class Series:
    """What is counted in each group of columns: its word, its numbers and its tone."""

    label: Text
    values: Sequence[Number]
    tone: str = "accent"


@dataclass(frozen=True, slots=True)
class Reading:
    """One measured value of an indicator."""

    on: dt.date
    value: Number


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture and its table."""

    svg: SafeString
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


# --- The charts -----------------------------------------------------------------------------------


def stacked_bar(title: Text, parts: Sequence[Part], *, palette: Palette = PAGE) -> Chart:
    """One whole cut in parts, such as actions by status or by light. An empty part has no width."""
    total = _total(parts)
    widths = [100 * float(part.value) / total if total else 0 for part in parts]
    return _parts_of_a_whole(title, parts, widths, palette)


def balance(title: Text, parts: Sequence[Part], *, palette: Palette = PAGE) -> Chart:
    """The weight of parts that should all be there: an empty one shows as an open place."""
    least = _total(parts) * OPEN_PLACE or 1.0
    weights = [float(part.value) or least for part in parts]
    widths = [100 * weight / sum(weights) for weight in weights]
    return _parts_of_a_whole(title, parts, widths, palette)


def bars(title: Text, parts: Sequence[Part], *, palette: Palette = PAGE) -> Chart:
    """Lengths below each other; the longest fills the width."""
    longest = max((float(part.value) for part in parts), default=0.0) or 1.0
    rows = tuple((str(part.label), _number(part.value)) for part in parts)
    pieces = [
        _bar(index, part, 100 * float(part.value) / longest, rows[index][1], palette)
        for index, part in enumerate(parts)
    ]
    table = _Table((_("Onderdeel"), _("Aantal")), rows)
    return _chart(title, pieces, table, height=ROW * len(parts), palette=palette)


def progress_bar(
    title: Text, done: int, total: int, *, tone: str = "accent", palette: Palette = PAGE
) -> Chart:
    """How many of how many are done."""
    share = 100 * done / total if total else 0
    row = (str(title), _number(done), _number(total), f"{share:.0f} %")
    words = _("%(done)s van %(total)s (%(share)s)") % dict(
        zip(("done", "total", "share"), row[1:], strict=True)
    )
    table = _Table((_("Onderdeel"), _("Klaar"), _("Totaal"), _("Aandeel")), (row,))
    pieces = [_bar(0, Part(title, done, tone), share, words, palette)]
    return _chart(title, pieces, table, height=ROW, palette=palette)


def sparkline_to_target(
    title: Text,
    readings: Sequence[Reading],
    *,
    baseline: Number | None = None,
    target: Number | None = None,
    palette: Palette = PAGE,
) -> Chart:
    """How an indicator moves from where it began to where it should be."""
    levels = [float(value) for value in (baseline, target) if value is not None]
    plot = _Plot.around(readings, levels)
    pieces = [
        _level(plot, _("Begin"), baseline, palette.soft, at_end=_leaves(readings, baseline)),
        _level(plot, _("Doel"), target, palette.tones["ok"], at_end=_leaves(readings, target)),
        *_path(plot, readings, palette),
        _dates(readings, palette),
    ]
    rows = [
        (_("Beginwaarde"), baseline),
        *((date_format(reading.on, "j F Y"), reading.value) for reading in readings),
        (_("Streefwaarde"), target),
    ]
    known = tuple((word, _number(value)) for word, value in rows if value is not None)
    table = _Table((_("Moment"), _("Waarde")), known)
    return _chart(title, pieces, table, height=plot.height, palette=palette)


def columns(
    title: Text,
    heading: Text,
    groups: Sequence[str],
    series: Sequence[Series],
    *,
    palette: Palette = PAGE,
) -> Chart:
    """Numbers beside each other per group, such as what came in and went out each week.

    The series stand in their order within a group, so that the place tells them apart as well.
    """
    highest = max((n for one in series for n in one.values), default=0)
    pieces = [_scale(highest, groups, palette)] if groups else []
    for index, one in enumerate(series):
        pieces += _columns(index, one, len(series), float(highest) or 1.0, palette)
        total = Part(one.label, sum(one.values), one.tone)
        pieces.append(
            format_html(
                '<g transform="translate(0 {})">{}</g>',
                COLUMN_FOOT + LINE - BAR - 14,
                _legend(index, total, 2, palette),
            )
        )
    rows = tuple(
        (group, *(_number(one.values[at]) for one in series)) for at, group in enumerate(groups)
    )
    table = _Table((str(heading), *(str(one.label) for one in series)), rows)
    height = COLUMN_FOOT + LINE * (1 + -(-len(series) // 2))
    return _chart(title, pieces, table, height=height, palette=palette)


@dataclass(frozen=True, slots=True)
class _Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


# --- What they are made of ------------------------------------------------------------------------


def _chart(
    title: Text,
    pieces: Iterable[SafeString],
    table: _Table,
    *,
    height: int,
    palette: Palette,
) -> Chart:
    svg = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="{}" role="img"'
        ' font-family="Inter Variable, Inter, DejaVu Sans, sans-serif" font-size="{}" fill="{}">'
        "<title>{}</title><desc>{}</desc>{}</svg>",
        height,
        palette.font_size,
        palette.ink,
        title,
        "; ".join(": ".join(row[:2]) for row in table.rows) or _("Nog geen cijfers"),
        _join(pieces),
    )
    return Chart(svg, str(title), table.columns, table.rows)


def _parts_of_a_whole(
    title: Text, parts: Sequence[Part], widths: Sequence[float], palette: Palette
) -> Chart:
    """A row of parts with its legend below; a whole of nothing is an empty track."""
    cuts = _cuts(parts, widths, palette) if any(widths) else [_track(0, palette)]
    per_line = 1 if any(len(str(part.label)) > LONG_LABEL for part in parts) else 2
    legend = [_legend(index, part, per_line, palette) for index, part in enumerate(parts)]
    height = BAR + 14 + LINE * -(-len(parts) // per_line)
    total = _total(parts)
    rows = tuple(
        (str(part.label), _number(part.value), _percent(part.value, total)) for part in parts
    )
    table = _Table((_("Onderdeel"), _("Aantal"), _("Aandeel")), rows)
    return _chart(title, [*cuts, *legend], table, height=height, palette=palette)


def _cuts(parts: Sequence[Part], widths: Sequence[float], palette: Palette) -> list[SafeString]:
    starts = [sum(widths[:index]) for index in range(len(widths))]
    return [
        _cut(index, part, start, width, palette)
        for index, (part, start, width) in enumerate(zip(parts, starts, widths, strict=True))
        if width
    ]


def _cut(index: int, part: Part, start: float, width: float, palette: Palette) -> SafeString:
    """A part: filled when it holds something, else a dotted place. Its mark stands inside."""
    colour = palette.tones[part.tone]
    fill, edge, dash = (colour, palette.surface, "none")
    if not part.value:
        fill, edge, dash = ("none", palette.soft, "3 3")
    box = format_html(
        '<rect x="{}" y="0" width="{}" height="{}" rx="4"'
        ' fill="{}" stroke="{}" stroke-width="2" stroke-dasharray="{}"/>',
        _share(start),
        _share(width),
        BAR,
        fill,
        edge,
        dash,
    )
    if width < NARROW:
        return box
    return box + _placed(start + width / 2, 3, _mark(index, edge), shift=-6)


def _legend(index: int, part: Part, per_line: int, palette: Palette) -> SafeString:
    line, column = divmod(index, per_line)
    words = format_html(
        '{}<text x="20" y="11">{}<tspan dx="6" font-weight="bold">{}</tspan></text>',
        _mark(index, palette.tones[part.tone]),
        part.label,
        _number(part.value),
    )
    return _placed(50 * column, BAR + 14 + LINE * line, words)


def _placed(left: float, top: float, piece: SafeString, shift: int = 0) -> SafeString:
    """Put something with pixels of its own at a percentage of the width."""
    if shift:
        piece = format_html('<g transform="translate({} 0)">{}</g>', shift, piece)
    return format_html(
        '<svg x="{}" y="{}" width="50%" height="{}" overflow="visible">{}</svg>',
        _share(left),
        top,
        LINE,
        piece,
    )


_MARKS = (
    '<circle cx="6" cy="6" r="5.5" fill="{0}"/>',
    '<path d="M6 0 12 11.5H0z" fill="{0}"/>',
    '<path d="M1 1h10v10H1z" fill="{0}"/>',
    '<path d="M6 0l6 6-6 6-6-6z" fill="{0}"/>',
    '<circle cx="6" cy="6" r="4.5" fill="none" stroke="{0}" stroke-width="2.5"/>',
    '<path d="M0 4h12v4H0z" fill="{0}"/>',
    '<path d="M0 .5h12L6 12z" fill="{0}"/>',
    '<path d="M4 0h4v4h4v4H8v4H4V8H0V4h4z" fill="{0}"/>',
)


def _mark(index: int, colour: str) -> SafeString:
    """A form per place in the row, so that nobody has to tell colours apart."""
    return format_html(_MARKS[index % len(_MARKS)], colour)


def _bar(index: int, part: Part, width: float, words: str, palette: Palette) -> SafeString:
    top = index * ROW
    return format_html(
        '<text x="0" y="{0}">{1}</text>'
        '<text x="100%" y="{0}" text-anchor="end" font-weight="bold">{2}</text>{3}'
        '<rect x="0" y="{4}" width="{5}" height="{6}" rx="4" fill="{7}"/>',
        top + 16,
        part.label,
        words,
        _track(top + LINE, palette),
        top + LINE,
        _share(width),
        BAR,
        palette.tones[part.tone],
    )


def _scale(highest: Number, groups: Sequence[str], palette: Palette) -> SafeString:
    """The foot on which the columns stand, the height of the highest, the first and last group."""
    return format_html(
        '<line x1="0" x2="100%" y1="{1}" y2="{1}" stroke="{3}"/>'
        '<line x1="0" x2="100%" y1="{0}" y2="{0}" stroke="{3}" stroke-dasharray="2 4"/>'
        '<text x="0" y="{4}" fill="{2}">{5}</text>'
        '<text x="0" y="{6}" fill="{2}">{7}</text>'
        '<text x="100%" y="{6}" fill="{2}" text-anchor="end">{8}</text>',
        COLUMN_TOP,
        COLUMN_FOOT,
        palette.soft,
        palette.track,
        COLUMN_TOP - 5,
        _number(highest),
        COLUMN_FOOT + 16,
        groups[0],
        groups[-1] if len(groups) > 1 else "",
    )


def _columns(
    index: int, one: Series, beside: int, highest: float, palette: Palette
) -> list[SafeString]:
    room = 100 / (len(one.values) or 1)
    width = room * 0.8 / beside
    tall = COLUMN_FOOT - COLUMN_TOP
    return [
        format_html(
            '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>',
            _share(room * at + room * 0.1 + width * index),
            round(COLUMN_FOOT - tall * float(value) / highest, 1),
            _share(width),
            round(tall * float(value) / highest, 1),
            palette.tones[one.tone],
        )
        for at, value in enumerate(one.values)
        if value
    ]


def _track(top: int, palette: Palette) -> SafeString:
    return format_html(
        '<rect x="0" y="{}" width="100%" height="{}" rx="4" fill="{}"/>', top, BAR, palette.track
    )


# --- The line of an indicator -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where a day and a value stand: x in per cent of the width, y in pixels from the top."""

    first: dt.date
    days: int
    low: float
    high: float
    height: int = 128

    @classmethod
    def around(cls, readings: Sequence[Reading], levels: Sequence[float]) -> Self:
        dates = [reading.on for reading in readings] or [dt.date.min]
        values = [*(float(reading.value) for reading in readings), *levels] or [0.0]
        return cls(min(dates), (max(dates) - min(dates)).days, min(values), max(values))

    def x(self, on: dt.date) -> float:
        """A lone reading stands at the end: there is nothing before it."""
        return 2 + 96 * (on - self.first).days / self.days if self.days else 98

    def y(self, value: Number) -> float:
        span = self.high - self.low
        return round(92 - 66 * (float(value) - self.low) / span, 1) if span else 60.0


def _level(
    plot: _Plot, word: str, value: Number | None, colour: str, *, at_end: bool
) -> SafeString:
    """A dotted line over the whole width, with its word above it."""
    if value is None:
        return SafeString("")
    return format_html(
        '<line x1="0" x2="100%" y1="{0}" y2="{0}" stroke="{1}" stroke-width="1.5"'
        ' stroke-dasharray="5 4"/><text x="{2}" y="{3}" text-anchor="{4}">{5} {6}</text>',
        plot.y(value),
        colour,
        "100%" if at_end else "0",
        plot.y(value) - 6,
        "end" if at_end else "start",
        word,
        _number(value),
    )


def _leaves(readings: Sequence[Reading], level: Number | None) -> bool:
    """Whether the line ends further from a level than it began: there is room for a word then."""
    if len(readings) <= 1 or level is None:  # a single reading stands at the end
        return False
    first, last = (abs(float(one.value) - float(level)) for one in (readings[0], readings[-1]))
    return last > first


def _path(plot: _Plot, readings: Sequence[Reading], palette: Palette) -> list[SafeString]:
    colour = palette.tones["accent"]
    places = [(_share(plot.x(one.on)), plot.y(one.value)) for one in readings]
    lines = [
        format_html(
            '<line x1="{}" y1="{}" x2="{}" y2="{}"'
            ' stroke="{}" stroke-width="2.5" stroke-linecap="round"/>',
            *start,
            *end,
            colour,
        )
        for start, end in itertools.pairwise(places)
    ]
    dots = [
        format_html(
            '<circle cx="{}" cy="{}" r="4.5" fill="{}" stroke="{}" stroke-width="2"/>',
            *place,
            colour,
            palette.surface,
        )
        for place in places
    ]
    return lines + dots


def _dates(readings: Sequence[Reading], palette: Palette) -> SafeString:
    """The first and the last day under the line, the last value beside its day."""
    if not readings:
        return format_html(
            '<text x="0" y="122" fill="{}">{}</text>', palette.soft, _("Nog geen metingen")
        )
    first, last = readings[0], readings[-1]
    start = date_format(first.on, "d/m/Y") if first.on != last.on else ""
    return format_html(
        '<text x="0" y="122" fill="{0}">{1}</text><text x="100%" y="122" fill="{0}"'
        ' text-anchor="end">{2}: <tspan font-weight="bold" fill="{3}">{4}</tspan></text>',
        palette.soft,
        start,
        date_format(last.on, "d/m/Y"),
        palette.ink,
        _number(last.value),
    )


def _share(percent: float) -> str:
    return f"{percent:.2f}%"


def _total(parts: Sequence[Part]) -> float:
    return sum(float(part.value) for part in parts)


def _number(value: Number | None) -> str:
    """A number as people write it: 1.250 or 3,5, without the zeros that a column adds."""
    if isinstance(value, Decimal):
        value = Decimal(format(value.normalize(), "f"))
    return number_format(value, force_grouping=True) if value is not None else ""


def _percent(value: Number, total: float) -> str:
    return f"{100 * float(value) / total if total else 0:.0f} %"


def _join(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))
