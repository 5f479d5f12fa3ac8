"""Addresses of a plan, its tree and its versions."""

from __future__ import annotations

from typing import Any

from accounts.roles import Role
from plans.operations.plan import keep_version
from tests.access import (
    COORDINATORS,
    ELSEWHERE,
    READERS,
    SIGNED_IN,
    Actor,
    Row,
    act,
    form,
    page,
    plan,
)
from tests.access.stage import Stage
from tests.factories import IndicatorFactory

# Who reads both the plan and the register of partners.
REGISTER = READERS - {Role.WARDEN, Role.FINDER}
MAKERS: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.CIV_STAFF, Role.CORE_GROUP})


def step(stage: Stage) -> dict[str, Any]:
    return plan(stage) | {"name": "afsluiten"}


def domain(stage: Stage) -> dict[str, Any]:
    return plan(stage) | {"number": stage.world.domain.number}


def domains(stage: Stage) -> dict[str, Any]:
    return plan(stage) | {"slug": "domein"}


def sub_theme(stage: Stage) -> dict[str, Any]:
    return plan(stage) | {"slug": "deelthema", "pk": stage.world.sub_theme.pk}


def lead(stage: Stage) -> dict[str, Any]:
    return plan(stage) | {"pk": stage.world.lead.pk}


def version(stage: Stage) -> dict[str, Any]:
    return plan(stage) | {"pk": keep_version(stage.plan, by=None).pk}


def measure(stage: Stage) -> dict[str, Any]:
    row = IndicatorFactory.create(action=None, goal=stage.strategic_goal)
    return plan(stage) | {"pk": row.pk}


ROWS: list[Row] = [
    page("plans:list", seen=SIGNED_IN),
    form("plans:create", may={Role.COORDINATOR, ELSEWHERE}, barred=SIGNED_IN),
    page("plans:detail", plan, seen=READERS),
    page("plans:domain", domain, seen=READERS),
    *(
        form(f"plans:{name}", plan, may=COORDINATORS, barred=READERS)
        for name in ("edit", "level", "edition", "decision", "helpers")
    ),
    form("plans:goal-value", measure, may=COORDINATORS, barred=READERS),
    form("plans:step", step, may=COORDINATORS, barred=READERS),
    # The service does not help yet, so there is nothing to withdraw.
    act("plans:helper-withdraw", lead, may=(), barred=READERS - COORDINATORS),
    page("plans:structure", plan, seen=COORDINATORS, barred=READERS),
    form("plans:part-create", domains, may=COORDINATORS, barred=READERS),
    act("plans:part-order", domains, may=COORDINATORS, barred=READERS),
    *(
        form(f"plans:part-{name}", sub_theme, may=COORDINATORS, barred=READERS)
        for name in ("edit", "move", "archive", "restore")
    ),
    page("plans:partners", plan, seen=REGISTER, barred=READERS - REGISTER),
    act("plans:partners-pdf", plan, may=REGISTER, barred=READERS - REGISTER),
    form("plans:domain-partners", domain, may=COORDINATORS, barred=READERS - COORDINATORS),
    form("plans:domain-contacts", domain, may=COORDINATORS, barred=READERS - COORDINATORS),
    page("plans:history", plan, seen=MAKERS, barred=READERS),
    page("plans:revisions", plan, seen=READERS),
    form("plans:versions", plan, may=READERS, post=COORDINATORS),
    page("plans:version", version, seen=READERS),
    page("plans:compare", plan, seen=()),  # two versions to compare stand in the query
]
