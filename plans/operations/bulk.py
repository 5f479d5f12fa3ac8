"""One decision on many actions: each by its own rules, all in one transaction."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import history, receipts
from core.models import LogEntry
from plans import permissions, workflow
from plans.models import Action
from plans.operations.actions import ask_lead, take_action_step
from plans.operations.plan import MovedError, under_revision
from plans.operations.structure import move
from plans.tree import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from accounts.models import User
    from partners.models import Partner
    from plans.models import Plan, SubTheme
    from plans.operations.plan import RevisionData

LEAD_VERB, ADJUST_VERB = "plan.bulk_lead", "plan.bulk_adjusted"
MOST = 1000  # actions in one go


class RefusedError(Exception):
    """This action does not take the change; the text says why."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What changes in each chosen action; exactly one of these."""

    weeks: int = 0
    due: dt.date | None = None
    sub_theme: SubTheme | None = None
    step: str = ""
    reason: str = ""


def assign_lead(
    actions: Iterable[Action],
    plan: Plan,
    partner: Partner,
    person: User | None,
    *,
    token: uuid.UUID,
    by: User,
) -> LogEntry:
    """Ask one lead for many actions."""
    permissions.may_edit(by, plan).or_403()

    def change(action: Action) -> str:
        if (action.lead_partner_id, action.lead_person_id) == (partner.pk, person and person.pk):
            raise RefusedError(_("Was al gevraagd."))
        ask_lead(action, partner, person, by=by)
        return str(partner)

    return _once(token, LEAD_VERB, actions, plan, change, by=by)


def adjust(
    actions: Iterable[Action],
    plan: Plan,
    what: Adjustment,
    data: RevisionData | None,
    *,
    token: uuid.UUID,
    by: User,
) -> LogEntry:
    """Adjust many actions under one decision."""
    permissions.may_revise(by, plan).or_403()

    def change(action: Action) -> str:
        if what.step:
            return _step(action, what, by=by)
        if what.sub_theme:
            return _move(action, what.sub_theme, plan, data, by=by)
        return _shift(action, what, plan, data, by=by)

    return _once(token, ADJUST_VERB, actions, plan, change, by=by, reason=what.reason)


@transaction.atomic
def _once(
    token: uuid.UUID,
    verb: str,
    actions: Iterable[Action],
    plan: Plan,
    change: Callable[[Action], str],
    *,
    by: User,
    reason: str = "",
) -> LogEntry:
    def make() -> LogEntry:
        outcomes = [_try(action, change) for action in actions]
        return history.record(verb, plan, by=by, changes=outcomes, reason=reason)

    return receipts.once(token, LogEntry, make, by=by)


def _try(action: Action, change: Callable[[Action], str]) -> history.Change:
    """What came of one action: `new` says what was done, `old` why not."""
    line: history.Change = {
        "field": f"action:{action.pk}",
        "label": str(action),
        "old": "",
        "new": "",
    }
    try:
        with transaction.atomic():
            _refuse_archived(action)
            line["new"] = change(action)
    except (RefusedError, PermissionDenied) as refusal:
        line["old"] = str(refusal)
    except ValidationError as refusal:
        line["old"] = " ".join(refusal.messages)
    except MovedError as moved:
        line["old"] = str(moved.message)
    return line


def _refuse_archived(action: Action) -> None:
    if action.archived_at:
        raise RefusedError(str(permissions.ACTION_IS_ARCHIVED))


def _step(action: Action, what: Adjustment, *, by: User) -> str:
    step = workflow.find(workflow.action_steps_from(action.status), what.step)
    if step is None:
        status = action.get_status_display().lower()
        raise RefusedError(_("Kan niet vanuit de status “%s”.") % status)
    take_action_step(action, step, by=by, reason=what.reason)
    return str(action.get_status_display())


def _move(
    action: Action, sub_theme: SubTheme, plan: Plan, data: RevisionData | None, *, by: User
) -> str:
    if action.sub_theme_id == sub_theme.pk:
        raise RefusedError(_("Staat al in dit deelthema."))
    move(kind_of(Action), action, sub_theme, data, plan=plan, by=by)
    return str(sub_theme)


def _shift(
    action: Action, what: Adjustment, plan: Plan, data: RevisionData | None, *, by: User
) -> str:
    due = _new_due(action, what, plan)
    revision = under_revision(plan, data, by=by)
    same = Action.objects.filter(pk=action.pk, version=action.version)
    if not same.update(due=due, version=F("version") + 1):
        raise MovedError
    changes = [history.change(action, "due", action.due, due)]
    reason = " ".join(text for text in (str(revision or ""), what.reason) if text)
    history.record("action.edited", action, by=by, context=plan, changes=changes, reason=reason)
    return f"{due:%d/%m/%Y}"


def _new_due(action: Action, what: Adjustment, plan: Plan) -> dt.date:
    if what.due is None and action.due is None:
        raise RefusedError(_("Heeft geen einddatum om te verschuiven."))
    try:
        due = what.due or (action.due or plan.ends) + dt.timedelta(weeks=what.weeks)
    except OverflowError as error:
        raise RefusedError(_("Die datum bestaat niet.")) from error
    if action.start and due < action.start:
        raise RefusedError(_("De einddatum ligt voor de begindatum."))
    if due == action.due:
        raise RefusedError(_("Heeft deze einddatum al."))
    return due
