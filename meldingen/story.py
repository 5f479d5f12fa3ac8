"""The story of a melding in one line of events: what was done, noted and answered, newest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from core.models import LogEntry, ref
from meldingen.models import Answer, AnswerState, Channel, Note, ReporterQuestion, Response

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.functional import _StrPromise

    from meldingen.models import Melding

PAGE_SIZE = 20
TITLES: dict[str, str | _StrPromise] = {
    "melding.made": _("Ingevoerd"),
    "melding.edited": _("Gewijzigd"),
    "melding.step": _("Status gewijzigd"),
    "melding.closed": _("Afgesloten"),
    "melding.reopened_by_reporter": _("Heropend op vraag van de melder"),
    "melding.assigned": _("Toegewezen"),
    "melding.norm": _("Norm herrekend"),
    "melding.linked": _("Actie van het plan gekoppeld"),
    "melding.joined": _("Melding erbij gevoegd"),
    "melding.split": _("Deel afgesplitst"),
    "melding.answered": _("Antwoord opgevolgd"),
    "melding.place_reckoned": _("Adres berekend uit het punt op de kaart"),
    "photo.added": _("Foto toegevoegd"),
    "melding.reporter_erased": _("Contactgegevens van de melder gewist na de bewaartermijn"),
    "photo.refused": _("Foto geweigerd door de virusscanner"),
}
# A note speaks for itself; its line in the history would say it twice.
TOLD_BY_NOTES = "melding.noted"
TONES = {"melding.closed": "ok", "melding.made": "info"}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: who, when, what, with the old and the new."""

    at: dt.datetime
    title: str | _StrPromise
    who: str
    tone: str = "mute"
    text: str = ""
    happened_on: dt.date | None = None
    changes: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Story:
    """A page of events, newest first, and whether older ones wait."""

    events: list[Event]
    number: int
    has_older: bool

    @property
    def older(self) -> int:
        return self.number + 1

    @property
    def newer(self) -> int:
        return self.number - 1


def story(melding: Melding, *, tells_answers: bool, number: int = 1) -> Story:
    """One page. Each source is read only as far as the page reaches.

    What was answered may name somebody: who does not see reporters sees only that it was.
    """
    end = number * PAGE_SIZE
    events = [_of_line(row) for row in _lines(melding)[: end + 1]]
    events += [_of_word(row, tells=tells_answers) for row in _words(melding)[: end + 1]]
    events.sort(key=lambda event: event.at, reverse=True)
    return Story(events[end - PAGE_SIZE : end], number, has_older=len(events) > end)


def _lines(melding: Melding) -> list[LogEntry]:
    name = ref(melding)
    rows = LogEntry.objects.filter(Q(subject=name) | Q(context=name))
    return rows.filter(verb__in=TITLES)  # type: ignore[return-value]


def _of_line(line: LogEntry) -> Event:
    return Event(
        at=line.at,
        title=TITLES[line.verb],
        who=line.actor_name,
        tone=TONES.get(line.verb, "mute"),
        text=line.reason,
        happened_on=line.happened_on,
        changes=[change for change in line.changes if change["field"] != "closure_text"],
    )


def _words(melding: Melding) -> Any:
    """What people wrote, newest first, in one question: notes, answers, what we asked, what came
    back, and the last word whether it is solved."""
    notes = Note.objects.filter(melding=melding)
    answers = Answer.objects.filter(melding=melding)
    asked = ReporterQuestion.objects.filter(melding=melding)
    said = Response.objects.filter(reporter__melding=melding)
    parts = [
        _part("note", notes, "at", "text", writer="by_name"),
        _part(
            "answer", answers, "made_at", "text", besides="result", way="channel", outcome="state"
        ),
        _part("asked", asked, "asked_at", "text", writer="asked_by_name"),
        _part("replied", asked.exclude(answered_at=None), "answered_at", "answer"),
        _part("solved", said.filter(is_solved=True), "at", "words"),
        _part("not solved", said.filter(is_solved=False), "at", "words"),
    ]
    return parts[0].union(*parts[1:], all=True).order_by("-moment", "-key")


def _part(kind: str, rows: Any, moment: str, text: str, **columns: str) -> Any:
    """One kind of words in the columns that all of them share; what it has none of is empty."""
    named = {"moment": F(moment), "key": F("pk"), "told": Cast(text, TextField())}
    for name in ("writer", "besides", "way", "outcome"):
        named[name] = Cast(F(columns[name]) if name in columns else Value(""), TextField())
    shown: Any = rows.order_by().annotate(sort=Value(kind, TextField()), **named)
    return shown.values_list("sort", *named, named=True)


def _of_word(row: Any, *, tells: bool) -> Event:
    """A note is for everybody here; what went to and from a reporter may name somebody."""
    title, tone = _titled(row)
    words = "\n".join(filter(None, (row.told, row.besides)))
    return Event(row.moment, title, row.writer, tone, words if tells or row.sort == "note" else "")


WORDS: dict[str, tuple[_StrPromise, str]] = {
    "note": (_("Notitie"), "plum"),
    "asked": (_("Vraag aan de melder"), "info"),
    "replied": (_("Antwoord van de melder"), "ok"),
    "solved": (_("De melder zegt: opgelost"), "ok"),
    "not solved": (_("De melder zegt: niet opgelost"), "warn"),
}


def _titled(row: Any) -> tuple[str | _StrPromise, str]:
    if row.sort != "answer":
        return WORDS[row.sort]
    title = _("Antwoord, %(how)s: %(state)s") % {
        "how": Channel(row.way).label.lower(),
        "state": AnswerState(row.outcome).label.lower(),
    }
    return title, "warn" if row.outcome == AnswerState.TO_DO else "info"
