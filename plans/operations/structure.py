"""The tree of a plan: put in order, move to another parent, archive and restore."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core import history
from plans import permissions
from plans.models import Action, Domain, Plan, Principle, SubTheme, TacticalGoal
from plans.operations.plan import MovedError, save_text, under_revision
from plans.tree import Kind, kind_of, short

if TYPE_CHECKING:
    from accounts.models import User
    from plans.operations.plan import RevisionData, TextForm


def _lock(parent: models.Model) -> None:
    """Of two people who change the same list at once, the second waits for the first."""
    type(parent)._default_manager.select_for_update(of=("self",)).get(pk=parent.pk)


@transaction.atomic
def reorder(kind: Kind, parent: Any, order: list[int], *, plan: Plan, by: User) -> None:
    """Put the named rows in this order; rows that are not named keep their place.

    So a list that somebody else added to, or of which this person sees a part, loses nothing.
    """
    permissions.may_edit(by, plan).or_403()
    _lock(parent)
    before = list(kind.siblings(parent).order_by("position", "pk"))
    after = _rearranged(before, order)
    if after == before:
        return
    for position, row in enumerate(after, start=1):
        row.position = position
    kind.model._default_manager.bulk_update(after, ["position"])
    _record_order(kind, parent, before, after, plan=plan, by=by)


def _rearranged(rows: list[Any], order: list[int]) -> list[Any]:
    known = {row.pk: row for row in rows}
    named = [known[pk] for pk in dict.fromkeys(order) if pk in known]
    places = [index for index, row in enumerate(rows) if row in named]
    result = list(rows)
    for index, row in zip(places, named, strict=True):
        result[index] = row
    return result


def _record_order(
    kind: Kind, parent: Any, before: list[Any], after: list[Any], *, plan: Plan, by: User
) -> None:
    changes: list[history.Change] = [
        {
            "field": "position",
            "label": _("volgorde (%s)") % kind.label,
            "old": ", ".join(short(row) for row in before),
            "new": ", ".join(short(row) for row in after),
        }
    ]
    verb = f"{parent._meta.model_name}.reordered"
    history.record(verb, parent, by=by, context=plan, changes=changes)


def shift(kind: Kind, row: Any, shown: list[int], *, up: bool, plan: Plan, by: User) -> None:
    """Move a row one place among those shown; at the end of the list nothing happens."""
    index = shown.index(row.pk)
    other = index - 1 if up else index + 1
    if not 0 <= other < len(shown):
        return
    order = list(shown)
    order[index], order[other] = order[other], order[index]
    reorder(kind, getattr(row, kind.parent), order, plan=plan, by=by)


def last_place(kind: Kind, parent: models.Model) -> int:
    """The place after the last one, under the lock of the parent."""
    _lock(parent)
    rows = kind.model._default_manager.filter(**{kind.parent: parent})
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


@transaction.atomic
def save_part(form: TextForm, kind: Kind, parent: Any, *, plan: Plan, by: User) -> Any:
    """Save a new part at the end of its list."""
    _lock(plan)
    if kind.ordered:
        form.instance.position = last_place(kind, parent)
    return save_text(form, plan, by=by)


def next_identity(kind: Kind, parent: Any) -> dict[str, Any]:
    """The number or code a new part gets when nobody chooses another; archived ones count."""
    rows = kind.model._default_manager.filter(**{kind.parent: parent})
    if kind.model is Domain:
        return {"number": (rows.aggregate(last=Max("number"))["last"] or 0) + 1}
    if kind.model not in {SubTheme, Principle}:
        return {}
    stem = f"{parent.number}." if kind.model is SubTheme else "B"
    codes = rows.filter(code__startswith=stem).values_list("code", flat=True)
    tails = [code.removeprefix(stem) for code in codes]
    last = max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0)
    number = last + 1
    return {"code": f"{stem}{number}" if kind.model is SubTheme else f"{stem}{number:02}"}


@transaction.atomic
def move(
    kind: Kind, row: Any, target: Any, data: RevisionData | None, *, plan: Plan, by: User
) -> None:
    """Hang a part from another parent, at the end of the list; its code stays what it was."""
    origin = getattr(row, kind.parent)
    if target == origin:
        return
    revision = under_revision(plan, data, by=by)
    position = last_place(kind, target)
    setattr(row, kind.parent, target)
    _refuse_double_code(row)
    values: dict[str, Any] = {kind.parent: target, "position": position}
    if kind.model is Action:
        values["goal"] = None  # the goal belongs to the sub-theme that the action leaves
    still = kind.model._default_manager.filter(pk=row.pk, **{kind.parent: origin})
    if not still.update(**values, version=F("version") + 1):
        raise MovedError
    if kind.model is TacticalGoal:
        _leave_goal(row, plan, by=by)
    changes = [_from_to(kind, origin, target)]
    verb = f"{row._meta.model_name}.moved"
    history.record(verb, row, by=by, context=plan, changes=changes, reason=str(revision or ""))


def _refuse_double_code(row: Any) -> None:
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise ValidationError(error.messages) from error


def _leave_goal(goal: TacticalGoal, plan: Plan, *, by: User) -> None:
    """Actions that stay behind no longer serve the goal that moved to another sub-theme."""
    staying = Action.objects.filter(goal=goal).exclude(sub_theme=goal.sub_theme)
    for action in staying:
        changes = [history.change(action, "goal", goal, None)]
        history.record("action.edited", action, by=by, context=plan, changes=changes)
    staying.update(goal=None, version=F("version") + 1)


def _from_to(kind: Kind, origin: Any, target: Any) -> history.Change:
    label = str(kind_of(kind.parent_model).label)
    return {"field": kind.parent, "label": label, "old": str(origin), "new": str(target)}


@transaction.atomic
def set_archived(
    kind: Kind,
    row: Any,
    data: RevisionData | None,
    *,
    archived: bool,
    plan: Plan,
    by: User,
) -> None:
    """Take a part out of the plan, or bring it back; nothing is ever deleted."""
    revision = under_revision(plan, data, by=by)
    moment = timezone.now() if archived else None
    rows = kind.model._default_manager.filter(pk=row.pk, archived_at__isnull=archived)
    if not rows.update(archived_at=moment, version=F("version") + 1):
        return  # somebody did the same just now
    row.archived_at = moment
    verb = f"{row._meta.model_name}.{'archived' if archived else 'restored'}"
    history.record(verb, row, by=by, context=plan, reason=str(revision or ""))
