"""Correcting what was told, giving it another category, and tying it to an action of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core import history
from core.forms import save_edit
from meldingen import permissions
from meldingen.models import Follower, Melding
from meldingen.operations import levels, reckoning
from meldingen.operations.intake import set_norms

if TYPE_CHECKING:
    from accounts.models import User
    from meldingen.forms.desk import EditForm
    from plans.models import Action


@transaction.atomic
def edit(form: EditForm, *, by: User) -> Melding:
    """Another category or urgency sets another norm; who passes it on keeps it in sight."""
    sets_level = "confidentiality" in form.changed_data
    if sets_level:
        levels.hold(form.instance)
    fresh = Melding.objects.select_for_update().get(pk=form.instance.pk)
    permissions.may_edit(by, fresh).or_403()
    melding = save_edit(form, by=by)
    if sets_level:
        levels.set_for_joined(fresh, melding.confidentiality, by=by)
    if form.point_moved:
        reckoning.promise(melding)
    if {"category", "urgency"} & set(form.changed_data):
        _new_norm(melding, by=by)
    if form.cleaned_data.get("hand_over"):
        _hand_over(melding, by=by)
    if not Melding.objects.visible_to(by).filter(pk=melding.pk).exists():
        follow(melding, by)
    return melding


def follow(melding: Melding, user: User) -> None:
    Follower.objects.bulk_create([Follower(melding=melding, user=user)], ignore_conflicts=True)


def _new_norm(melding: Melding, *, by: User) -> None:
    before = melding.due
    set_norms(melding, since=timezone.localdate(melding.entered_at))
    melding.save(update_fields=["ack_due", "due"])
    if melding.due != before:
        told = history.change(melding, "due", before, melding.due)
        history.record("melding.norm", melding, by=by, changes=[told])


def _hand_over(melding: Melding, *, by: User) -> None:
    """To whom the new category usually goes; the person who had it has it no longer."""
    handler = melding.category.handler
    if handler is None or handler == melding.handler:
        return
    told = [history.change(melding, "handler", melding.handler, handler)]
    if melding.assignee:
        told.append(history.change(melding, "assignee", melding.assignee, None))
    melding.handler, melding.assignee = handler, None
    melding.save(update_fields=["handler", "assignee"])
    history.record("melding.assigned", melding, by=by, changes=told)


@transaction.atomic
def link(melding: Melding, action: Action | None, *, by: User) -> None:
    """To an action of the plan, or to none; the action itself does not change."""
    fresh = Melding.objects.select_for_update().get(pk=melding.pk)
    permissions.may_handle(by, fresh).or_403()
    if fresh.action_id == (action.pk if action else None):
        return
    told = history.change(fresh, "action", fresh.action, action)
    Melding.objects.filter(pk=fresh.pk).update(action=action)
    history.record("melding.linked", fresh, by=by, changes=[told])
