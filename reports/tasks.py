"""The work of the outbox: the PDF of a frozen report, from its snapshot alone, and its mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from celery import shared_task
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from core import outbox, pdf_work
from core.languages import speaking
from core.letters import Link
from core.mail import Mail, deliver
from mails.wording import letter
from reports.document import Document, css
from reports.mails import SENT
from reports.models import Report, Sending
from reports.operations import readers, rhythms

if TYPE_CHECKING:
    from core.letters import Value
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


def send_mail(entry: OutboxEntry) -> None:
    deliver(entry, _mail(entry))


def _mail(entry: OutboxEntry) -> Mail | None:
    """Nothing to who is no reader any more: it may have waited a while."""
    rows = Sending.objects.select_related("report__municipality", "report__plan")
    sending = rows.filter(pk=entry.payload["sending"]).first()
    if sending is None:
        return None
    report = sending.report
    people = readers.readers_of(report, on=timezone.localdate())
    reader = people.filter(pk=entry.payload["user"]).first()
    if reader is None:
        return None
    with speaking(reader.language):
        link = Link(f"{settings.SITE_URL}{report.get_absolute_url()}", _("Lees het rapport"))
    values: dict[str, Value] = {"titel": report.title, "link": link}
    return letter(SENT, report.municipality, to=reader, values=values)


@shared_task
def send_due() -> None:
    """From eight in the morning: what was to be sent on a day that has come, or was missed."""
    readers.send_due(on=timezone.localdate())


@shared_task
def make_drafts() -> None:
    """Each morning: the drafts that the calendar of reports asks for, also when days were missed."""
    rhythms.make_drafts(on=timezone.localdate())
