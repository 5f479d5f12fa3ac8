"""Addresses of evaluations and of the agenda."""

from __future__ import annotations

from typing import Any

from accounts.roles import Role
from evaluations.models import CalendarFeed, Evaluation, EvaluationRhythm, Participant
from evaluations.workflow import EvaluationStatus, Judgement
from tests.access import (
    COORDINATORS,
    ELSEWHERE,
    FAR_PARTNER,
    OTHER_PARTNER,
    READERS,
    SIGNED_IN,
    Arguments,
    Row,
    act,
    form,
    page,
)
from tests.access.stage import Stage
from tests.factories import (
    AgreementFactory,
    AgreementPartyFactory,
    CommitmentFactory,
    EvaluationFactory,
    ParticipantFactory,
)

BARRED = READERS - COORDINATORS
AGENDA = READERS | {ELSEWHERE}
OUT = SIGNED_IN - AGENDA
SECRET = "a-secret-of-the-coordinator"


def _made(stage: Stage, **fields: Any) -> Evaluation:
    return EvaluationFactory.create(action=stage.action, **fields)


def planned(stage: Stage) -> dict[str, Any]:
    return {"pk": _made(stage).pk}


def busy(stage: Stage) -> dict[str, Any]:
    return {"pk": _made(stage, status=EvaluationStatus.BUSY).pk}


def step(stage: Stage) -> dict[str, Any]:
    return {**planned(stage), "name": "laten-vervallen"}


def subject(stage: Stage) -> dict[str, Any]:
    return {"what": "actie", "pk": stage.action.pk}


def rhythm(stage: Stage) -> dict[str, Any]:
    row = EvaluationRhythm.objects.create(
        municipality=stage.world.here,
        action=stage.action,
        months=6,
        starts="2027-01-01",
        responsible=stage.world.coordinator,
    )
    return {"pk": row.pk}


def _judged(stage: Stage, judgement: str, **about: Any) -> Evaluation:
    about = about or {"action": stage.action}
    return EvaluationFactory.create(
        **about,
        status=EvaluationStatus.ESTABLISHED,
        judgement=judgement,
        judgement_reason="Daarom.",
        established_on="2026-11-01",
    )


def adjusted(stage: Stage) -> dict[str, Any]:
    return {"pk": _judged(stage, Judgement.ADJUST).pk}


def stopped(stage: Stage) -> dict[str, Any]:
    return {"pk": _judged(stage, Judgement.STOP).pk}


def promise(stage: Stage) -> dict[str, Any]:
    agreement = AgreementFactory.create(municipality=stage.world.here)
    row = CommitmentFactory.create(party=AgreementPartyFactory.create(agreement=agreement))
    about = {"action": None, "agreement": agreement, "municipality": stage.world.here}
    return {"pk": _judged(stage, Judgement.ADJUST, **about).pk, "commitment": row.pk}


def _asked(stage: Stage, **whom: Any) -> Participant:
    return ParticipantFactory.create(evaluation=_made(stage, status=EvaluationStatus.BUSY), **whom)


def asked_partner(stage: Stage) -> dict[str, Any]:
    return {"pk": _asked(stage, partner=stage.world.care).pk}


def asked_person(stage: Stage) -> dict[str, Any]:
    return {"pk": _asked(stage, partner=None, person=stage.world.coordinator).pk}


def feed(stage: Stage) -> dict[str, Any]:
    values = {"token_hash": CalendarFeed.hash_of(SECRET)}
    CalendarFeed.objects.update_or_create(user=stage.world.coordinator, defaults=values)
    return {"secret": SECRET}


def edits(name: str, arguments: Arguments) -> Row:
    return form(name, arguments, may=COORDINATORS, barred=BARRED)


AGREEMENT_READERS = READERS - {Role.WARDEN, Role.FINDER}

ROWS: list[Row] = [
    page("evaluations:list", seen=AGENDA, barred=OUT),
    page("evaluations:of-subject", subject, seen=READERS),
    page("evaluations:detail", planned, seen=READERS),
    edits("evaluations:create", subject),
    edits("evaluations:rhythm", subject),
    act("evaluations:rhythm-end", rhythm, may=COORDINATORS, barred=BARRED),
    edits("evaluations:edit", planned),
    edits("evaluations:write", busy),
    edits("evaluations:step", step),
    edits("evaluations:participant-add", planned),
    act("evaluations:participant-drop", asked_partner, may=COORDINATORS, barred=BARRED),
    edits("evaluations:answer", asked_person),
    edits("evaluations:adjust", adjusted),
    edits("evaluations:led-to", adjusted),
    edits("evaluations:stop", stopped),
    form(
        "evaluations:adjust-promise",
        promise,
        may=COORDINATORS,
        barred=AGREEMENT_READERS - COORDINATORS,
    ),
    page("evaluation-space:home", seen={Role.PARTNER, OTHER_PARTNER, FAR_PARTNER},
         barred=SIGNED_IN - {Role.PARTNER, OTHER_PARTNER, FAR_PARTNER}),
    form("evaluation-space:answer", asked_partner, may={Role.PARTNER}),
    page("agenda:month", seen=AGENDA, barred=OUT),
    page("agenda:address", seen=AGENDA, barred=OUT),
    act("agenda:renew", may=AGENDA, barred=OUT),
    act("agenda:revoke", may=AGENDA, barred=OUT),
    page("agenda:feed", feed, seen=SIGNED_IN, public=True),
]  # fmt: skip
