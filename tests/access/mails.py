"""Addresses of mails."""

from __future__ import annotations

from typing import Any

from accounts.roles import Role
from tests.access import (
    ADMINISTRATORS,
    COORDINATORS,
    ELSEWHERE,
    PARTNERS,
    SIGNED_IN,
    Actor,
    Row,
    act,
    form,
    page,
)
from tests.access.stage import Stage

SETTERS = COORDINATORS | ADMINISTRATORS
OTHERS: frozenset[Actor] = frozenset(Role) - {Role.PARTNER}
INSIDE = SIGNED_IN - PARTNERS
FOLLOWERS = COORDINATORS | {ELSEWHERE}


def kind(stage: Stage) -> dict[str, Any]:
    return {"code": stage.world.here.code, "kind": "herinnering"}


ROWS: list[Row] = [
    page("mails:list", seen=FOLLOWERS, barred=OTHERS),
    act("mails:act", may=FOLLOWERS, barred=OTHERS),
    page("mails:texts", seen=SETTERS | {ELSEWHERE}, barred=OTHERS),
    form("mails:text-edit", kind, may=SETTERS, barred=OTHERS),
    act("mails:text-example", kind, may=SETTERS, barred=OTHERS),
    act("mails:text-reset", kind, may=SETTERS, barred=OTHERS),
]
