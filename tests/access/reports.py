"""Addresses of reports."""

from __future__ import annotations

from typing import Any

from accounts.roles import Role
from tests.access import COORDINATORS, ELSEWHERE, SIGNED_IN, Actor, Row, act, form, page
from tests.access.stage import Stage

# Who reads a frozen report for the college; drafts are seen by those who make reports alone.
COLLEGE: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.CORE_GROUP, Role.COLLEGE})
CORE: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.CORE_GROUP})
MAKERS: frozenset[Actor] = COORDINATORS | {ELSEWHERE}


def draft(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.draft.pk}


def frozen(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.frozen.pk}


def remark(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.remark.pk}


def rhythm(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.rhythm.pk}


def kind(_stage: Stage) -> dict[str, Any]:
    return {"kind": "partner-geven"}


def chapters(stage: Stage) -> dict[str, Any]:
    return {"place": stage.world.here.code, "kind": "college"}


def given(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.frozen_given.pk}


ROWS: list[Row] = [
    page("reports:list", seen=SIGNED_IN),
    page("reports:create", seen=MAKERS, barred=SIGNED_IN - MAKERS),
    form("reports:create-kind", kind, may=MAKERS, barred=SIGNED_IN - MAKERS),
    page("reports:chapters", seen=MAKERS, barred=SIGNED_IN - MAKERS),
    page("reports:chapters-of", chapters, seen=COORDINATORS, barred=SIGNED_IN - MAKERS),
    act("reports:chapters-keep", chapters, may=COORDINATORS, barred=SIGNED_IN - MAKERS),
    act("reports:chapters-reset", chapters, may=COORDINATORS, barred=SIGNED_IN - MAKERS),
    page("reports:detail", draft, seen=COORDINATORS),
    act("reports:write", draft, may=COORDINATORS),
    act("reports:preview", draft, may=COORDINATORS, but={("POST", Role.COORDINATOR): 200}),
    form("reports:freeze", draft, may=COORDINATORS),
    form("reports:discard", draft, may=COORDINATORS),
    act("reports:give", given, may=COORDINATORS, barred=CORE - COORDINATORS),
    page("reports:build", frozen, seen=COLLEGE),
    act("reports:again", frozen, may=COORDINATORS, barred=COLLEGE - COORDINATORS),
    page(
        "reports:pdf",
        frozen,
        seen=COLLEGE,
        but={(method, actor): 302 for method in ("GET", "HEAD") for actor in COLLEGE},
    ),
    page("reports:xlsx", frozen, seen=COLLEGE),
    page("reports:compare", frozen, seen=COLLEGE),
    page("reports:calendar", seen=MAKERS, barred=SIGNED_IN - MAKERS),
    page("reports:rhythm-choose", seen=MAKERS, barred=SIGNED_IN - MAKERS),
    form("reports:rhythm-begin", kind, may=MAKERS, barred=SIGNED_IN - MAKERS),
    form("reports:rhythm-edit", rhythm, may=COORDINATORS),
    act("reports:rhythm-end", rhythm, may=COORDINATORS),
    form("reports:send", frozen, may=COORDINATORS, barred=COLLEGE - COORDINATORS),
    act("reports:keep-back", frozen, may=COORDINATORS, barred=COLLEGE - COORDINATORS),
    act("reports:take-note", frozen, may=COLLEGE),
    form("reports:remark", frozen, may=COLLEGE),
    form("reports:decide", frozen, may={Role.COORDINATOR, Role.COLLEGE}, barred={Role.CORE_GROUP}),
    form("reports:answer", remark, may=COORDINATORS, barred=COLLEGE - COORDINATORS),
    form("reports:task", remark, may=COORDINATORS, barred=COLLEGE - COORDINATORS),
]
