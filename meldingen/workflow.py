"""The life of a melding as a table. No database in here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class MeldingStatus(models.TextChoices):
    RECEIVED = "ontvangen", _("Ontvangen")
    ASSIGNED = "toegewezen", _("Toegewezen")
    IN_PROGRESS = "in behandeling", _("In behandeling")
    PLANNED = "ingepland", _("Ingepland")
    WAITING = "wacht op derde", _("Wacht op derde")
    CLOSED = "afgehandeld", _("Afgehandeld")
    REFERRED = "doorverwezen", _("Doorverwezen")
    NO_ACTION = "geen actie", _("Geen actie")
    REOPENED = "heropend", _("Heropend")


S = MeldingStatus
OPEN = frozenset({S.RECEIVED, S.ASSIGNED, S.IN_PROGRESS, S.PLANNED, S.WAITING, S.REOPENED})
OVER = frozenset({S.CLOSED, S.REFERRED, S.NO_ACTION})
CLOCK_STOPS = frozenset({S.WAITING})  # the norm does not run while somebody else has the move
REOPEN_DAYS = 90  # after closing; later it is a new melding


@dataclass(frozen=True, slots=True)
class Step:
    """One way from a status to the next."""

    name: str
    sources: frozenset[str]
    target: str
    label: str | _StrPromise
    needs_text: bool = False
    needs_day: bool = False  # the day on which it will be done
    needs_reason: bool = False  # a closing reason, and the answer to who reported it

    @property
    def becomes(self) -> str:
        return str(_("De status wordt: %s.")) % MeldingStatus(self.target).label.lower()


STEPS = (
    Step("starten", OPEN - {S.IN_PROGRESS, S.WAITING}, S.IN_PROGRESS, _("Ik behandel dit")),
    Step("inplannen", OPEN, S.PLANNED, _("Inplannen"), needs_day=True),
    Step("wachten", OPEN - {S.WAITING}, S.WAITING, _("Wachten op een derde"), needs_text=True),
    Step("hervatten", frozenset({S.WAITING}), S.IN_PROGRESS, _("Weer opnemen")),
    # Straight from the letterbox: a warden closes on the spot.
    Step("afsluiten", OPEN, S.CLOSED, _("Afsluiten"), needs_reason=True),
    Step("geen-actie", OPEN, S.NO_ACTION, _("Geen actie"), needs_reason=True),
    # To a partner of the municipality: what it reads is written on the page of the referral.
    Step("doorverwijzen", OPEN, S.REFERRED, _("Doorverwijzen"), needs_reason=True),
    Step("heropenen", OVER, S.REOPENED, _("Heropenen"), needs_text=True),
)


def steps_from(status: str) -> list[Step]:
    return [step for step in STEPS if status in step.sources]


def find(name: str, status: str) -> Step | None:
    return next((step for step in steps_from(status) if step.name == name), None)
