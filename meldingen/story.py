"""The story of a melding in one line of events: what was done, noted and answered, newest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import LogEntry, ref
from meldingen.models import Answer, AnswerState, Note, ReporterQuestion, Response

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
    notes = Note.objects.filter(melding=melding).order_by("-at", "-pk")
    events += [_of_note(row) for row in notes[: end + 1]]
    answers = Answer.objects.filter(melding=melding).order_by("-made_at", "-pk")
    events += [_of_answer(row, tells=tells_answers) for row in answers[: end + 1]]
    events += _of_reporters(melding, end + 1, tells=tells_answers)
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


def _of_note(row: Note) -> Event:
    return Event(row.at, _("Notitie"), row.by_name, "plum", row.text)


def _of_answer(row: Answer, *, tells: bool) -> Event:
    tone = "warn" if row.state == AnswerState.TO_DO else "info"
    title = _("Antwoord, %(how)s: %(state)s") % {
        "how": row.get_channel_display().lower(),
        "state": row.get_state_display().lower(),
    }
    told = "\n".join(filter(None, (row.text, row.result))) if tells else ""
    return Event(row.made_at, title, "", tone, told)


def _of_reporters(melding: Melding, most: int, *, tells: bool) -> list[Event]:
    """What we asked, what came back, and the last word: whether it is solved."""
    asked = ReporterQuestion.objects.filter(melding=melding)[:most]
    events = [event for row in asked for event in _of_question(row, tells=tells)]
    said = Response.objects.filter(reporter__melding=melding).order_by("-at")[:most]
    return events + [_of_response(row, tells=tells) for row in said]


def _of_question(row: ReporterQuestion, *, tells: bool) -> list[Event]:
    text, answer = (row.text, row.answer) if tells else ("", "")
    events = [Event(row.asked_at, _("Vraag aan de melder"), row.asked_by_name, "info", text)]
    if row.answered_at:
        events.append(Event(row.answered_at, _("Antwoord van de melder"), "", "ok", answer))
    return events


def _of_response(row: Response, *, tells: bool) -> Event:
    title = _("De melder zegt: opgelost") if row.is_solved else _("De melder zegt: niet opgelost")
    return Event(row.at, title, "", "ok" if row.is_solved else "warn", row.words if tells else "")
