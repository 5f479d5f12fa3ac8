"""Addresses of reminders."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.roles import Role
from reminders import unsubscribing
from reminders.models import CoreGroupItem
from tests.access import (
    ADMINISTRATORS,
    COORDINATORS,
    ELSEWHERE,
    SIGNED_IN,
    Actor,
    Row,
    form,
    page,
)
from tests.access.stage import Stage

SETTERS = COORDINATORS | ADMINISTRATORS
OTHERS: frozenset[Actor] = frozenset(Role) - {Role.PARTNER}


def place(stage: Stage) -> dict[str, Any]:
    return {"code": stage.world.here.code}


def rule(stage: Stage) -> dict[str, Any]:
    return {"code": stage.world.here.code, "rule": "actie-bijwerken"}


def item(stage: Stage) -> dict[str, Any]:
    made = CoreGroupItem.objects.create(
        municipality=stage.world.here, rule="actie-bijwerken", subject_pk=stage.action.pk,
        due=dt.date(2026, 4, 12), made_on=dt.date(2026, 5, 12), text=stage.action.code,
    )  # fmt: skip
    return {"pk": made.pk}


def token(stage: Stage) -> dict[str, Any]:
    return {"token": unsubscribing.SIGNER.sign(str(stage.world.lead.pk))}


ROWS: list[Row] = [
    page("reminders:mine", seen=SIGNED_IN),
    form("reminders:choices", may=SIGNED_IN),
    form("reminders:unsubscribe", token, may=SIGNED_IN, public=True, but={"POST": 200}),
    page("reminders:forecast", seen=COORDINATORS | {ELSEWHERE}, barred=OTHERS),
    page("reminders:core-group", seen=COORDINATORS | {ELSEWHERE}, barred=OTHERS),
    form("reminders:item-close", item, may=COORDINATORS),
    page("reminders:settings", seen=SETTERS | {ELSEWHERE}, barred=OTHERS),
    form("reminders:times-edit", place, may=SETTERS, barred=OTHERS),
    form("reminders:links-edit", place, may=SETTERS, barred=OTHERS),
    form("reminders:rule-edit", rule, may=SETTERS, barred=OTHERS),
]
