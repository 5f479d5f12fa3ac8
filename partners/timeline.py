"""The story of an agreement: what happened to it and to all that belongs to it, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.models import LogEntry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from partners.models import Agreement

PAGE_SIZE = 20
TITLES: dict[str, str | _StrPromise] = {
    "agreement.made": _("Afspraak gemaakt"),
    "agreement.edited": _("Afspraak gewijzigd"),
    "agreement.step": _("Status gewijzigd"),
    "agreement.evaluated": _("Geëvalueerd"),
    "agreement.renewed": _("Hernieuwd"),
    "agreement.prolonged": _("Verlengd"),
    "agreement.renewed_tacitly": _("Stilzwijgend verlengd"),
    "contactofficer.added": _("Aanspreekpunt toegevoegd"),
    "contactofficer.edited": _("Aanspreekpunt gewijzigd"),
    "contactofficer.removed": _("Aanspreekpunt weggehaald"),
    "agreementparty.added": _("Partij toegevoegd"),
    "agreementparty.dropped": _("Partij weggehaald"),
    "agreementparty.signed": _("Ondertekend"),
    "agreementparty.unsigned": _("Handtekening teruggenomen"),
    "commitment.made": _("Engagement toegevoegd"),
    "commitment.edited": _("Engagement gewijzigd"),
    "commitment.reported": _("Partner meldde de stand van een engagement"),
    "commitment.judged": _("Engagement beoordeeld"),
    "commitment.archived": _("Engagement weggehaald"),
    "agreementdocument.filed": _("Document toegevoegd"),
    "agreementdocument.archived": _("Document gearchiveerd"),
    "dataannex.made": _("Gegevensbijlage toegevoegd"),
    "dataannex.edited": _("Gegevensbijlage gewijzigd"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history with its title in words."""

    line: LogEntry
    title: str | _StrPromise
    subject: str


@dataclass(frozen=True, slots=True)
class Timeline:
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


def timeline(agreement: Agreement, *, number: int = 1) -> Timeline:
    start = (number - 1) * PAGE_SIZE
    lines = list(LogEntry.objects.within(agreement)[start : start + PAGE_SIZE + 1])
    events = [_event(line) for line in lines[:PAGE_SIZE]]
    return Timeline(events, number, has_older=len(lines) > PAGE_SIZE)


def _event(line: LogEntry) -> Event:
    own = line.subject.startswith("agreement:")
    title = TITLES.get(line.verb, _("Gewijzigd"))
    return Event(line, title, "" if own else line.subject_label)
