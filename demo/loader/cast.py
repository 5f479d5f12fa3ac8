"""Who and what the loaders of the plan look up by name, and the moments they write with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils import timezone

from accounts.models import Municipality, Neighbourhood, User
from core.history import Change
from core.models import LogEntry, ref
from demo.loader.partners import Partners
from partners.models import Partner


def moment(day: dt.date, hour: int = 10, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


@dataclass(slots=True)
class Cast:
    """The loaded people and places, and the lines of history that wait to be written."""

    places: dict[str, Municipality]
    neighbourhoods: dict[str, Neighbourhood]
    users: dict[str, User]
    partners: Partners
    leads: dict[int, User]  # by partner: the person who answers for it
    lines: list[LogEntry] = field(default_factory=list)

    @property
    def coordinator(self) -> User:
        return self.users["coordinator"]

    def partner(self, code: str, place: str = "ZAN") -> Partner:
        return self.partners[place, code]

    def lead_of(self, partner: Partner) -> User | None:
        return self.leads.get(partner.pk)

    def note(
        self,
        verb: str,
        subject: Model,
        *,
        by: User,
        on: dt.date,
        context: Model | None = None,
        changes: list[Change] | None = None,
        reason: str = "",
    ) -> None:
        """Write down a line of history, dated when it happened."""
        self.lines.append(
            LogEntry(
                actor=by,
                actor_name=by.name,
                verb=verb,
                subject=ref(subject),
                subject_label=str(subject)[:300],
                context=ref(context) if context else "",
                changes=changes or [],
                reason=reason,
                at=moment(on, 10, len(self.lines) % 60),
            )
        )

    def write_history(self) -> None:
        LogEntry.objects.bulk_create(sorted(self.lines, key=lambda line: line.at))
        self.lines.clear()
