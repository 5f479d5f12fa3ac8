"""The addresses of the meldingen."""

from __future__ import annotations

from typing import Any

from accounts.roles import Role
from core import history
from meldingen.models import CategoryQuestion
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
# Who keeps the lists of the municipality.
KEEPERS: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
NO_KEEPERS = SIGNED_IN - KEEPERS - {ELSEWHERE} - PARTNERS
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


def sources(_stage: Stage) -> dict[str, Any]:
    return {"slug": "bronnen"}


def source(stage: Stage) -> dict[str, Any]:
    return {"slug": "bronnen", "pk": stage.melding.source_id}


def category(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.melding.category_id}


def question(stage: Stage) -> dict[str, Any]:
    asked = CategoryQuestion.objects.create(
        category=stage.melding.category, label="Welke paal?", kind="tekst"
    )
    return {"pk": asked.pk}


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
    page("meldingen:lists", seen=KEEPERS | {ELSEWHERE}, barred=NO_KEEPERS),
    act("meldingen:lists-defaults", may=KEEPERS | {ELSEWHERE}, barred=NO_KEEPERS),
    page("meldingen:list-items", sources, seen=KEEPERS | {ELSEWHERE}, barred=NO_KEEPERS),
    form("meldingen:item-create", sources, may=KEEPERS | {ELSEWHERE}, barred=NO_KEEPERS),
    act("meldingen:items-order", sources, may=KEEPERS | {ELSEWHERE}, barred=NO_KEEPERS),
    form("meldingen:item-edit", source, may=KEEPERS, barred=NO_KEEPERS),
    act("meldingen:item-archive", source, may=KEEPERS, barred=NO_KEEPERS),
    act("meldingen:item-restore", source, may=KEEPERS, barred=NO_KEEPERS),
    page("meldingen:questions", category, seen=KEEPERS, barred=NO_KEEPERS),
    form("meldingen:question-create", category, may=KEEPERS, barred=NO_KEEPERS),
    form("meldingen:question-edit", question, may=KEEPERS, barred=NO_KEEPERS),
    act("meldingen:question-archive", question, may=KEEPERS, barred=NO_KEEPERS),
    act("meldingen:question-restore", question, may=KEEPERS, barred=NO_KEEPERS),
]
