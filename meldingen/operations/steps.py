"""From one status to the next: handled, planned, waiting, closed, opened again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import history
from core.forms import OvertakenError
from core.permissions import denied
from core.workdays import after_working_days, working_days_between
from meldingen import permissions, workflow
from meldingen.models import Melding, Note
from meldingen.operations import answers
from meldingen.workflow import REOPEN_DAYS, MeldingStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from meldingen.models import ClosureReason
    from meldingen.workflow import Step
    from partners.models import Partner


UNTOLD = {"closed_at", "waiting_since"}  # the line itself says when


class MeldingMovedError(OvertakenError):
    """Someone else took a step first."""

    field = None
    message = _("Iemand anders was je voor: de status is intussen gewijzigd.")


def _locked(melding: Melding) -> Melding:
    return Melding.objects.select_for_update().get(pk=melding.pk)


@transaction.atomic
def take(
    melding: Melding, name: str, *, by: User, text: str = "", day: dt.date | None = None
) -> Melding:
    """Any step but closing, by its name in the table."""
    fresh = _locked(melding)
    step = workflow.find(name, fresh.status)
    if step is None or step.needs_reason:
        raise MeldingMovedError
    permissions.may_take(by, fresh, step).or_403()
    _is_whole(step, text, day)
    if step.target == MeldingStatus.REOPENED:
        _may_reopen(fresh)
    changes: dict[str, Any] = {"status": step.target, **_waiting(fresh, step.target, text)}
    changes["planned_on"] = day if step.needs_day else fresh.planned_on
    if step.target == MeldingStatus.REOPENED:
        # What was joined to another stands alone again.
        changes |= {"closed_at": None, "closure_reason": None, "closure_text": ""}
        changes["joined_to"] = None
    return _move(fresh, changes, "melding.step", by=by, reason=text)


@transaction.atomic
def close(
    melding: Melding,
    reason: ClosureReason,
    *,
    by: User,
    text: str = "",
    target: str = "",
    words: Mapping[str, str] | None = None,
    service: str = "",
) -> Melding:
    """The end: with a reason, words of one's own where the reason asks them, and an answer to each
    reporter who wants one.

    `words` is that answer per language; without, it is the standard text.
    """
    fresh = _locked(melding)
    status = target or target_of(reason)
    if not any(step.target == status for step in workflow.steps_from(fresh.status)):
        raise MeldingMovedError
    permissions.may_handle(by, fresh).or_403()
    if reason.needs_text and not text:
        denied(_("Deze reden vraagt een eigen toelichting.")).or_403()
    changes = {
        "status": status,
        "closed_at": timezone.now(),
        "closure_reason": reason,
        "closure_text": text,
        **_waiting(fresh, status, ""),
    }
    closed = _move(fresh, changes, "melding.closed", by=by, reason=text)
    answers.give(closed, words or {}, by=by, service=service)
    return closed


def end_as_double(
    fresh: Melding, target: Melding, reason: ClosureReason, *, by: User | None
) -> Melding:
    """Over because another tells the same: who reported it hears when that other is over.

    Who joins the two has locked this row and asked the rule. Nobody (None) is whoever reported it.
    """
    changes = {
        "status": MeldingStatus.NO_ACTION,
        "closed_at": timezone.now(),
        "closure_reason": reason,
        "closure_text": str(target),
        "joined_to": target,
        **_waiting(fresh, MeldingStatus.NO_ACTION, ""),
    }
    return _move(fresh, changes, "melding.closed", by=by, reason=str(target))


def target_of(reason: ClosureReason) -> str:
    return MeldingStatus.CLOSED if reason.resolves else MeldingStatus.NO_ACTION


@transaction.atomic
def assign(
    melding: Melding, *, handler: Partner | None, assignee: User | None, by: User
) -> Melding:
    """Give it to a service, a partner or a person; what was received is assigned from then on."""
    fresh = _locked(melding)
    permissions.may_triage(by, fresh).or_403()
    if not fresh.is_open:
        raise MeldingMovedError
    changes: dict[str, Any] = {"handler": handler, "assignee": assignee}
    if fresh.status in {MeldingStatus.RECEIVED, MeldingStatus.REOPENED} and (handler or assignee):
        changes["status"] = MeldingStatus.ASSIGNED
    return _move(fresh, changes, "melding.assigned", by=by)


@transaction.atomic
def take_on(melding: Melding, *, by: User) -> Melding:
    """To myself: whoever may handle it, within the service that has it."""
    fresh = _locked(melding)
    permissions.may_handle(by, fresh).or_403()
    if not fresh.is_open:
        raise MeldingMovedError
    changes: dict[str, Any] = {"assignee": by}
    if fresh.status in {MeldingStatus.RECEIVED, MeldingStatus.REOPENED}:
        changes["status"] = MeldingStatus.ASSIGNED
    return _move(fresh, changes, "melding.assigned", by=by)


@transaction.atomic
def note(melding: Melding, text: str, *, by: User) -> Note:
    """Something for colleagues; the history names it, the note itself holds the words."""
    permissions.may_handle(by, melding).or_403()
    made = Note.objects.create(melding=melding, text=text, by=by, by_name=str(by))
    history.record("melding.noted", made, by=by, context=melding)
    return made


def _is_whole(step: Step, text: str, day: dt.date | None) -> None:
    if step.needs_text and not text:
        denied(_("Zeg erbij waarom, of op wie.")).or_403()
    if step.needs_day and day is None:
        denied(_("Kies de dag waarop het gebeurt.")).or_403()


def _may_reopen(melding: Melding) -> None:
    last = timezone.now() - dt.timedelta(days=REOPEN_DAYS)
    if melding.closed_at and melding.closed_at < last:
        sentence = _("Dit is langer dan 90 dagen gesloten. Maak een nieuwe melding.")
        denied(sentence).or_403()


def _waiting(melding: Melding, target: str, text: str) -> dict[str, Any]:
    """The norm moves up by the working days on which somebody else had the move."""
    today = timezone.localdate()
    if target == MeldingStatus.WAITING:
        return {"waits_for": text[:200], "waiting_since": today}
    if not melding.waiting_since:
        return {}
    waited = working_days_between(melding.waiting_since, today)
    return {
        "waits_for": "",
        "waiting_since": None,
        "due": after_working_days(melding.due, waited),
    }


def _move(
    melding: Melding, changes: dict[str, Any], verb: str, *, by: User | None, reason: str = ""
) -> Melding:
    told = [
        history.change(melding, name, getattr(melding, name), value)
        for name, value in changes.items()
        if getattr(melding, name) != value and name not in UNTOLD
    ]
    for name, value in changes.items():
        setattr(melding, name, value)
    if by:  # what a reporter does is no reaction of ours
        melding.first_reaction_at = melding.first_reaction_at or timezone.now()
    melding.save(update_fields=[*changes, "first_reaction_at"])
    Melding.objects.filter(pk=melding.pk).update(version=F("version") + 1)
    history.record(verb, melding, by=by, changes=told, reason=reason)
    return melding
