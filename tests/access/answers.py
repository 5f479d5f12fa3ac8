"""Addresses of answers by link."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.roles import Role
from answers.models import AnswerLink
from answers.operations import links_for
from reminders.matters import Shown
from reminders.models import LinkRules
from tests.access import COORDINATORS, ELSEWHERE, SIGNED_IN, Actor, Row, act, form, page
from tests.access.stage import Stage

OTHERS: frozenset[Actor] = frozenset(Role) - {Role.PARTNER}


def _made(stage: Stage) -> str:
    """The address in the mail of the lead of the action."""
    LinkRules.objects.get_or_create(municipality=stage.world.here, defaults={"is_on": True})
    day = dt.date(2026, 4, 13)
    shown = Shown("actie-bijwerken", stage.action.pk, day, "", "", "", "")
    found: str = links_for(stage.world.lead, [shown], on=timezone.localdate())[shown.key]
    return found


def token(stage: Stage) -> dict[str, Any]:
    return {"token": _made(stage).split("/")[2]}


def link(stage: Stage) -> dict[str, Any]:
    _made(stage)
    return {"pk": AnswerLink.objects.latest("pk").pk}


ROWS: list[Row] = [
    # Whoever has the link, signed in or not, is the person of the link there.
    form("answers:answer", token, may=SIGNED_IN, public=True),
    page("answers:list", seen=COORDINATORS | {ELSEWHERE}, barred=OTHERS),
    page("answers:mine", seen=SIGNED_IN),
    act("answers:revoke", link, may={Role.SERVICE}),
    act("answers:revoke-all", may=SIGNED_IN),
]
