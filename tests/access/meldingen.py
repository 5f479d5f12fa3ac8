"""The addresses of the meldingen."""

from __future__ import annotations

from typing import Any

from accounts.roles import Role
from meldingen.operations.citizen import response_token
from tests.access import ELSEWHERE, PARTNERS, SIGNED_IN, Actor, act, form, page
from tests.access import READERS as ACTION_READERS
from tests.access.partners import FOLLOWERS as REFERRAL_FOLLOWERS
from tests.access.partners import referral
from tests.access.stage import Stage
from tests.factories import AnswerFactory, PhotoFactory

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


def photo(stage: Stage) -> dict[str, Any]:
    return {"key": PhotoFactory.create(melding=stage.melding).key}


def answer(stage: Stage) -> dict[str, Any]:
    return {"pk": AnswerFactory.create(melding=stage.melding).pk}


def plan_action(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.action.pk}


def starting(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.melding.pk, "name": "starten"}


# Who sees who reported it, and shares it out.
CENTRE: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.CIV_STAFF})
SHOWN = {("POST", Role.COORDINATOR): 200, ("POST", Role.CIV_STAFF): 200}
CENTRES = CENTRE | {ELSEWHERE}

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
    page("meldingen:questions", seen=DESK, barred=OUTSIDE),
    page("meldingen:doubles", seen=DESK, barred=OUTSIDE),
    form("meldingen:step", starting, may=READERS),
    form("meldingen:close", melding, may=READERS),
    act("meldingen:note", melding, may=READERS),
    form("meldingen:edit", melding, may=READERS),
    form("meldingen:assign", melding, may=CENTRE, barred=READERS),
    act("meldingen:take-on", melding, may=READERS),
    form("meldingen:link", melding, may=READERS),
    act("meldingen:reporter", melding, may=CENTRE, barred=READERS, but=SHOWN),
    page("meldingen:around", melding, seen=READERS),
    form("meldingen:join", melding, may=CENTRE, barred=READERS),
    form("meldingen:split", melding, may=CENTRE, barred=READERS),
    form("meldingen:refer", melding, may=READERS),
    form("meldingen:photo-create", melding, may=READERS),
    page("meldingen:photo", photo, seen=READERS),
    page("meldingen:photo-small", photo, seen=READERS),
    page("meldingen:answers", seen=CENTRES, barred=SIGNED_IN - CENTRES - PARTNERS),
    form("meldingen:answer", answer, may=CENTRE),
    page("meldingen:of-action", plan_action, seen=ACTION_READERS),
    page("meldingen:of-referral", referral, seen=REFERRAL_FOLLOWERS | {Role.WARDEN, Role.PARTNER}),
]
