"""The addresses of the meldingen."""

from __future__ import annotations

from typing import Any

from accounts.roles import Role
from core import history
from tests.access import ELSEWHERE, PARTNERS, SIGNED_IN, Actor, act, form, page
from tests.access.stage import Stage
from tests.factories import SavedViewFactory

# Who follows all of the municipality, and whose service has the melding of the stage.
FOLLOWERS: frozenset[Actor] = frozenset(
    {Role.COORDINATOR, Role.CIV_STAFF, Role.WARDEN, Role.FINDER}
)
READERS: frozenset[Actor] = FOLLOWERS | {Role.SERVICE}
# Who reads meldingen at all, be it others.
DESK: frozenset[Actor] = READERS | {Role.NEIGHBOURHOOD_POLICE, ELSEWHERE}
# Who gives them to others; the neighbour does so at home, where nothing is chosen.
TRIAGE: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.CIV_STAFF, ELSEWHERE})
OUTSIDE = SIGNED_IN - DESK - PARTNERS


def melding(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.melding.pk}


def saved_view(stage: Stage) -> dict[str, Any]:
    made = SavedViewFactory.create(
        municipality=stage.world.here, owner=stage.world.coordinator, is_shared=True
    )
    return {"pk": made.pk}


def bulk_entry(stage: Stage) -> dict[str, Any]:
    entry = history.record("melding.bulk_closed", stage.world.here, by=stage.world.coordinator)
    return {"pk": entry.pk}


ROWS = [
    page("meldingen:list", seen=DESK, barred=OUTSIDE),
    form("meldingen:create", may=DESK, barred=OUTSIDE),
    page("meldingen:melding", melding, seen=READERS),
    page("meldingen:views", seen=DESK, barred=OUTSIDE),
    form("meldingen:view-create", may=DESK, barred=OUTSIDE),
    act(
        "meldingen:view-destroy",
        saved_view,
        may={Role.COORDINATOR},
        barred=FOLLOWERS - {Role.COORDINATOR},
    ),
    form(
        "meldingen:bulk",
        may=TRIAGE,
        barred=SIGNED_IN - TRIAGE - PARTNERS,
        query="?alle=1",
        but={("GET", ELSEWHERE): 302, ("HEAD", ELSEWHERE): 302},
    ),
    page("meldingen:bulk-result", bulk_entry, seen={Role.COORDINATOR}),
    form("meldingen:export", may=DESK, barred=OUTSIDE),
]
