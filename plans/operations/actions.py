"""One action: its steps, its lead, its news."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import history
from core.permissions import ALLOWED, Verdict, denied
from plans import permissions
from plans.models import Action, IndicatorValue, Update
from plans.operations.plan import MovedError
from plans.workflow import ACTION_REALISED, LeadAnswer

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models import Partner
    from plans.models import Indicator
    from plans.workflow import Step


def has_quality(action: Action) -> Verdict:
    """Whether an action may be approved as it is: it has a measure and a timing."""
    lacks = []
    if not action.indicators.filter(archived_at=None).exists():
        lacks.append(str(_("een indicator")))
    if not action.due and not action.structural:
        lacks.append(str(_("een einddatum")))
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


@transaction.atomic
def add_update(
    action: Action, update: Update, values: dict[Indicator, Decimal], *, by: User
) -> Update:
    """Add news: the update itself, what it says of the action, and new indicator values."""
    permissions.may_update(by, action).or_403()
    update.action, update.made_by, update.made_by_name = action, by, by.name
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
def set_archived(action: Action, *, archived: bool, by: User) -> None:
    """Take an action out of sight, or bring it back; nothing is ever deleted."""
    permissions.may_edit(by, action.plan).or_403()
    moment = timezone.now() if archived else None
    Action.objects.filter(pk=action.pk).update(archived_at=moment, version=F("version") + 1)
    action.archived_at = moment
    verb = "action.archived" if archived else "action.restored"
    history.record(verb, action, by=by, context=action.plan)
