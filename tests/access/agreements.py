"""Addresses of agreements."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from accounts.roles import Role
from partners.models import (
    Agreement,
    AgreementDocument,
    AgreementParty,
    CommitmentReport,
    DocumentVersion,
)
from plans.models import ActionCommitment
from tests.access import (
    COORDINATORS,
    ELSEWHERE,
    READERS,
    SIGNED_IN,
    Actor,
    Arguments,
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


def _report(stage: Stage) -> CommitmentReport:
    """What the partner in whose space the person in the role of partner works says of its promise,
    with a file."""
    row = AgreementFactory.create(municipality=stage.world.here, confidentiality="partners")
    party = AgreementPartyFactory.create(agreement=row, partner=stage.world.care)
    made = CommitmentReport(
        commitment=CommitmentFactory.create(party=party), status="loopt", done="x",
        by=stage.world.partner, name="verslag.pdf", content_type="application/pdf", size=4,
        sha256="0" * 64,
    )  # fmt: skip
    made.file.save("verslag.pdf", ContentFile(b"%PDF"), save=False)
    made.save()
    return made


def own_promise(stage: Stage) -> dict[str, Any]:
    return {"pk": _report(stage).commitment_id}


def reported(stage: Stage) -> dict[str, Any]:
    return {"pk": _report(stage).pk}


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


EDITORS = COORDINATORS | {ELSEWHERE}  # each of the own municipality


def read(name: str) -> Row:
    """A page for who reads agreements somewhere."""
    return page(name, seen=AGREEMENT_READERS | {ELSEWHERE}, barred=OUTSIDERS)


def edits(name: str, arguments: Arguments) -> Row:
    """A form about something of this municipality."""
    return form(name, arguments, may=COORDINATORS, barred=BARRED)


def button(name: str, arguments: Arguments) -> Row:
    return act(name, arguments, may=COORDINATORS, barred=BARRED)


ROWS: list[Row] = [
    read("agreements:list"),
    read("agreements:xlsx"),
    read("agreements:csv"),
    page("agreements:attention", seen=EDITORS, barred=SIGNED_IN - EDITORS),
    page("agreements:types", seen=EDITORS, barred=SIGNED_IN - EDITORS),
    form("agreements:create", may=EDITORS, barred=SIGNED_IN - EDITORS),
    form("agreements:type-create", may=EDITORS, barred=SIGNED_IN - EDITORS),
    act("agreements:types-defaults", may=EDITORS, barred=SIGNED_IN - EDITORS),
    edits("agreements:type-edit", kind),
    button("agreements:type-archive", kind),
    button("agreements:type-restore", kind),
    page("agreements:detail", agreement, seen=AGREEMENT_READERS),
    edits("agreements:edit", agreement),
    edits("agreements:annex", agreement),
    edits("agreements:step", step),
    edits("agreements:evaluate", agreement),
    edits("agreements:renew", agreement),
    edits("agreements:prolong", agreement),
    button("agreements:party-add", agreement),
    edits("agreements:party-sign", party),
    button("agreements:party-drop", party),
    edits("agreements:commitment-create", agreement),
    edits("agreements:commitment-edit", commitment),
    edits("agreements:commitment-judge", commitment),
    button("agreements:commitment-drop", commitment),
    # What a partner reports is for who follows the agreement; for other readers it is not there.
    act("agreements:report-take", reported, may=COORDINATORS),
    page("agreements:report-file", reported, seen=COORDINATORS),
    form("space:commitment", own_promise, may={Role.PARTNER}),
    page("space:report-file", reported, seen={Role.PARTNER}),
    edits("agreements:document-create", agreement),
    edits("agreements:version-create", document),
    button("agreements:document-archive", document),
    page("agreements:download", version, seen=AGREEMENT_READERS),
    # The link of an action with a promise lives with the plans.
    page("plans:of-agreement", agreement, seen=AGREEMENT_READERS),
    form("plans:commitment-link", action, may=COORDINATORS, barred=READERS - COORDINATORS),
    button("plans:commitment-unlink", linked),
]
