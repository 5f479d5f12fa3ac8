"""Two meldingen of one thing, and one melding of two things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import history
from core.forms import OvertakenError
from meldingen import permissions
from meldingen.models import ClosureReason, Melding, Reporter
from meldingen.operations import levels, steps
from meldingen.operations.intake import take_in

if TYPE_CHECKING:
    from accounts.models import User

DOUBLE = "dubbel"  # the code of the reason that every municipality has
REPORTER_SAYS = _("Volgens wie dit meldde, is het hetzelfde.")


class NotJoinableError(OvertakenError):
    message = _(
        "Deze twee kunnen niet meer samen: een ervan is afgesloten of al samengevoegd, of hun"
        " vertrouwelijkheid verschilt."
    )


@transaction.atomic
def join(melding: Melding, other: Melding, *, by: User) -> Melding:
    """Close the one as told twice; who reported it hears what becomes of the other.

    What was joined to the one before goes along, so that nothing hangs two deep.
    """
    levels.one_at_a_time(melding.municipality_id)
    for row in sorted((melding, other), key=lambda row: row.pk):  # one order, so nobody waits twice
        permissions.may_triage(by, row).or_403()
    one, target = _both(melding.pk, other.pk)
    Melding.objects.filter(joined_to=one).update(joined_to=target)
    return _joined(one, target, by=by)


@transaction.atomic
def join_for_reporter(melding: Melding, key: int) -> Melding:
    """Whoever reported it says that it is the same as another; what that other is now decides.

    It stays by itself when the other was closed, joined or raised in level a moment ago.
    """
    levels.one_at_a_time(melding.municipality_id)
    try:
        one, target = _both(melding.pk, key)
    except NotJoinableError:
        return melding
    if not Melding.objects.shown_to_citizens().filter(pk=target.pk).exists():
        return melding
    return _joined(one, target, by=None)


def _both(key: int, other: int) -> tuple[Melding, Melding]:
    locked = Melding.objects.select_for_update().order_by("pk").in_bulk([key, other])
    one, target = locked.get(key), locked.get(other)
    if one is None or target is None or not _may_join(one, target):
        raise NotJoinableError
    return one, target


def _joined(one: Melding, target: Melding, *, by: User | None) -> Melding:
    closed = steps.end_as_double(one, target, _double(one, by), by=by)
    told = history.change(target, "joined_to", None, one)
    reason = "" if by else str(REPORTER_SAYS)
    history.record("melding.joined", target, by=by, reason=reason,
                   changes=[{**told, "label": str(_("erbij"))}])  # fmt: skip
    return closed


def _may_join(one: Melding, target: Melding) -> bool:
    """Of one level of confidentiality: else the one tells its readers that there is another."""
    apart = one.pk != target.pk and one.municipality_id == target.municipality_id
    alike = one.confidentiality == target.confidentiality
    return apart and alike and one.is_open and target.is_open


def _double(melding: Melding, by: User | None) -> ClosureReason:
    found, is_new = ClosureReason.objects.get_or_create(
        municipality=melding.municipality,
        code=DOUBLE,
        defaults={"name": str(_("Dubbele melding")), "resolves": False},
    )
    if is_new:
        history.record("closurereason.made", found, by=by)
    return found


@transaction.atomic
def split(part: Melding, source: Melding, *, by: User) -> Melding:
    """A part that somebody else handles: with its own number, and the same people to answer."""
    fresh = Melding.objects.select_for_update().get(pk=source.pk)
    permissions.may_edit(by, fresh).or_403()
    part.split_from = fresh
    made = take_in(part, by=by)
    Reporter.objects.bulk_create(_copies(fresh, made))
    told = {"field": "parts", "label": str(_("afgesplitst")), "old": "", "new": made.number}
    history.record("melding.split", fresh, by=by, changes=[told])  # type: ignore[list-item]
    return made


def _copies(source: Melding, made: Melding) -> list[Reporter]:
    return [
        Reporter(
            melding=made,
            name=row.name,
            email=row.email,
            phone=row.phone,
            address=row.address,
            channel=row.channel,
            language=row.language,
            consents=row.consents,
        )
        for row in source.reporters.all()
    ]
