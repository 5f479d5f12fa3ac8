"""The whole story of an action in one line of events: what people reported and what changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import LogEntry
from plans.rows import LIGHT_TONES, light_badge
from plans.workflow import Light

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString

    from plans.models import Action, Update

PAGE_SIZE = 20

TITLES: dict[str, str | _StrPromise] = {
    "action.made": _("Actie toegevoegd"),
    "action.edited": _("Actie gewijzigd"),
    "action.step": _("Status gewijzigd"),
    "action.lead_asked": _("Trekker gevraagd"),
    "action.lead_accepted": _("Trekker heeft aanvaard"),
    "action.lead_declined": _("Trekker heeft geweigerd"),
    "action.archived": _("Gearchiveerd"),
    "action.restored": _("Teruggezet uit het archief"),
    "action.moved": _("Verplaatst"),
    "action.partners": _("Partners gewijzigd"),
    "action.budget": _("Budget gewijzigd"),
    "action.commitment_linked": _("Engagement gekoppeld"),
    "action.commitment_unlinked": _("Engagement ontkoppeld"),
    "indicator.made": _("Indicator toegevoegd"),
    "indicator.edited": _("Indicator gewijzigd"),
    "indicator.archived": _("Indicator gearchiveerd"),
    "indicator.measured": _("Waarde ingevuld"),
    "attachment.added": _("Bijlage toegevoegd"),
    "attachment.archived": _("Bijlage gearchiveerd"),
    "share.given": _("Gedeeld met een partner"),
    "share.edited": _("Gedeelde tekst gewijzigd"),
    "share.withdrawn": _("Niet langer gedeeld"),
    "share.ended": _("Niet langer gedeeld: de termijn is om"),
    "share.accepted": _("Partner heeft aanvaard"),
    "share.declined": _("Partner heeft geweigerd"),
    "share.contributed": _("Bijdrage van een partner"),
}
# An update speaks for itself; its line in the history would say it twice.
TOLD_BY_UPDATES = "action.updated"
# What somebody outside the municipality's own circle sees of the history, without the reasons.
FOR_OUTSIDERS = frozenset(
    {"action.made", "action.step", "action.lead_asked", "action.lead_accepted", "action.archived"}
)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: who, when, what, with the old and the new."""

    at: dt.datetime
    title: str | _StrPromise
    who: str
    tone: str = "mute"
    subject: str = ""
    reason: str = ""
    happened_on: dt.date | None = None
    changes: list[dict[str, str]] = field(default_factory=list)
    update: Update | None = None
    light: SafeString | str = ""


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


def timeline(
    action: Action, *, inside: bool, readable: Iterable[str] = (), number: int = 1
) -> Timeline:
    """One page of the story. Both sources are read only as far as the page reaches."""
    end = number * PAGE_SIZE
    events = [_of_update(row, inside=inside) for row in action.updates.all()[: end + 1]]
    events += [_of_line(row, inside=inside) for row in _lines(action, inside, readable)[: end + 1]]
    events.sort(key=lambda event: event.at, reverse=True)
    start = max(number - 1, 0) * PAGE_SIZE
    return Timeline(events[start:end], number, has_older=len(events) > end)


def _lines(action: Action, inside: bool, readable: Iterable[str]) -> Any:  # noqa: FBT001
    """The history without what this reader may not know: other levels' files, and reasons."""
    lines = LogEntry.objects.within(action).exclude(verb=TOLD_BY_UPDATES)
    if not inside:
        return lines.filter(verb__in=FOR_OUTSIDERS)
    files = lines.filter(subject__startswith="attachment:").exclude(subject__in=list(readable))
    return lines.exclude(pk__in=files.values("pk"))


def _of_update(update: Update, *, inside: bool) -> Event:
    if not inside:
        update.cause = update.consequence = update.proposal = ""
    return Event(
        at=_moment(update),
        title=_("Bijgewerkt"),
        who=update.who,
        tone=LIGHT_TONES[Light(update.light)] if update.light else "mute",
        happened_on=update.on if update.on != timezone.localdate(update.made_at) else None,
        update=update,
        light=light_badge(update.light),
    )


def _moment(update: Update) -> dt.datetime:
    """News entered later stands on the day it is about."""
    entered = timezone.localtime(update.made_at)
    if update.on >= entered.date():
        return entered
    noon = dt.datetime.combine(update.on, dt.time(12))
    return timezone.make_aware(noon)


def _of_line(line: LogEntry, *, inside: bool) -> Event:
    return Event(
        at=line.at,
        title=TITLES.get(line.verb, _("Gewijzigd")),
        who=line.who,
        subject="" if line.subject.startswith("action:") else line.subject_label,
        reason=line.reason if inside else "",
        happened_on=line.happened_on,
        changes=line.changes,
    )
