"""One decision on many meldingen: each by its own rules, all in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import history, receipts
from core.forms import OvertakenError
from core.models import LogEntry
from meldingen import permissions
from meldingen.models import Melding
from meldingen.operations import steps

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Iterable

    from accounts.models import Municipality, User
    from meldingen.models import ClosureReason
    from partners.models import Partner

ASSIGNED, CLOSED = "melding.bulk_assigned", "melding.bulk_closed"
MOST = 500  # meldingen in one go


@dataclass(frozen=True, slots=True)
class Seen:
    """A melding as it stood on the page where it was chosen."""

    pk: int
    version: int


def assign_many(
    chosen: Iterable[Seen],
    place: Municipality,
    *,
    handler: Partner | None,
    assignee: User | None,
    token: uuid.UUID,
    by: User,
) -> LogEntry:
    """Give many to one service, partner or person; who gives a person alone leaves the service."""
    permissions.may_triage_in(by, place.pk).or_403()

    def change(melding: Melding) -> str:
        steps.assign(melding, handler=handler or melding.handler, assignee=assignee, by=by)
        return str(assignee or handler)

    return _once(token, ASSIGNED, chosen, place, change, by=by)


def close_many(
    chosen: Iterable[Seen],
    place: Municipality,
    reason: ClosureReason,
    *,
    text: str,
    token: uuid.UUID,
    by: User,
) -> LogEntry:
    """Close many with one reason and one text."""
    permissions.may_triage_in(by, place.pk).or_403()

    def change(melding: Melding) -> str:
        closed = steps.close(melding, reason, by=by, text=text)
        return str(closed.get_status_display())

    return _once(token, CLOSED, chosen, place, change, by=by, reason=text)


@transaction.atomic
def _once(
    token: uuid.UUID,
    verb: str,
    chosen: Iterable[Seen],
    place: Municipality,
    change: Callable[[Melding], str],
    *,
    by: User,
    reason: str = "",
) -> LogEntry:
    def make() -> LogEntry:
        seen = {row.pk: row for row in chosen}
        # In one order for everybody: two at once wait for each other instead of for ever.
        rows = Melding.objects.visible_to(by).filter(pk__in=seen, municipality=place).order_by("pk")
        locked = rows.select_for_update(of=("self",)).select_related("handler")
        outcomes = [_try(row, seen[row.pk], change) for row in locked]
        return history.record(verb, place, by=by, changes=outcomes, reason=reason)

    return receipts.once(token, LogEntry, make, by=by)


def _try(melding: Melding, seen: Seen, change: Callable[[Melding], str]) -> history.Change:
    """What came of one melding: `new` says what was done, `old` why not."""
    line: history.Change = {
        "field": f"melding:{melding.pk}",
        "label": melding.number,
        "old": "",
        "new": "",
    }
    if melding.version != seen.version:
        line["old"] = _("Intussen door iemand anders gewijzigd.")
        return line
    try:
        with transaction.atomic():
            line["new"] = change(melding)
    except PermissionDenied as refusal:
        line["old"] = str(refusal)
    except OvertakenError as overtaken:
        line["old"] = str(overtaken.message)
    return line
