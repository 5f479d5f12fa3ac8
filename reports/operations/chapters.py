"""How a municipality wants its reports: which chapters, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core import history
from core.forms import OvertakenError
from reports import permissions
from reports.models import Chapter, ChapterChoice, Variant, slots_of
from reports.models.chapters import FIXED, in_order, usual

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import Municipality, User
    from reports.models import Slot

    Slots = list[Slot]


class MovedError(OvertakenError):
    message = _("Iemand anders wijzigde dit net. Kijk hoe het nu staat, en doe het dan opnieuw.")


def version_of(place: Municipality, variant: Variant) -> int:
    """What a page starts from; nought where nobody chose anything."""
    row = ChapterChoice.objects.filter(municipality=place, variant=variant).first()
    return row.version if row else 0


def move(
    place: Municipality, variant: Variant, chapter: Chapter, *, up: bool, version: int, by: User
) -> None:
    """One place on; at the edge it stays."""

    def change(slots: Slots) -> Slots:
        codes = [slot.chapter for slot in slots]
        at = codes.index(chapter)
        to = max(at - 1, 0) if up else min(at + 1, len(slots) - 1)
        slots.insert(to, slots.pop(at))
        return slots

    _keep(place, variant, change, version=version, by=by)


def reorder(
    place: Municipality, variant: Variant, order: list[str], *, version: int, by: User
) -> None:
    """As dragged: what is not named keeps its place after what it follows."""

    def change(slots: Slots) -> Slots:
        return in_order(variant, order, _hidden(slots))

    _keep(place, variant, change, version=version, by=by)


def switch(
    place: Municipality, variant: Variant, chapter: Chapter, *, on: bool, version: int, by: User
) -> None:
    """In the report or not. What is fixed stays."""

    def change(slots: Slots) -> Slots:
        hidden = {*_hidden(slots)} - {chapter.value}
        if not on and chapter not in FIXED:
            hidden.add(chapter.value)
        return in_order(variant, [slot.chapter for slot in slots], hidden)

    _keep(place, variant, change, version=version, by=by)


@transaction.atomic
def reset(place: Municipality, variant: Variant, *, by: User) -> bool:
    """Back to what the product has; False where nobody had chosen anything."""
    permissions.may_make(by, place.pk).or_403()
    row = ChapterChoice.objects.filter(municipality=place, variant=variant).first()
    if row is None:
        return False
    history.record("chapterchoice.reset", row, by=by, context=place)
    row.delete()
    return True


def _keep(
    place: Municipality,
    variant: Variant,
    change: Callable[[Slots], Slots],
    *,
    version: int,
    by: User,
) -> None:
    """Write what changed, when nobody was before. What is as the product has it is not kept."""
    permissions.may_make(by, place.pk).or_403()
    with transaction.atomic():
        row = ChapterChoice.objects.select_for_update(of=("self",)).filter(
            municipality=place, variant=variant
        ).first()  # fmt: skip
        if (row.version if row else 0) != version:
            raise MovedError
        before = slots_of(place, variant)
        slots = change(list(before))
        wanted = in_order(variant, [slot.chapter for slot in slots], _hidden(slots))
        if wanted == before:
            return
        _write(row or ChapterChoice(municipality=place, variant=variant), wanted, by)


def _write(row: ChapterChoice, wanted: Slots, by: User) -> None:
    is_new = row.pk is None
    old = "" if is_new else _in_words(row.slots)
    row.order = [slot.chapter.value for slot in wanted]
    row.hidden = _hidden(wanted)
    row.version = 1 if is_new else row.version + 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:  # two people chose for the first time at once
        raise MovedError from error
    change = history.change(row, "order", old or _in_words(usual(Variant(row.variant))), "")
    change["new"] = _in_words(wanted)
    history.record("chapterchoice.edited", row, by=by, context=row.municipality, changes=[change])


def _hidden(slots: Slots) -> list[str]:
    return [slot.chapter.value for slot in slots if not slot.is_on]


def _in_words(slots: Slots) -> str:
    return ", ".join(slot.label for slot in slots if slot.is_on)
