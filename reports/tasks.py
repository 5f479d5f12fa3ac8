"""The work of the outbox: making the PDF of a frozen report from its snapshot alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core import outbox, pdf_work
from reports.document import Document, css
from reports.models import Report

if TYPE_CHECKING:
    from core.models import OutboxEntry


def build_pdf(entry: OutboxEntry) -> None:
    """Make the PDF once. Doing this twice, or half, harms nothing."""
    report = Report.objects.filter(pk=entry.payload["report"]).first()
    if report is None or not report.is_frozen:
        raise outbox.PermanentError(_("Dit rapport bestaat niet meer of is niet bevroren."))
    name = f"rapporten/{report.period_end.year}/{report.pk}-{report.checksum[:16]}.pdf"
    pdf_work.make(
        report, entry, html=lambda: page_of(report), css=css(report.content),
        mark=report.checksum, name=name,
    )  # fmt: skip


def page_of(report: Report) -> str:
    """The finished page that becomes the PDF."""
    document = Document.of(report.content, paper=True)
    return render_to_string("reports/paper.html", {"document": document})
