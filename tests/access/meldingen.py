"""The addresses of the meldingen."""

from __future__ import annotations

from typing import Any

from accounts.roles import Role
from meldingen.operations.citizen import response_token
from tests.access import ELSEWHERE, PARTNERS, SIGNED_IN, Actor, form, page
from tests.access.stage import Stage

# Who follows all of the municipality, and whose service has the melding of the stage.
FOLLOWERS: frozenset[Actor] = frozenset(
    {Role.COORDINATOR, Role.CIV_STAFF, Role.WARDEN, Role.FINDER}
)
READERS: frozenset[Actor] = FOLLOWERS | {Role.SERVICE}
# Who reads meldingen at all, be it others.
DESK: frozenset[Actor] = READERS | {Role.NEIGHBOURHOOD_POLICE, ELSEWHERE}
OUTSIDE = SIGNED_IN - DESK - PARTNERS


def melding(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.melding.pk}


def here(stage: Stage) -> dict[str, Any]:
    return {"code": stage.world.here.code.lower()}


def code(stage: Stage) -> dict[str, Any]:
    return {"follow": stage.melding.follow_code}


def thanked(stage: Stage) -> dict[str, Any]:
    return {**here(stage), **code(stage)}


def token(stage: Stage) -> dict[str, Any]:
    return {"token": response_token(stage.reporter)}


ONE_PLACE = {"GET": 302, "HEAD": 302}  # straight to the form of the one that takes them

ROWS = [
    page("meldingen:list", seen=DESK, barred=OUTSIDE),
    form("meldingen:create", may=DESK, barred=OUTSIDE),
    page("meldingen:melding", melding, seen=READERS),
    # For citizens: open to everybody, signed in or not.
    page("meldingen:public", seen=SIGNED_IN, public=True, but=ONE_PLACE),
    form("meldingen:report", here, may=SIGNED_IN, public=True),
    page("meldingen:thanks", thanked, seen=SIGNED_IN, public=True),
    form("meldingen:follow-form", may=SIGNED_IN, public=True),
    page("meldingen:follow", code, seen=SIGNED_IN, public=True),
    form("meldingen:solved", token, may=SIGNED_IN, public=True),
]
