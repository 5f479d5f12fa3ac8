"""One action: its steps, its lead, its news."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import history, receipts
from core.forms import ClashError, save_edit
from core.permissions import ALLOWED, Verdict, denied
from plans import permissions
from plans.models import Action, Indicator, IndicatorValue, Update
from plans.operations.plan import MovedError, under_revision
from plans.workflow import ACTION_REALISED, LeadAnswer

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models import Partner
    from plans.forms.updates import UpdateForm
    from plans.models import SubTheme
    from plans.operations.plan import RevisionData
    from plans.workflow import Step


def next_place(sub_theme: SubTheme) -> tuple[str, int]:
    """The code and the position of a new action in a sub-theme.

    A code is never used twice, also not the code of an archived or moved action. Call it under
    the lock of the plan.
    """
    stem = f"{sub_theme.code}."
    in_plan = Action.objects.filter(plan=sub_theme.domain.plan_id)
    codes = in_plan.filter(code__startswith=stem).values_list("code", flat=True)
    tails = [code.removeprefix(stem) for code in codes]
    last = max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0)
    position = in_plan.filter(sub_theme=sub_theme).aggregate(last=Max("position"))["last"]
    return f"{stem}{last + 1}", (position or 0) + 1


def has_quality(action: Action, *, measured: bool | None = None) -> Verdict:
    """Whether an action may be approved as it is: it has a measure and a timing.

    Who has the indicators at hand says so with `measured`.
    """
    if measured is None:
        measured = action.indicators.filter(archived_at=None).exists()
    lacks = []
    if not measured:
        lacks.append(str(_("indicator")))
    if not action.due and not action.structural:
        lacks.append(str(_("einddatum")))
    if not lacks:
        return ALLOWED
    return denied(_("Deze actie heeft nog geen %s.") % str(_(" en ")).join(lacks))


@transaction.atomic
def take_action_step(action: Action, step: Step, *, by: User, reason: str = "") -> None:
    permissions.may_take_action_step(by, action, step).or_403()
    if step.needs_quality and not reason:
        has_quality(action).or_403()
    values: dict[str, Any] = {"status": step.target}
    if step.target in ACTION_REALISED and not step.needs_reason:
        values["progress"] = 100
    if not Action.objects.filter(pk=action.pk, status=step.source).update(**values):
        raise MovedError
    action.refresh_from_db(fields=list(values))
    history.record(
        "action.step",
        action,
        by=by,
        context=action.plan,
        changes=[history.change(action, "status", step.source, step.target)],
        reason=reason,
    )


@transaction.atomic
def ask_lead(action: Action, partner: Partner, person: User | None, *, by: User) -> None:
    """Ask an organisation, and if known a person in it, to lead the action.

    Who asks themselves has accepted by asking.
    """
    permissions.may_edit(by, action.plan).or_403()
    before = (action.lead_partner, action.lead_person)
    if before == (partner, person) and action.lead_answer != LeadAnswer.DECLINED:
        return
    changes = [
        history.change(action, "lead_partner", before[0], partner),
        history.change(action, "lead_person", before[1], person),
    ]
    action.lead_partner, action.lead_person = partner, person
    own = permissions.is_lead(by, action)
    action.lead_answer = LeadAnswer.ACCEPTED if own else LeadAnswer.ASKED
    action.lead_answer_reason = ""
    action.lead_answered_at = timezone.now() if own else None
    action.save(
        update_fields=[
            "lead_partner",
            "lead_person",
            "lead_answer",
            "lead_answer_reason",
            "lead_answered_at",
        ]
    )
    # Who leads does not also help: one partner, one role.
    action.partner_roles.filter(partner=partner).delete()
    history.record(
        "action.lead_asked",
        action,
        by=by,
        context=action.plan,
        changes=[item for item in changes if item["old"] != item["new"]],
    )


@transaction.atomic
def answer_lead(action: Action, *, accept: bool, by: User, reason: str = "") -> None:
    """Accept or decline to lead; a refusal carries its reason and goes back to the coordinator."""
    permissions.may_answer_lead(by, action).or_403()
    settle_lead(action, accept=accept, by=by, reason=reason)


def settle_lead(action: Action, *, accept: bool, by: User, reason: str) -> None:
    """Note the answer of whoever was asked to lead; the caller asked whether he may answer."""
    answer = LeadAnswer.ACCEPTED if accept else LeadAnswer.DECLINED
    values: dict[str, Any] = {
        "lead_answer": answer,
        "lead_answer_reason": "" if accept else reason,
        "lead_answered_at": timezone.now(),
    }
    if accept and action.lead_person_id is None:
        values["lead_person"] = by
    asked = Action.objects.filter(pk=action.pk, lead_answer=LeadAnswer.ASKED)
    if not asked.update(**values):
        raise MovedError
    action.refresh_from_db()
    verb = "action.lead_accepted" if accept else "action.lead_declined"
    history.record(verb, action, by=by, context=action.plan, reason=reason)


def update_once(form: UpdateForm, action: Action, *, by: User) -> Update:
    """A form that was sent twice, by a double tap or a bad line, is one update."""

    def make() -> Update:
        return add_update(action, form.save(commit=False), form.values(), by=by)

    return receipts.once(form.cleaned_data["form_token"], Update, make, by=by)


@transaction.atomic
def add_update(
    action: Action, update: Update, values: dict[Indicator, Decimal], *, by: User
) -> Update:
    """Add news: the update itself, what it says of the action, and new indicator values."""
    permissions.may_update(by, action).or_403()
    # Of two updates at once the second waits, and then sees what the first made of the action.
    fresh = Action.objects.select_for_update().get(pk=action.pk)
    action.light, action.progress = fresh.light, fresh.progress
    action.last_update_on = fresh.last_update_on
    update.action, update.made_by, update.made_by_name = action, by, by.name
    update.channel = history.channel_now()
    update.save()
    changes = [
        history.change(action, name, getattr(action, name), getattr(update, name))
        for name in ("light", "progress")
        if getattr(action, name) != getattr(update, name)
    ]
    _bring_up_to_date(action, update)
    for indicator, value in values.items():
        set_value(indicator, value, on=update.on, by=by)
    history.record(
        "action.updated",
        action,
        by=by,
        context=action.plan,
        changes=changes,
        happened_on=update.on,
    )
    return update


def _bring_up_to_date(action: Action, update: Update) -> None:
    """The newest update by date speaks for the action; an older one entered late does not."""
    if action.last_update_on and update.on < action.last_update_on:
        return
    action.light, action.progress = update.light, update.progress
    action.last_update_on = update.on
    action.save(update_fields=["light", "progress", "last_update_on"])


def set_value(
    indicator: Indicator, value: Decimal, *, on: dt.date, by: User, source: str = ""
) -> None:
    """What an indicator reads on a date; a second value on the same date replaces the first."""
    IndicatorValue.objects.update_or_create(
        indicator=indicator,
        on=on,
        defaults={"value": value, "entered_by": by, "source": source or indicator.source},
    )


@transaction.atomic
def measure(
    indicator: Indicator, value: Decimal, *, on: dt.date, by: User, source: str = ""
) -> None:
    """Fill in what an indicator reads, outside an update."""
    context = permissions.measured_in(indicator)
    permissions.may_measure(by, indicator).or_403()
    before = indicator.values.filter(on=on).first()
    set_value(indicator, value, on=on, by=by, source=source)
    shown: history.Change = {
        "field": "value",
        "label": indicator.title,
        "old": indicator.show(before.value) if before else "",
        "new": indicator.show(value),
    }
    history.record(
        "indicator.measured", indicator, by=by, context=context, changes=[shown], happened_on=on
    )


@transaction.atomic
def save_indicator(form: Any, action: Action, *, by: User) -> Indicator:
    """Save an indicator: text of the plan, so once adopted under a bijsturing."""
    if form.instance.pk is None:
        token = form.cleaned_data["form_token"]
        return receipts.once(token, Indicator, lambda: _new_indicator(form, action, by=by), by=by)
    if not form.changes():
        permissions.may_revise(by, action.plan).or_403()
        return form.instance  # type: ignore[no-any-return]
    revision = under_revision(action.plan, form.revision_data(), by=by)
    saved: Indicator = save_edit(form, by=by, context=action, reason=str(revision or ""))
    return saved


def _new_indicator(form: Any, action: Action, *, by: User) -> Indicator:
    revision = under_revision(action.plan, form.revision_data(), by=by)
    form.instance.position = action.indicators.count() + 1
    row: Indicator = form.save()
    history.record("indicator.made", row, by=by, context=action, reason=str(revision or ""))
    return row


@transaction.atomic
def archive_indicator(indicator: Indicator, data: RevisionData | None, *, by: User) -> None:
    action = indicator.action
    assert action is not None  # noqa: S101 - goals have their own page
    revision = under_revision(action.plan, data, by=by)
    rows = Indicator.objects.filter(pk=indicator.pk, archived_at=None)
    if rows.update(archived_at=timezone.now(), version=F("version") + 1):
        reason = str(revision or "")
        history.record("indicator.archived", indicator, by=by, context=action, reason=reason)


@transaction.atomic
def save_rows(rows: Any, verb: str, label: str, *, version: int, by: User) -> None:
    """Save the partners or the budget lines of an action, as one change with old and new.

    Raises ClashError when somebody saved the action since this form was made.
    """
    action: Action = rows.instance
    permissions.may_edit(by, action.plan).or_403()
    same = Action.objects.filter(pk=action.pk, version=version)
    if not same.update(version=F("version") + 1):
        raise ClashError
    before = row_texts(rows)
    rows.save()
    after = row_texts(rows)
    if before == after:
        return
    shown: history.Change = {"field": "rows", "label": label, "old": before, "new": after}
    history.record(verb, action, by=by, context=action.plan, changes=[shown])


def row_texts(rows: Any) -> str:
    """All rows of a formset as they are stored now, in words."""
    stored = rows.model._default_manager.filter(action=rows.instance)
    return "; ".join(str(row) for row in stored)


@transaction.atomic
def set_archived(action: Action, *, archived: bool, by: User) -> None:
    """Take an action out of sight, or bring it back; nothing is ever deleted."""
    permissions.may_edit(by, action.plan).or_403()
    moment = timezone.now() if archived else None
    Action.objects.filter(pk=action.pk).update(archived_at=moment, version=F("version") + 1)
    action.archived_at = moment
    verb = "action.archived" if archived else "action.restored"
    history.record(verb, action, by=by, context=action.plan)
