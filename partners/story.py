"""What happened to a partner, worded for people; only what the reader may know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import LogEntry, ref
from partners import permissions

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from accounts.models import User
    from partners.models import Partner

TITLES: dict[str, str | _StrPromise] = {
    "partner.made": _("Partner toegevoegd"),
    "partner.edited": _("Partner gewijzigd"),
    "partner.archived": _("Gearchiveerd"),
    "partner.restored": _("Teruggezet uit het archief"),
    "partner.merged": _("Samengevoegd"),
    "partner.competence_given": _("Bevoegdheid toegevoegd"),
    "partner.competence_taken": _("Bevoegdheid weggehaald"),
    "partner.contact_proposed": _("De partner stelt andere contactgegevens voor"),
    "partner.contact_confirmed": _("Contactgegevens van de partner overgenomen"),
    "partner.contact_refused": _("Contactgegevens van de partner niet overgenomen"),
    "partner.note_added": _("Interne notitie toegevoegd"),
    "partner.note_removed": _("Interne notitie weggehaald"),
    "partnermember.added": _("Persoon toegevoegd"),
    "partnermember.ended": _("Persoon weggehaald"),
    "partnermember.may_invite": _("Mag collega's uitnodigen"),
    "partnermember.may_not_invite": _("Mag geen collega's meer uitnodigen"),
    "partnercompetence.edited": _("Bevoegdheid gewijzigd"),
    "contactofficer.added": _("Aanspreekpunt toegevoegd"),
    "contactofficer.edited": _("Aanspreekpunt gewijzigd"),
    "contactofficer.removed": _("Aanspreekpunt weggehaald"),
}
NOTES = ("partner.note_added", "partner.note_removed")


def lines(partner: Partner, user: User) -> QuerySet[LogEntry]:
    """The history of a partner and of those that went up in it, newest first.

    Lines of later apps on this partner have rules of their own: they are not told here.
    """
    if not permissions.may_read_history(user, partner):
        return LogEntry.objects.none()
    merged = type(partner).objects.filter(merged_into=partner)
    names = [ref(partner), *(ref(row) for row in merged.only("pk"))]
    known = LogEntry.objects.filter(Q(subject__in=names) | Q(context__in=names))
    found = known.filter(verb__in=TITLES)
    return found if permissions.may_note(user, partner) else found.exclude(verb__in=NOTES)


def told(entries: list[LogEntry]) -> list[LogEntry]:
    """The same lines with a `title`, and a `subject_shown` where that is not the partner itself."""
    for entry in entries:
        entry.title = TITLES[entry.verb]  # type: ignore[attr-defined]
        about_partner = entry.subject.startswith("partner:")
        entry.subject_shown = "" if about_partner else entry.subject_label  # type: ignore[attr-defined]
    return entries
