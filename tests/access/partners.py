"""Addresses of partners."""

from __future__ import annotations

from typing import Any

from accounts.roles import Role
from partners.models import PartnerCompetence
from tests.access import (
    ADMINISTRATORS,
    COORDINATORS,
    ELSEWHERE,
    SIGNED_IN,
    Actor,
    Row,
    act,
    form,
    page,
)
from tests.access.stage import Stage
from tests.factories import CompetenceFactory

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
    # A person's own organisations, or those of the people one manages.
    page("partners:of-person", lead, seen={Role.ADMINISTRATOR, Role.SERVICE}),
]
