"""Papers of an agreement: stored under a name of their own, every version kept."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core import files, history, receipts
from partners import permissions
from partners.models import AgreementDocument, DocumentVersion

if TYPE_CHECKING:
    from accounts.models import User
    from core.uploads import CleanFile
    from partners.models import Agreement


@transaction.atomic
def file_document(
    agreement: Agreement, clean: CleanFile, *, kind: str, title: str, token: uuid.UUID, by: User
) -> DocumentVersion:
    """A new paper with its first version, once per form."""
    permissions.may_edit_agreement(by, agreement).or_403()

    def store() -> DocumentVersion:
        paper = AgreementDocument.objects.create(
            agreement=agreement, kind=kind, title=title or clean.name
        )
        return _store(paper, clean, 1, by=by)

    return receipts.once(token, DocumentVersion, store, by=by)


@transaction.atomic
def file_version(
    paper: AgreementDocument, clean: CleanFile, *, token: uuid.UUID, by: User
) -> DocumentVersion:
    """A newer version of a paper; the older ones stay, and of two at once each gets its number."""
    permissions.may_edit_agreement(by, paper.agreement).or_403()

    def store() -> DocumentVersion:
        AgreementDocument.objects.select_for_update().get(pk=paper.pk)
        last = paper.versions.aggregate(last=Max("number"))["last"] or 0
        return _store(paper, clean, last + 1, by=by)

    return receipts.once(token, DocumentVersion, store, by=by)


def _store(paper: AgreementDocument, clean: CleanFile, number: int, *, by: User) -> DocumentVersion:
    row = DocumentVersion(document=paper, number=number, uploaded_by=by, **files.about(clean))
    with files.stored(row, clean):
        told = history.change(row, "number", None, number)
        history.record(
            "agreementdocument.filed", paper, by=by, context=paper.agreement, changes=[told]
        )
    return row


@transaction.atomic
def archive_document(paper: AgreementDocument, *, by: User) -> None:
    """Take a paper out of sight; its files stay stored."""
    permissions.may_edit_agreement(by, paper.agreement).or_403()
    rows = AgreementDocument.objects.filter(pk=paper.pk, archived_at=None)
    if rows.update(archived_at=timezone.now()):
        history.record("agreementdocument.archived", paper, by=by, context=paper.agreement)
