"""The lines of a list: made, changed, put away, taken up again, put in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from core import history
from core.forms import save_edit
from meldingen import permissions
from meldingen.models import Category, CategoryQuestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from accounts.models import User


def place_of(row: Any) -> int:
    """The municipality whose list this line stands in."""
    if isinstance(row, CategoryQuestion):
        return row.category.municipality_id
    found: int = row.municipality_id
    return found


@transaction.atomic
def make(form: Any, *, by: User) -> Any:
    """A new line, below the others."""
    row = form.save(commit=False)
    permissions.may_manage_lists(by, place_of(row)).or_403()
    if hasattr(row, "position"):
        row.position = _siblings(row).count()
    row.save(force_insert=True)
    history.record(f"{row._meta.model_name}.made", row, by=by, context=_context(row))
    return row


def edit(form: Any, *, by: User) -> Any:
    permissions.may_manage_lists(by, place_of(form.instance)).or_403()
    return save_edit(form, by=by, context=_context(form.instance))


@transaction.atomic
def set_archived(row: Any, *, archived: bool, by: User) -> None:
    """What is archived is no choice any more; meldingen that have it keep it."""
    permissions.may_manage_lists(by, place_of(row)).or_403()
    if archived:
        permissions.may_archive_item(row).or_403()
    rows = type(row).objects.filter(pk=row.pk, archived_at__isnull=archived)
    if rows.update(archived_at=timezone.now() if archived else None):
        verb = "archived" if archived else "restored"
        history.record(f"{row._meta.model_name}.{verb}", row, by=by, context=_context(row))


@transaction.atomic
def reorder(rows: QuerySet[Any], keys: Sequence[int], *, by: User) -> None:
    """These lines in this order; what is not named comes after them, as it stood.

    The order is how a list looks, not what it says: it leaves no line in the history.
    """
    found = {row.pk: row for row in rows.select_for_update(of=("self",)).order_by("pk")}
    for row in found.values():
        permissions.may_manage_lists(by, place_of(row)).or_403()
    named = [found[key] for key in dict.fromkeys(keys) if key in found]
    others = sorted(
        (row for row in found.values() if row not in named), key=lambda row: row.position
    )
    for position, row in enumerate([*named, *others]):
        row.position = position
    rows.model._default_manager.bulk_update(found.values(), ["position"])


def _siblings(row: Any) -> Any:
    if isinstance(row, CategoryQuestion):
        return row.category.questions
    return type(row).objects.filter(municipality=row.municipality_id)


def _context(row: Any) -> Category | None:
    return row.category if isinstance(row, CategoryQuestion) else None
