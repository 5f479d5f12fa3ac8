"""What evaluations keep right when two partners become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluations.models import Participant

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models import Partner


def before_merge(loser: Partner, winner: Partner, *, by: User) -> None:  # noqa: ARG001
    """Where both were asked and the winner said nothing yet, the opinion of the other stays."""
    said = Participant.objects.filter(partner=loser).exclude(answered_at=None)
    silent = Participant.objects.filter(partner=winner, answered_at=None)
    silent.filter(evaluation__in=said.values("evaluation")).delete()
