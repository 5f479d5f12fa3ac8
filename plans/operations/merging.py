"""What a plan keeps right when two partners become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import history
from plans.models import Action, ActionGroupPermission, ActionPartner, DomainPartner, Share
from plans.operations.shares import close_share, group_of

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models import Partner


def before_merge(loser: Partner, winner: Partner, *, by: User) -> None:
    """Nobody helps in an action that it leads itself, and each action tells who leads it now."""
    _leave_own_actions(loser, winner)
    _keep_contacts(loser, winner)
    _hand_over_shares(loser, winner, by=by)
    for action in Action.objects.filter(lead_partner=loser):
        told = history.change(action, "lead_partner", loser, winner)
        history.record("action.edited", action, by=by, context=action.plan, changes=[told])


def _hand_over_shares(loser: Partner, winner: Partner, *, by: User) -> None:
    """What the one saw, the other sees; what both saw, one of the two shares shows."""
    running = Share.objects.filter(partner=loser, closed_at=None).select_related("action")
    seen = Share.objects.filter(partner=winner, closed_at=None)
    for share in running:
        if seen.filter(action=share.action).exists():
            close_share(share, by=by)
        else:
            ActionGroupPermission.grant(group_of(winner), share.action)
            ActionGroupPermission.withdraw(loser.group, share.action)


def _leave_own_actions(loser: Partner, winner: Partner) -> None:
    led = Action.objects.filter(lead_partner__in=[loser, winner])
    ActionPartner.objects.filter(action__in=led, partner__in=[loser, winner]).delete()


def _keep_contacts(loser: Partner, winner: Partner) -> None:
    """Where both count in a domain, whom to turn to comes along when the winner named nobody."""
    named = DomainPartner.objects.filter(partner=loser).exclude(contact=None)
    for row in named:
        same = DomainPartner.objects.filter(partner=winner, domain=row.domain_id, contact=None)
        same.update(contact=row.contact_id)
