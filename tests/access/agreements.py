"""Addresses of agreements."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from accounts.roles import Role
from partners.models import Agreement, AgreementDocument, AgreementParty, DocumentVersion
from plans.models import ActionCommitment
from tests.access import (
    COORDINATORS,
    ELSEWHERE,
    READERS,
    SIGNED_IN,
    Actor,
    Row,
    act,
    action,
    form,
    page,
)
from tests.access.stage import Stage
from tests.factories import (
    AgreementFactory,
    AgreementPartyFactory,
    AgreementTypeFactory,
    CommitmentFactory,
)

# Who reads agreements of level intern in the municipality of the stage.
AGREEMENT_READERS: frozenset[Actor] = READERS - {Role.WARDEN, Role.FINDER}
OUTSIDERS = SIGNED_IN - AGREEMENT_READERS - {ELSEWHERE}
BARRED = AGREEMENT_READERS - COORDINATORS


def _party(stage: Stage) -> AgreementParty:
    row = AgreementFactory.create(municipality=stage.world.here)
    return AgreementPartyFactory.create(agreement=row)


def agreement(stage: Stage) -> dict[str, Any]:
    return {"pk": _party(stage).agreement_id}


def step(stage: Stage) -> dict[str, Any]:
    return {"pk": _party(stage).agreement_id, "name": "opzeggen"}


def party(stage: Stage) -> dict[str, Any]:
    return {"pk": _party(stage).pk}


def commitment(stage: Stage) -> dict[str, Any]:
    return {"pk": CommitmentFactory.create(party=_party(stage)).pk}


def document(stage: Stage) -> dict[str, Any]:
    return {"pk": _paper(_party(stage).agreement).pk}


def _paper(row: Agreement) -> AgreementDocument:
    return AgreementDocument.objects.create(agreement=row, kind="tekst", title="Tekst")


def version(stage: Stage) -> dict[str, Any]:
    row = DocumentVersion(
        document=_paper(_party(stage).agreement),
        number=1,
        name="tekst.pdf",
        content_type="application/pdf",
        size=4,
        sha256="0" * 64,
        uploaded_by=stage.world.coordinator,
    )
    row.file.save("tekst.pdf", ContentFile(b"%PDF"), save=False)
    row.save()
    return {"pk": row.pk}


def kind(stage: Stage) -> dict[str, Any]:
    return {"pk": AgreementTypeFactory.create(municipality=stage.world.here).pk}


def linked(stage: Stage) -> dict[str, Any]:
    promise = CommitmentFactory.create(party=_party(stage))
    return {"pk": ActionCommitment.objects.create(action=stage.action, commitment=promise).pk}


READ_BY_RIGHT = {"seen": AGREEMENT_READERS | {ELSEWHERE}, "barred": OUTSIDERS}
FOR_EDITORS = {
    "seen": COORDINATORS | {ELSEWHERE},
    "barred": SIGNED_IN - COORDINATORS - {ELSEWHERE},
}
MADE_BY_EDITORS = {"may": FOR_EDITORS["seen"], "barred": FOR_EDITORS["barred"]}
EDITED = {"may": COORDINATORS, "barred": BARRED}

ROWS: list[Row] = [
    page("agreements:list", **READ_BY_RIGHT),
    page("agreements:xlsx", **READ_BY_RIGHT),
    page("agreements:csv", **READ_BY_RIGHT),
    page("agreements:attention", **FOR_EDITORS),
    page("agreements:types", **FOR_EDITORS),
    form("agreements:create", **MADE_BY_EDITORS),
    form("agreements:type-create", **MADE_BY_EDITORS),
    form("agreements:type-edit", kind, **EDITED),
    act("agreements:type-archive", kind, **EDITED),
    act("agreements:type-restore", kind, **EDITED),
    page("agreements:detail", agreement, seen=AGREEMENT_READERS),
    form("agreements:edit", agreement, **EDITED),
    form("agreements:annex", agreement, **EDITED),
    form("agreements:step", step, **EDITED),
    form("agreements:evaluate", agreement, **EDITED),
    form("agreements:renew", agreement, **EDITED),
    act("agreements:party-add", agreement, **EDITED),
    form("agreements:party-sign", party, **EDITED),
    act("agreements:party-drop", party, **EDITED),
    form("agreements:commitment-create", agreement, **EDITED),
    form("agreements:commitment-edit", commitment, **EDITED),
    form("agreements:commitment-judge", commitment, **EDITED),
    act("agreements:commitment-drop", commitment, **EDITED),
    form("agreements:document-create", agreement, **EDITED),
    form("agreements:version-create", document, **EDITED),
    act("agreements:document-archive", document, **EDITED),
    page("agreements:download", version, seen=AGREEMENT_READERS),
    # The link of an action with a promise lives with the plans.
    page("plans:of-agreement", agreement, seen=AGREEMENT_READERS),
    form("plans:commitment-link", action, may=COORDINATORS, barred=READERS - COORDINATORS),
    act("plans:commitment-unlink", linked, **EDITED),
]
