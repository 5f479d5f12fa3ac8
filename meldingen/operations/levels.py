"""One level of confidentiality for all that was joined: else the one tells of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import history
from core.confidentiality import Level
from core.forms import OvertakenError
from core.locks import wait_for
from meldingen import permissions
from meldingen.models import Melding

if TYPE_CHECKING:
    from accounts.models import User
    from core.permissions import Verdict
    from meldingen.models.melding import MeldingQuerySet


class NotYourLevelError(OvertakenError):
    """Says nothing of what this person may not see, not even that it is there."""

    field = "confidentiality"

    def __init__(self, refused: Verdict) -> None:
        super().__init__(refused.reason)
        self.message = refused.reason


class AboutPeopleError(OvertakenError):
    field = "confidentiality"
    message = _("Een melding die hierbij hoort, gaat over mensen: kies minstens Intern.")


def one_at_a_time(municipality_id: int) -> None:
    """Before any row is locked: who joins and who sets a level wait here for each other."""
    wait_for(f"meldingen.joined:{municipality_id}")


def hold(melding: Melding) -> None:
    """It and all that are joined with it, for who is about to set its level."""
    one_at_a_time(melding.municipality_id)
    list(_group(Melding.objects.get(pk=melding.pk)).values_list("pk"))


def _group(melding: Melding) -> MeldingQuerySet:
    """In one order for everybody: two at once wait for each other instead of for ever."""
    top = melding.joined_to_id or melding.pk
    rows = Melding.objects.filter(Q(pk=top) | Q(joined_to=top)).select_related("category")
    return rows.order_by("pk").select_for_update(of=("self",))


def set_for_joined(melding: Melding, level: str, *, by: User) -> None:
    """The level that this one just got, for all that are joined with it."""
    rows = [row for row in _group(melding) if row.pk != melding.pk]
    if not rows:
        return
    seen = Melding.objects.visible_to(by).filter(pk__in=[row.pk for row in rows])
    if not (may := permissions.may_set_level_of(by, rows, seen=seen.count())):
        raise NotYourLevelError(may)
    if level == Level.PUBLIC and any(row.category.is_sensitive for row in rows):
        raise AboutPeopleError
    for row in rows:
        _set(row, level, by)


def _set(row: Melding, level: str, by: User) -> None:
    if row.confidentiality == level:
        return
    told = history.change(row, "confidentiality", row.confidentiality, level)
    Melding.objects.filter(pk=row.pk).update(confidentiality=level, version=F("version") + 1)
    reason = str(_("Samen met de melding waarmee ze samengevoegd is."))
    history.record("melding.edited", row, by=by, changes=[told], reason=reason)
