"""What a plan keeps right when two partners become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import history
from plans.models import Action, ActionPartner

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models import Partner


def before_merge(loser: Partner, winner: Partner, *, by: User) -> None:
    """Nobody helps in an action that it leads itself, and each action tells who leads it now."""
    _leave_own_actions(loser, winner)
    for action in Action.objects.filter(lead_partner=loser):
        told = history.change(action, "lead_partner", loser, winner)
        history.record("action.edited", action, by=by, context=action.plan, changes=[told])


def _leave_own_actions(loser: Partner, winner: Partner) -> None:
    led = Action.objects.filter(lead_partner__in=[loser, winner])
    ActionPartner.objects.filter(action__in=led, partner__in=[loser, winner]).delete()
