"""A row and its PDF: promised with the change, made by a worker, made again, given to a reader."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import FileResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import outbox, pdf
from core.storage import WholeFile, sweep, whole_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from core.models import OutboxEntry, WithPdf

# Made again it might look otherwise than what people have read: only the copy is the same.
LOST = gettext_lazy(
    "Het bestand van deze PDF staat niet meer op de server. Vraag de beheerder van de installatie "
    "om het uit de reservekopie terug te zetten."
)


def canonical(snapshot: Any) -> bytes:
    """The same bytes for the same content, whatever order the keys come in."""
    text = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def checksum(snapshot: Any) -> str:
    return hashlib.sha256(canonical(snapshot)).hexdigest()


def promise(row: WithPdf, kind: str, *, key: str, by: User) -> OutboxEntry:
    """The work of making the PDF, in the transaction of the change that asks for it."""
    return outbox.promise(kind, key=key, by=by, **{str(row._meta.model_name): row.pk})


@transaction.atomic
def again(row: WithPdf, kind: str, *, key: str, by: User) -> None:
    """Try a failed PDF once more."""
    if row.pdf_work is None:
        work = promise(row, kind, key=key, by=by)
        type(row)._default_manager.filter(pk=row.pk, pdf_sha256="").update(pdf_work=work)
    else:
        outbox.again(row.pdf_work)


def make(
    row: WithPdf, entry: OutboxEntry, *, html: Callable[[], str], css: str, mark: str, name: str
) -> None:
    """Make the PDF once. Doing this twice, or half, harms nothing."""
    if row.pdf_sha256:
        return  # done by a worker that died before it could say so
    with translation.override("nl-be"):
        outbox.set_stage(entry, _("Cijfers klaarzetten"))
        page = html()
        outbox.set_stage(entry, _("Bladzijden opmaken"))
        document = pdf.render_pdf(page, css=css, identifier=mark)
        outbox.set_stage(entry, _("Bewaren"))
    sweep(name)
    with whole_file(name, document.content) as file:
        keep(row, file, pages=document.pages, work=entry)


@transaction.atomic
def keep(row: WithPdf, file: WholeFile, *, pages: int, work: OutboxEntry) -> bool:
    """Put the finished PDF in its place, but only while this worker still holds the work.

    The row of the work stays locked until the commit, so no other worker can finish it meanwhile.
    """
    rows = type(row)._default_manager.filter(pk=row.pk, pdf_sha256="")
    if not outbox.holds_lease(work) or not rows.select_for_update(of=("self",)).exists():
        return False
    file.put_in_place()
    told: dict[str, Any] = {"pdf": file.name, "pdf_sha256": file.sha256}
    rows.update(**told, pdf_pages=pages, pdf_size=file.size)
    return True


def as_download(row: Any) -> FileResponse | None:
    """The PDF for whoever may read the row; None where the file is lost."""
    try:
        file = row.pdf.open("rb")
    except OSError:
        return None
    return FileResponse(file, filename=f"{row.file_name}.pdf", content_type="application/pdf")
