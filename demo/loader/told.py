"""A melding of the demo as it was lived: what was told, by whom, and each step with its moment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core import history
from core.models import LogEntry, ref
from core.workdays import after_working_days
from demo.loader.cast import Cast, moment
from meldingen.models import (
    Answer,
    AnswerState,
    Category,
    Channel,
    ClosureReason,
    Melding,
    Note,
    NumberSeries,
    Reporter,
    Source,
)
from meldingen.workflow import OVER, MeldingStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

S = MeldingStatus
# The steps that brought a melding where it is.
PATHS: dict[str, tuple[str, ...]] = {
    S.RECEIVED: (),
    S.ASSIGNED: (S.ASSIGNED,),
    S.IN_PROGRESS: (S.ASSIGNED, S.IN_PROGRESS),
    S.PLANNED: (S.ASSIGNED, S.PLANNED),
    S.WAITING: (S.ASSIGNED, S.IN_PROGRESS, S.WAITING),
    S.CLOSED: (S.ASSIGNED, S.IN_PROGRESS, S.CLOSED),
    S.REFERRED: (S.ASSIGNED, S.REFERRED),
    S.NO_ACTION: (S.ASSIGNED, S.NO_ACTION),
    S.REOPENED: (S.ASSIGNED, S.CLOSED, S.REOPENED),
}
VERBS = {S.ASSIGNED: "melding.assigned", **dict.fromkeys(OVER, "melding.closed")}
DONE_AT_ONCE = {Channel.MAIL: AnswerState.MAILED}


@dataclass(slots=True)
class Lists:
    """The lists of Zandrode by their codes, and the moment at which the demo stands still."""

    sources: dict[str, Source]
    categories: dict[str, Category]
    reasons: dict[str, ClosureReason]
    today: dt.date

    @property
    def now(self) -> dt.datetime:
        return moment(self.today, 9)


@dataclass(slots=True)
class Told:
    """One melding with what hangs on it, before it is kept."""

    melding: Melding
    by: User | None  # who entered it
    handled_by: User
    reporter: Reporter | None = None
    answer: str = ""  # what the reporter was told at the end
    notes: list[str] = field(default_factory=list)
    joined_to: Melding | None = None
    reason: str = ""  # why it was opened again

    def lines(self) -> Iterable[LogEntry]:
        """Its history: the entry, then each step, spread up to its end."""
        melding = self.melding
        yield self._line("melding.made", melding.entered_at, self.by, [])
        path, before = PATHS[melding.status], S.RECEIVED.value
        for at, status in zip(self.moments(), path, strict=True):
            told = [history.change(melding, "status", before, status)]
            if status == S.ASSIGNED:
                told.append(history.change(melding, "handler", None, melding.handler))
            if status == melding.status and melding.closure_reason:
                told.append(history.change(melding, "closure_reason", None, melding.closure_reason))
            why = melding.closure_text if status in OVER else melding.waits_for
            said = (self.reason or why) if status == melding.status else ""
            yield self._line(VERBS.get(S(status), "melding.step"), at, self.handled_by, told, said)
            before = status

    def moments(self) -> list[dt.datetime]:
        """When each step was taken; the last one is the end, where it has one."""
        melding, steps = self.melding, len(PATHS[self.melding.status])
        end = melding.closed_at or min(
            melding.entered_at + dt.timedelta(days=2), moment_after(melding.entered_at)
        )
        gap = (end - melding.entered_at) / max(steps, 1)
        return [melding.entered_at + gap * n for n in range(1, steps + 1)]

    def _line(
        self, verb: str, at: dt.datetime, by: User | None, changes: list[Any], reason: str = ""
    ) -> LogEntry:
        name = by.name if by else "IV-centrum"
        return LogEntry(actor=by, actor_name=name, verb=verb, subject=ref(self.melding),
                        subject_label=self.melding.number, changes=changes, reason=reason,
                        at=at)  # fmt: skip

    def answers(self) -> Iterable[Answer]:
        # Who told what another told before hears it when that one is over.
        reporter, closed = self.reporter, (self.joined_to or self.melding).closed_at
        if not (reporter and closed and reporter.wants_answer):
            return
        channel = Channel(reporter.channel)
        yield Answer(melding=self.melding, reporter=reporter, channel=channel, text=self.answer,
                     state=DONE_AT_ONCE.get(channel, AnswerState.DONE), made_at=closed,
                     done_at=closed + dt.timedelta(hours=1),
                     done_by=self.handled_by)  # fmt: skip


def moment_after(at: dt.datetime) -> dt.datetime:
    """Ten minutes later: an open melding of this morning took its steps this morning."""
    return at + dt.timedelta(minutes=10)


def with_norms(melding: Melding, day: dt.date) -> None:
    melding.ack_due = after_working_days(day, melding.category.ack_days)
    melding.due = after_working_days(day, melding.category.resolve_days)


def keep(rows: list[Told], cast: Cast) -> None:
    """Write all of them in a handful of statements, in the order in which they came in."""
    rows.sort(key=lambda row: row.melding.entered_at)
    for row in rows:
        if row.melding.status != S.RECEIVED:
            row.melding.first_reaction_at = row.moments()[0]
    Melding.objects.bulk_create([row.melding for row in rows], batch_size=500)
    reported = [row for row in rows if row.reporter]
    for row in reported:
        assert row.reporter  # noqa: S101 - filtered above
        row.reporter.melding = row.melding
    Reporter.objects.bulk_create([row.reporter for row in reported if row.reporter])
    Answer.objects.bulk_create(answer for row in rows for answer in row.answers())
    Note.objects.bulk_create(
        Note(melding=row.melding, text=text, by=row.handled_by, by_name=row.handled_by.name,
             at=moment_after(row.moments()[-1] if row.moments() else row.melding.entered_at))
        for row in rows
        for text in row.notes
    )  # fmt: skip
    _join(rows)
    cast.lines += [line for row in rows for line in row.lines()]
    _series(rows, cast)


def _join(rows: list[Told]) -> None:
    joined = [row.melding for row in rows if row.joined_to]
    for row in rows:
        row.melding.joined_to = row.joined_to
    Melding.objects.bulk_update(joined, ["joined_to"])


def _series(rows: list[Told], cast: Cast) -> None:
    """The next melding goes on from the highest number of its year."""
    last: dict[int, int] = {}
    for row in rows:
        _code, year, number = row.melding.number.split("-")
        last[int(year)] = max(last.get(int(year), 0), int(number))
    NumberSeries.objects.bulk_create(
        NumberSeries(municipality=cast.places["ZAN"], year=year, last=number)
        for year, number in last.items()
    )
