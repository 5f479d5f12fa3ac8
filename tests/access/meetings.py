"""Addresses of meetings and of what was decided there."""

from __future__ import annotations

from typing import Any

from accounts.roles import Role
from tests.access import (
    COORDINATORS,
    ELSEWHERE,
    PARTNERS,
    READERS,
    SIGNED_IN,
    Actor,
    Row,
    act,
    action,
    form,
    page,
)
from tests.access.stage import Stage

# Who reads the reports of some body finds the list of its meetings.
INVITED: frozenset[Actor] = frozenset(
    {Role.COORDINATOR, Role.CIV_STAFF, Role.CORE_GROUP, Role.COLLEGE, Role.READER, ELSEWHERE}
)
CORE: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.CORE_GROUP})
RECORDERS: frozenset[Actor] = COORDINATORS | {ELSEWHERE}
PEOPLE = SIGNED_IN - PARTNERS
# Who opens the list of decisions: who reads plans, or what the council was told.
FINDERS: frozenset[Actor] = READERS | {Role.READER, ELSEWHERE}


def meeting(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.meeting.pk}


def resolution(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.resolution.pk}


def point(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.point.pk}


ROWS: list[Row] = [
    page("meetings:list", seen=INVITED, barred=PEOPLE - INVITED),
    form("meetings:create", may=RECORDERS, barred=PEOPLE - RECORDERS),
    page("meetings:detail", meeting, seen=CORE),
    form("meetings:edit", meeting, may=COORDINATORS, barred=CORE - COORDINATORS),
    form("meetings:attendance", meeting, may=COORDINATORS, barred=CORE - COORDINATORS),
    form("meetings:resolve", meeting, may=COORDINATORS, barred=CORE - COORDINATORS),
    act("meetings:take-points", meeting, may=COORDINATORS, barred=CORE - COORDINATORS),
    form("meetings:point-resolve", point, may=COORDINATORS, barred=CORE - COORDINATORS),
    page("meetings:resolutions", seen=FINDERS, barred=PEOPLE - FINDERS),
    form("meetings:resolution-create", may=RECORDERS, barred=PEOPLE - RECORDERS),
    page("meetings:resolution", resolution, seen=READERS),
    form("meetings:resolution-edit", resolution, may=COORDINATORS, barred=READERS - COORDINATORS),
    form(
        "meetings:resolution-close",
        resolution,
        may={Role.COORDINATOR, Role.SERVICE},
        barred=READERS - {Role.COORDINATOR, Role.SERVICE},
    ),
    act("meetings:resolution-reopen", resolution, may=frozenset(), barred=READERS),
    page("meetings:of-action", action, seen=READERS),
]
