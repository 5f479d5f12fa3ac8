"""A year of meldingen around those that are written out: the same each time, by its seed."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from core.confidentiality import Level
from core.workdays import after_working_days
from demo.loader.cast import Cast, moment
from demo.loader.square import point
from demo.loader.told import Lists, Told, moment_after, with_norms
from meldingen.models import Melding, Reporter
from meldingen.workflow import MeldingStatus

if TYPE_CHECKING:
    from meldingen.models import Category

Row = dict[str, Any]
S = MeldingStatus
HOURS = {"ochtend": (7, 12), "middag": (12, 17), "avond": (17, 22), "nacht": (22, 24)}
DAYS = 365
SPREAD = 28  # of the drawn square around the heart of a neighbourhood
FLOATS, FLOATS_DAYS = 0.3, 5  # of what came in these days, that share lies with nobody yet
REASONS = {"opgelost": 74, "niet_gevonden": 12, "geen_overtreding": 6, "opgenomen": 8}
NOTHING_DONE = {"onvoldoende": 5, "privaat": 3, "anders": 2}
WORDS = {
    "geen_overtreding": "Nagekeken ter plaatse; alles volgens de regels.",
    "opgenomen": "Meegenomen in de werking in de wijk.",
    "onvoldoende": "De plaats was niet te vinden met wat er stond.",
    "privaat": "Het gaat over privaat terrein; de bewoners kregen uitleg.",
    "anders": "Besproken met wie het meldde.",
}
AGAIN = "Het probleem is terug."


class Year:
    """Draws meldingen one by one from the weights of the data."""

    def __init__(
        self, data: Row, lists: Lists, cast: Cast, someone: Callable[..., Reporter]
    ) -> None:
        self.dice = random.Random(data["generator"]["seed"])  # noqa: S311 - not for secrets
        self.weights, self.lists, self.cast = data["generator"], lists, cast
        self.rows = {row["code"]: row for row in data["categories"]}
        self.hearts = {row["code"]: row["pos"] for row in data["neighbourhoods"]}
        self.someone = someone
        self.earlier: dict[tuple[str, str], Melding] = {}

    def pick(self, weights: dict[str, int]) -> str:
        return self.dice.choices(list(weights), list(weights.values()))[0]

    def moment(self, first: dt.date, last: dt.date) -> dt.datetime:
        """A moment in these days, on busy months and hours more often."""
        days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
        months = [self.weights["months_weight"][day.month - 1] for day in days]
        start, end = HOURS[self.pick(self.weights["hour_weight"])]
        day = self.dice.choices(days, months)[0]
        return moment(day, self.dice.randrange(start, end), self.dice.randrange(60))

    def between(self, after: dt.datetime, before: dt.datetime) -> dt.datetime:
        """A moment between two others."""
        for _try in range(4):
            found = self.moment(after.date(), before.date())
            if after < found < before:
                return found
        return after + (before - after) * self.dice.random()

    def told(self, number: int, at: dt.datetime) -> Told:
        weights = self.weights
        source = self.pick(weights["source_weight"])
        category = self.lists.categories[
            self.pick({code: row["weight"] for code, row in self.rows.items()})
        ]
        hood = self.pick(weights["neighbourhood_weight"])
        melding = self._melding(number, at, source, category, hood)
        lead = self.cast.lead_of(melding.handler) if melding.handler else None
        self._live(melding, at)
        told = Told(melding, melding.entered_by, lead or self.cast.users["civ"])
        if melding.status in {S.IN_PROGRESS, S.PLANNED}:
            melding.assignee = lead
        told.reporter = self._reporter(number, source)
        reason = melding.closure_reason
        told.answer = f"Uw melding {melding.number} is afgerond. {reason}." if reason else ""
        told.reason = AGAIN if melding.status == S.REOPENED else ""
        self._double(told, hood)
        return told

    def _melding(
        self, number: int, at: dt.datetime, source: str, category: Category, hood: str
    ) -> Melding:
        latitude, longitude = point(*self._spot(hood))
        place = self.cast.neighbourhoods[hood]
        melding = Melding(
            municipality=self.cast.places["ZAN"],
            number=f"ZAN-{at.year}-{number:05}",
            source=self.lists.sources[source],
            category=category,
            text=self.dice.choice(self.rows[category.code]["texts"]),
            happened_at=at - dt.timedelta(minutes=self.dice.randrange(5, 900)),
            entered_at=at,
            entered_by=None if source == "web" else self.cast.users["civ"],
            place=place.name,
            latitude=latitude,
            longitude=longitude,
            neighbourhood=place,
            confidentiality=Level.INTERNAL,
            handler=category.handler,
        )
        with_norms(melding, at.date())
        return melding

    def _spot(self, hood: str) -> tuple[float, float]:
        """Around the heart of a neighbourhood, and nearer to it than to any other."""
        heart = self.hearts[hood]
        off = [self.dice.gauss(0, SPREAD) for _axis in heart]
        while True:
            x, y = (min(max(a + b, 0), 1000) for a, b in zip(heart, off, strict=True))
            if min(self.hearts.values(), key=lambda spot: math.dist(spot, (x, y))) == heart:
                return x, y
            off = [step * 0.6 for step in off]

    def _live(self, melding: Melding, at: dt.datetime) -> None:
        """How it went: on time or not, over or still open today."""
        on_time = self.dice.random() < self.weights["on_time_share"]
        share = self.dice.uniform(0.2, 0.95) if on_time else self.dice.uniform(1.1, 2.2)
        days = max(round(melding.category.resolve_days * share), 1)
        end = moment(after_working_days(at.date(), days), 9 + self.dice.randrange(7), at.minute)
        if end >= self.lists.now:
            self._open(melding, at)
        elif self.dice.random() < self.weights["reopen_share"] and self._is_recent(end):
            melding.status = S.REOPENED
        else:
            self._over(melding, max(end, moment_after(at)))

    def _is_recent(self, end: dt.datetime) -> bool:
        """What came back longer ago has been closed again since."""
        return end > self.lists.now - dt.timedelta(days=30)

    def _open(self, melding: Melding, at: dt.datetime) -> None:
        age = (self.lists.now - at).days
        floats = age < FLOATS_DAYS and self.dice.random() < FLOATS
        if age < 1 or floats:
            melding.status = S.RECEIVED
            melding.handler = None if floats else melding.handler
            return
        melding.status = self.pick({S.ASSIGNED: 30, S.IN_PROGRESS: 45, S.PLANNED: 18, S.WAITING: 7})
        if melding.status == S.PLANNED:
            melding.planned_on = after_working_days(self.lists.today, self.dice.randrange(1, 6))
        if melding.status == S.WAITING:
            melding.waiting_since = (at + dt.timedelta(days=1)).date()
            melding.waits_for = "Antwoord van een andere dienst"

    def _over(self, melding: Melding, end: dt.datetime) -> None:
        outside = melding.category.is_external and self.dice.random() < 0.6  # noqa: PLR2004
        nothing = not outside and self.dice.random() < 0.07  # noqa: PLR2004
        melding.status = S.REFERRED if outside else S.NO_ACTION if nothing else S.CLOSED
        code = "doorgegeven" if outside else self.pick(NOTHING_DONE if nothing else REASONS)
        melding.closed_at = end
        melding.closure_reason = self.lists.reasons[code]
        melding.closure_text = WORDS.get(code, "")

    def _reporter(self, number: int, source: str) -> Reporter | None:
        if self.lists.sources[source].is_internal or source == "box":
            return None
        if self.dice.random() < self.weights["anonymous_share"]:
            return None
        return self.someone(number, source, named=self.dice.random() < 0.7)  # noqa: PLR2004

    def _double(self, told: Told, hood: str) -> None:
        """Some tell what another told before: closed with it."""
        melding = told.melding
        key = (melding.category.code, hood)
        first = self.earlier.get(key)
        told_before = first and melding.entered_at - first.entered_at < dt.timedelta(weeks=4)
        if told_before and melding.closed_at and self.dice.random() < self._double_share:
            told.joined_to, melding.status = first, S.NO_ACTION
            melding.closure_reason, melding.closure_text = self.lists.reasons["dubbel"], ""
            return
        self.earlier[key] = melding

    @property
    def _double_share(self) -> float:
        """Only half of all have one before them."""
        share: float = self.weights["duplicate_share"]
        return share * 2


def year_around(
    data: Row, samples: list[Told], lists: Lists, cast: Cast, someone: Callable[..., Reporter]
) -> list[Told]:
    """Fill the numbers between those written out, and the rest of the year before them."""
    year = Year(data, lists, cast, someone)
    written = sorted((int(row.melding.number[-5:]), row.melding.entered_at) for row in samples)
    first, last = written[0], written[-1]
    spots: list[tuple[int, dt.datetime]] = []
    for (low, after), (high, before) in itertools.pairwise(written):
        moments = sorted(year.between(after, before) for _ in range(high - low - 1))
        spots += zip(range(low + 1, high), moments, strict=True)
    days = data["meta"]["reference_date"].timetuple().tm_yday
    begin, start = lists.today - dt.timedelta(days=DAYS), lists.today - dt.timedelta(days=days - 1)
    before_that = data["generator"]["yearly_total"] - (last[0] - len(written))
    spots += _spots(year, range(1, first[0]), max(start, begin), first[1].date())
    spots += _spots(year, range(last[0] + 1, last[0] + 1 + before_that), begin, start)
    return [year.told(number, at) for number, at in sorted(spots, key=lambda spot: spot[1])]


def _spots(
    year: Year, numbers: range, first: dt.date, before: dt.date
) -> list[tuple[int, dt.datetime]]:
    day = dt.timedelta(days=1)
    moments = sorted(year.moment(first, max(before - day, first)) for _ in numbers)
    return list(zip(numbers, moments, strict=True))
