"""The history of a person's access in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from core.models import LogEntry

WORDS = {
    "user.made": _("Account gemaakt"),
    "user.renamed": _("Naam gewijzigd"),
    "user.email_changed": _("E-mailadres gewijzigd"),
    "user.stopped": _("Account stopgezet"),
    "user.restarted": _("Account geheractiveerd"),
    "user.password_changed": _("Wachtwoord gewijzigd"),
    "user.password_reset": _("Nieuw wachtwoord ingesteld na een mail"),
    "user.second_factor_added": _("Tweede stap ingesteld"),
    "user.second_factor_removed": _("Tweede stap uitgezet"),
    "user.second_factor_reset": _("Tweede stap gewist door een beheerder"),
    "user.recovery_codes_made": _("Nieuwe herstelcodes gemaakt"),
    "invitation.sent": _("Uitgenodigd"),
    "invitation.withdrawn": _("Uitnodiging ingetrokken"),
    "invitation.accepted": _("Uitnodiging aanvaard"),
    "membership.given": _("Rol gekregen: %s"),
    "membership.ended": _("Rol beëindigd: %s"),
    "partnermember.added": _("Toegevoegd aan %s"),
    "partnermember.ended": _("Niet meer bij %s"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history, with the words for what happened."""

    entry: LogEntry
    words: str | _StrPromise


def lines(entries: list[LogEntry]) -> list[Line]:
    return [Line(entry, _words(entry)) for entry in entries]


def _words(entry: LogEntry) -> str:
    words = str(WORDS.get(entry.verb, entry.verb))
    return words % entry.subject_label if "%s" in words else words
