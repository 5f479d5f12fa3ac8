"""Addresses of partners."""

from __future__ import annotations

from typing import Any

from accounts.roles import Role
from partners.models import PartnerCompetence, PartnerNote
from tests.access import (
    ADMINISTRATORS,
    COORDINATORS,
    ELSEWHERE,
    READERS,
    SIGNED_IN,
    Actor,
    Row,
    act,
    form,
    page,
)
from tests.access.stage import Stage
from tests.factories import (
    CompetenceFactory,
    ContactOfficerFactory,
    GoodPracticeFactory,
    KeyFigureFactory,
)

# Who reads the register of the municipality of the stage, and who only has one of his own.
REGISTER: frozenset[Actor] = frozenset(Role) - {
    Role.WARDEN,
    Role.FINDER,
    Role.PARTNER,
    Role.READER,
}
# The partner on the stage is the one that the person in the role of partner works for.
SEEN = REGISTER | {Role.PARTNER}
# Who looks up who is competent: all who work for the municipality, the wardens before all.
LOOKERS: frozenset[Actor] = frozenset(Role) - {
    Role.ADMINISTRATOR,
    Role.PARTNER,
    Role.READER,
} | {ELSEWHERE}
NOTERS: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.CORE_GROUP})
CENTRE: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.CIV_STAFF})
FIGURES = CENTRE | {Role.NEIGHBOURHOOD_POLICE}
HERE = LOOKERS - {ELSEWHERE}
PLACERS = COORDINATORS | ADMINISTRATORS


def partner(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.world.care.pk}


def place(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.world.care.memberships.get().pk}


def held(stage: Stage) -> dict[str, Any]:
    competence = CompetenceFactory.create(municipality=stage.world.here)
    return {
        "pk": PartnerCompetence.objects.create(partner=stage.world.care, competence=competence).pk
    }


def competence(stage: Stage) -> dict[str, Any]:
    return {"pk": CompetenceFactory.create(municipality=stage.world.here).pk}


def officer(stage: Stage) -> dict[str, Any]:
    return {"pk": ContactOfficerFactory.create(partner=stage.world.care).pk}


def note(stage: Stage) -> dict[str, Any]:
    by = stage.world.coordinator
    return {"pk": PartnerNote.objects.create(partner=stage.world.care, text="x", made_by=by).pk}


def figure(stage: Stage) -> dict[str, Any]:
    """A key figure in a neighbourhood of the neighbourhood police."""
    found = KeyFigureFactory.create(neighbourhood__municipality=stage.world.here)
    police = stage.world.cast[Role.NEIGHBOURHOOD_POLICE]
    police.memberships.get().neighbourhoods.add(found.neighbourhood)
    return {"pk": found.pk}


def practice(stage: Stage) -> dict[str, Any]:
    return {"pk": GoodPracticeFactory.create(municipality=stage.world.here).pk}


def lead(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.world.lead.pk}


ROWS: list[Row] = [
    page("partners:list", seen=REGISTER | {ELSEWHERE}, barred=SIGNED_IN - REGISTER - {ELSEWHERE}),
    form(
        "partners:create",
        may=COORDINATORS | {ELSEWHERE},
        barred=SIGNED_IN - COORDINATORS - {ELSEWHERE},
    ),
    page("partners:detail", partner, seen=SEEN),
    form("partners:edit", partner, may=COORDINATORS, barred=SEEN - COORDINATORS),
    act("partners:archive", partner, may=COORDINATORS, barred=SEEN - COORDINATORS),
    act("partners:restore", partner, may=COORDINATORS, barred=SEEN - COORDINATORS),
    act("partners:member-add", partner, may=PLACERS, barred=SEEN - PLACERS),
    act("partners:member-end", place, may=PLACERS, barred=SEEN - PLACERS),
    page("partners:who", seen=LOOKERS, barred=SIGNED_IN - LOOKERS),
    act("partners:competence-give", partner, may=COORDINATORS, barred=SEEN - COORDINATORS),
    act("partners:competence-take", held, may=COORDINATORS, barred=SEEN - COORDINATORS),
    page("partners:xlsx", seen=REGISTER | {ELSEWHERE}, barred=SIGNED_IN - REGISTER - {ELSEWHERE}),
    page("partners:csv", seen=REGISTER | {ELSEWHERE}, barred=SIGNED_IN - REGISTER - {ELSEWHERE}),
    page(
        "partners:territory",
        seen=REGISTER | {ELSEWHERE},
        barred=SIGNED_IN - REGISTER - {ELSEWHERE},
    ),
    page("partners:history", partner, seen=REGISTER, barred=SEEN - REGISTER),
    form("partners:merge", partner, may=COORDINATORS, barred=SEEN - COORDINATORS),
    act("partners:note-add", partner, may=NOTERS, barred=SEEN - NOTERS),
    act("partners:note-remove", note, may=NOTERS, barred=SEEN - NOTERS),
    form("partners:officer-create", partner, may=COORDINATORS, barred=SEEN - COORDINATORS),
    form("partners:officer-edit", officer, may=COORDINATORS, barred=SEEN - COORDINATORS),
    act("partners:officer-remove", officer, may=COORDINATORS, barred=SEEN - COORDINATORS),
    page("partners:competences", seen=LOOKERS, barred=SIGNED_IN - LOOKERS),
    form(
        "partners:competence-create",
        may=COORDINATORS | {ELSEWHERE},
        barred=SIGNED_IN - COORDINATORS - {ELSEWHERE},
    ),
    form("partners:competence-edit", competence, may=COORDINATORS, barred=HERE - COORDINATORS),
    act("partners:competence-archive", competence, may=COORDINATORS, barred=HERE - COORDINATORS),
    act("partners:competence-restore", competence, may=COORDINATORS, barred=HERE - COORDINATORS),
    form("partners:held-edit", held, may=COORDINATORS, barred=SEEN - COORDINATORS),
    page(
        "partners:key-figures",
        seen=FIGURES | {ELSEWHERE},
        barred=SIGNED_IN - FIGURES - {ELSEWHERE},
    ),
    form(
        "partners:key-figure-create",
        may=CENTRE | {ELSEWHERE},
        barred=SIGNED_IN - CENTRE - {ELSEWHERE},
    ),
    page("partners:key-figure", figure, seen=FIGURES),
    act(
        "partners:key-figure-reach",
        figure,
        may=FIGURES,
        but={("POST", actor): 200 for actor in FIGURES},
    ),
    form("partners:key-figure-edit", figure, may=CENTRE, barred=FIGURES - CENTRE),
    act("partners:key-figure-renew", figure, may=CENTRE, barred=FIGURES - CENTRE),
    act("partners:key-figure-withdraw", figure, may=CENTRE, barred=FIGURES - CENTRE),
    act("partners:key-figure-contact", figure, may=FIGURES),
    page(
        "partners:practices", seen=READERS | {ELSEWHERE}, barred=SIGNED_IN - READERS - {ELSEWHERE}
    ),
    page("partners:practice", practice, seen=READERS),
    form(
        "partners:practice-create",
        may=CENTRE | {ELSEWHERE},
        barred=SIGNED_IN - CENTRE - {ELSEWHERE},
    ),
    form("partners:practice-edit", practice, may=CENTRE, barred=READERS - CENTRE),
    act("partners:practice-archive", practice, may=CENTRE, barred=READERS - CENTRE),
    act("partners:practice-restore", practice, may=CENTRE, barred=READERS - CENTRE),
    # A person's own organisations, or those of the people one manages.
    page("partners:of-person", lead, seen={Role.ADMINISTRATOR, Role.SERVICE}),
]
