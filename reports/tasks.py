"""The work of the outbox: making the PDF of a frozen report from its snapshot alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core import outbox, pdf
from core.storage import sweep, whole_file
from reports.document import Document, css
from reports.models import Report
from reports.operations import keep_pdf

if TYPE_CHECKING:
    from core.models import OutboxEntry


def build_pdf(entry: OutboxEntry) -> None:
    """Make the PDF once. Doing this twice, or half, harms nothing."""
    report = Report.objects.filter(pk=entry.payload["report"]).first()
    if report is None or not report.is_frozen:
        raise outbox.PermanentError(_("Dit rapport bestaat niet meer of is niet bevroren."))
    if report.pdf_sha256:
        return  # done by a worker that died before it could say so
    with translation.override("nl-be"):
        _build(report, entry)


def _build(report: Report, entry: OutboxEntry) -> None:
    outbox.set_stage(entry, _("Cijfers klaarzetten"))
    html = page_of(report)
    outbox.set_stage(entry, _("Bladzijden opmaken"))
    document = pdf.render_pdf(html, css=css(report.content), identifier=report.checksum)
    outbox.set_stage(entry, _("Bewaren"))
    name = f"rapporten/{report.period_end.year}/{report.pk}-{report.checksum[:16]}.pdf"
    sweep(name)
    with whole_file(name, document.content) as file:
        keep_pdf(report, file, pages=document.pages, work=entry)


def page_of(report: Report) -> str:
    """The finished page that becomes the PDF."""
    document = Document.of(report.content, paper=True)
    return render_to_string("reports/paper.html", {"document": document})
