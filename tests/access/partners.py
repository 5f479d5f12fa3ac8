"""Addresses of partners."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.roles import Role
from partners.models import (
    ConfidentialNote,
    ContactCorrection,
    PartnerCompetence,
    PartnerNote,
    Referral,
)
from partners.operations import notes, referrals
from tests.access import (
    ADMINISTRATORS,
    COORDINATORS,
    ELSEWHERE,
    PARTNERS,
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
# The partner on the stage is the one that the person in the role of partner works for, but that
# person is somebody from outside, who sees a space and no register.
SEEN = REGISTER
# Who looks up who is competent: all who work for the municipality, the wardens before all.
LOOKERS: frozenset[Actor] = frozenset(Role) - {
    Role.ADMINISTRATOR,
    Role.PARTNER,
    Role.READER,
} | {ELSEWHERE}
LOG: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.CIV_STAFF})
REMARKERS: frozenset[Actor] = frozenset({Role.COORDINATOR, Role.CORE_GROUP})
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


def inviting(stage: Stage) -> dict[str, Any]:
    """Of this partner the person in the role of partner invites colleagues."""
    stage.world.care.memberships.update(may_invite=True)
    return {"pk": stage.world.care.pk}


def correction(stage: Stage) -> dict[str, Any]:
    proposal = {"partner": stage.world.care, "by": stage.world.partner}
    return {"pk": ContactCorrection.objects.create(**proposal).pk}


# Who writes confidential notes; each is read by its writer until somebody else is named.
NOTERS = frozenset({Role.COORDINATOR, Role.CIV_STAFF, Role.NEIGHBOURHOOD_POLICE})


def made_note(stage: Stage) -> ConfidentialNote:
    """A note of the coordinator, about the partner of the stage."""
    world = stage.world
    return notes.make_note(
        "Tekst", by=world.coordinator, municipality=world.here, partner=world.care
    )


def note(stage: Stage) -> dict[str, Any]:
    return {"pk": made_note(stage).pk}


def unread_note(stage: Stage) -> dict[str, Any]:
    """Nobody can read it any more; the coordinator names a new reader."""
    made = made_note(stage)
    made.readers.update(ended_at=timezone.now(), ended_by=stage.world.coordinator)
    return {"pk": made.pk}


def note_reader(stage: Stage) -> dict[str, Any]:
    """Another keeper of the note, who may go."""
    made, world = made_note(stage), stage.world
    person = world.cast[Role.FINDER]
    day = timezone.localdate()
    return {"pk": notes.name_reader(made, person, "Mag", day, by=world.coordinator).pk}


# Who sends things on; the coordinator and the CIV follow all of them.
REFERRERS = frozenset(
    {
        Role.COORDINATOR,
        Role.CIV_STAFF,
        Role.WARDEN,
        Role.FINDER,
        Role.NEIGHBOURHOOD_POLICE,
        Role.SERVICE,
        ELSEWHERE,
    }
)
FOLLOWERS = frozenset({Role.COORDINATOR, Role.CIV_STAFF})


def made_referral(stage: Stage) -> Referral:
    """The warden's, to the partner for whom the person in the role of partner works."""
    world = stage.world
    row = Referral(
        municipality=world.here, partner=world.care, consent="niet nodig", reason="Waarom.",
        competence=CompetenceFactory.create(municipality=world.here), text_to_share="Tekst.",
    )  # fmt: skip
    return referrals.refer(row, by=world.cast[Role.WARDEN])


def referral(stage: Stage) -> dict[str, Any]:
    return {"pk": made_referral(stage).pk}


def referral_answer(stage: Stage) -> dict[str, Any]:
    return {"pk": made_referral(stage).pk, "name": "weigeren"}


def competence(stage: Stage) -> dict[str, Any]:
    return {"pk": CompetenceFactory.create(municipality=stage.world.here).pk}


def officer(stage: Stage) -> dict[str, Any]:
    """The general one: there is one at a time."""
    care = stage.world.care
    found = care.contact_officers.first() or ContactOfficerFactory.create(partner=care)
    return {"pk": found.pk}


def remark(stage: Stage) -> dict[str, Any]:
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
    act(
        "partners:competences-defaults",
        may=COORDINATORS | {ELSEWHERE},
        barred=SIGNED_IN - COORDINATORS - {ELSEWHERE},
    ),
    page("partners:who", seen=LOOKERS, barred=SIGNED_IN - LOOKERS),
    act("partners:competence-give", partner, may=COORDINATORS, barred=SEEN - COORDINATORS),
    act("partners:competence-take", held, may=COORDINATORS, barred=SEEN - COORDINATORS),
    page("partners:sharing", seen=LOG | {ELSEWHERE}, barred=SIGNED_IN - LOG - {ELSEWHERE}),
    page("partners:sharing-xlsx", seen=LOG | {ELSEWHERE}, barred=SIGNED_IN - LOG - {ELSEWHERE}),
    form("partners:member-invite", partner, may=COORDINATORS, barred=SEEN - COORDINATORS),
    act("partners:member-may-invite", place, may=COORDINATORS, barred=SEEN - COORDINATORS),
    act("partners:correction-decide", correction, may=COORDINATORS, barred=SEEN - COORDINATORS),
    page("space:agreements", seen=PARTNERS, barred=SIGNED_IN - PARTNERS),
    page("space:contact", seen=PARTNERS, barred=SIGNED_IN - PARTNERS),
    act("space:correct", partner, may={Role.PARTNER}, barred=()),
    act("space:invite", inviting, may={Role.PARTNER}, barred=()),
    form("partners:note-create", partner, may=NOTERS, barred=SEEN - NOTERS),
    page("partners:notes", seen=SIGNED_IN),
    # Nobody but who is named: for all others there is no such note.
    page("partners:note", note, seen=COORDINATORS),
    form("partners:note-edit", note, may=COORDINATORS),
    form("partners:note-name", note, may=COORDINATORS),
    form("partners:note-rescue", unread_note, may=COORDINATORS),
    page("partners:note-readings", note, seen=COORDINATORS),
    form("partners:note-destroy", note, may=COORDINATORS),
    act("partners:note-reader-end", note_reader, may=COORDINATORS, barred={Role.FINDER}),
    page("partners:referrals", seen=SIGNED_IN),
    form("partners:refer", may=REFERRERS, barred=SIGNED_IN - REFERRERS),
    page("partners:referral", referral, seen=FOLLOWERS | {Role.WARDEN, Role.PARTNER}),
    form("partners:referral-edit", referral, may={Role.WARDEN}, barred=FOLLOWERS),
    form("partners:referral-step", referral_answer, may=FOLLOWERS | {Role.WARDEN, Role.PARTNER}),
    page("partners:xlsx", seen=REGISTER | {ELSEWHERE}, barred=SIGNED_IN - REGISTER - {ELSEWHERE}),
    page("partners:csv", seen=REGISTER | {ELSEWHERE}, barred=SIGNED_IN - REGISTER - {ELSEWHERE}),
    page(
        "partners:territory",
        seen=REGISTER | {ELSEWHERE},
        barred=SIGNED_IN - REGISTER - {ELSEWHERE},
    ),
    page("partners:of-partner-territory", partner, seen=SEEN),
    page("partners:history", partner, seen=REGISTER, barred=SEEN - REGISTER),
    form("partners:merge", partner, may=COORDINATORS, barred=SEEN - COORDINATORS),
    act("partners:note-add", partner, may=REMARKERS, barred=SEEN - REMARKERS),
    act("partners:note-remove", remark, may=REMARKERS, barred=SEEN - REMARKERS),
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
    page("partners:around", partner, seen=SEEN),
    # A person's own organisations, or those of the people one manages.
    page("partners:of-person", lead, seen={Role.ADMINISTRATOR, Role.SERVICE}),
]
