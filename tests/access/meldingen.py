"""The addresses of the meldingen."""

from __future__ import annotations

from typing import Any

from accounts.roles import Role
from tests.access import ELSEWHERE, NOBODY, PARTNERS, SIGNED_IN, Actor, act, form, page
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


ROWS = [
    page("meldingen:list", seen=DESK, barred=OUTSIDE),
    form("meldingen:create", may=DESK, barred=OUTSIDE),
    page("meldingen:melding", melding, seen=READERS),
]

# Who walks the rounds, and who looks after the boxes.
WALKERS: frozenset[Actor] = FOLLOWERS | {Role.NEIGHBOURHOOD_POLICE}
KEEPERS: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.CIV_STAFF})
BOXES = WALKERS | {ELSEWHERE}
NO_BOXES = SIGNED_IN - BOXES - PARTNERS
NO_KEEPERS = SIGNED_IN - KEEPERS - {ELSEWHERE} - PARTNERS
TO_THE_ROUND = {(method, who): 302 for method in ("GET", "HEAD") for who in WALKERS}
NO_FILE = {"GET": 404, "HEAD": 404, ("GET", NOBODY): 302, ("HEAD", NOBODY): 302}


def box(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.visit.mailbox_id}


def scanned(stage: Stage) -> dict[str, Any]:
    return {"code": stage.visit.mailbox.code}


def route(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.visit.round.route_id}


def missed_day(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.visit.round.route_id, "day": "2026-11-17"}  # a Tuesday


def walked(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.visit.round_id}


def visit(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.visit.pk}


def note(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.note.pk}


def photo(stage: Stage) -> dict[str, Any]:
    return {"key": stage.photo.key}


def waiting(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.melding.pk, "name": "wachten"}


ROWS += [
    page("meldingen:boxes", seen=BOXES, barred=NO_BOXES),
    form("meldingen:box-create", may=KEEPERS | {ELSEWHERE}, barred=NO_KEEPERS),
    act("meldingen:box-codes", may=KEEPERS | {ELSEWHERE}, barred=NO_KEEPERS),
    page("meldingen:box", box, seen=WALKERS),
    form("meldingen:box-edit", box, may=KEEPERS, barred=WALKERS - KEEPERS),
    page("meldingen:box-photo", box, seen=WALKERS, but=NO_FILE),
    form("meldingen:box-photo-set", box, may=KEEPERS, barred=WALKERS - KEEPERS),
    act("meldingen:box-archive", box, may=KEEPERS, barred=WALKERS - KEEPERS),
    act("meldingen:box-restore", box, may=KEEPERS, barred=WALKERS - KEEPERS),
    page("meldingen:routes", seen=BOXES, barred=NO_BOXES),
    form("meldingen:route-create", may=KEEPERS | {ELSEWHERE}, barred=NO_KEEPERS),
    form("meldingen:route-edit", route, may=KEEPERS, barred=WALKERS - KEEPERS),
    form("meldingen:route-boxes", route, may=KEEPERS, barred=WALKERS - KEEPERS),
    page("meldingen:rounds", seen=BOXES, barred=NO_BOXES),
    page("meldingen:round", walked, seen=WALKERS),
    form("meldingen:round-explain", missed_day, may=WALKERS),
    page("meldingen:notes", seen=DESK, barred=OUTSIDE),
    form("meldingen:note-copy", note, may=FOLLOWERS),
    page("meldingen:phone", seen=DESK, barred=OUTSIDE),
    page("meldingen:phone-box", scanned, seen=WALKERS, barred=NO_BOXES, but=TO_THE_ROUND),
    act("meldingen:round-begin", route, may=WALKERS),
    page("meldingen:phone-round", walked, seen=WALKERS),
    form("meldingen:round-finish", walked, may=WALKERS),
    act("meldingen:visit-empty", visit, may=WALKERS),
    form("meldingen:visit-notes", visit, may=WALKERS),
    form("meldingen:visit-skip", visit, may=WALKERS),
    act("meldingen:visit-undo", visit, may=WALKERS),
    page("meldingen:phone-list", seen=DESK, barred=OUTSIDE),
    form("meldingen:finding", may=DESK, barred=OUTSIDE),
    page("meldingen:phone-melding", melding, seen=READERS),
    form("meldingen:phone-close", melding, may=READERS),
    act("meldingen:phone-undo", melding, may=frozenset(), barred=READERS),  # it is open
    form("meldingen:phone-step", waiting, may=READERS),
    page("meldingen:phone-photo", photo, seen=READERS, but=NO_FILE),
    page("meldingen:phone-photo-whole", photo, seen=READERS, but=NO_FILE),
]
