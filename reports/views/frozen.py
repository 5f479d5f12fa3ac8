"""A frozen report: read it, follow the making of its PDF, take it along, compare it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import pdf_work
from core.http import AuthedRequest
from core.spreadsheet import XLSX_TYPE
from meetings.models import Resolution
from meetings.rows import resolution_rows
from reports import exports, operations, permissions
from reports.compare import compare, since
from reports.document import Document
from reports.models import Audience, Report
from reports.operations import readers
from reports.views.common import get_frozen, get_report


def show(request: AuthedRequest, report: Report) -> HttpResponse:
    document = Document.of(report.content)
    context = {
        "report": report,
        "document": document,
        "may_build": permissions.may_build(request.user, report),
        "others": _others(request, report),
        **_told(request, report, document),
    }
    return render(request, "reports/report_frozen.html", context)


def _told(request: AuthedRequest, report: Report, document: Document) -> dict[str, Any]:
    """What its readers said and did, and what was decided about it."""
    remarks = list(report.reader_remarks.select_related("by", "answered_by", "resolution"))
    counts = Counter(remark.section for remark in remarks)
    noted = list(report.taken_notes.select_related("by"))
    resolutions = Resolution.objects.visible_to(request.user).filter(report_link__report=report)
    sendings = list(report.sendings.select_related("by"))
    return {
        "remarks": remarks,
        "sections": [(section, counts[section.anchor]) for section in document.sections],
        "noted": noted,
        "has_noted": any(note.by_id == request.user.pk for note in noted),
        "sent": [row for row in sendings if row.sent_at],
        "waiting": next(
            (row for row in sendings if not row.sent_at and not row.cancelled_at), None
        ),
        "rows": resolution_rows(resolutions.for_list(), on=timezone.localdate(), seen=()),
        "may_remark": permissions.may_remark(request.user, report),
        "may_answer": permissions.may_answer(request.user, report),
        "may_send": permissions.may_send(request.user, report),
        "may_decide": permissions.may_decide(request.user, report),
        "may_give": permissions.may_give(request.user, report),
        "given_on": readers.given_on(report) if report.audience == Audience.PARTNER else None,
    }


@require_safe
def report_build(request: AuthedRequest, pk: int) -> HttpResponse:
    """How far the PDF is: a piece of the page that asks again while there is work."""
    report = get_frozen(request, pk)
    context = {"report": report, "may_build": permissions.may_build(request.user, report)}
    return render(request, "reports/parts/build.html", context)


@require_POST
def report_again(request: AuthedRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk)
    permissions.may_build(request.user, report).or_403()
    operations.build_again(report, by=request.user)
    messages.info(request, _("We maken de PDF opnieuw."))
    return redirect(report)


@require_safe
def report_pdf(request: AuthedRequest, pk: int) -> HttpResponseBase:
    report = get_frozen(request, pk)
    if not report.is_built:
        messages.info(request, _("De PDF is nog niet klaar."))
        return redirect(report)
    if file := pdf_work.as_download(report):
        return file
    messages.error(request, pdf_work.LOST)
    return redirect(report)


@require_safe
def report_xlsx(request: AuthedRequest, pk: int) -> HttpResponseBase:
    report = get_frozen(request, pk)
    if not Document.of(report.content).has_annex:
        raise Http404  # without the annex there is no table to take along
    table = exports.action_table(report.content)
    name = f"{report.file_name}.xlsx"
    return FileResponse(table, as_attachment=True, filename=name, content_type=XLSX_TYPE)


@require_safe
def report_compare(request: AuthedRequest, pk: int) -> HttpResponse:
    report = get_frozen(request, pk)
    others = _others(request, report)
    asked = request.GET.get("met", "")
    other = next((found for found in others if str(found.pk) == asked), None)
    other = other or (others[0] if others else None)
    context = {
        "report": report,
        "others": others,
        "other": other,
        "comparison": _compared(report, other) if other else None,
    }
    return render(request, "reports/report_compare.html", context)


def _others(request: AuthedRequest, report: Report) -> list[Report]:
    """The other frozen reports of this plan that this person reads, the nearest before it first."""
    reports = Report.objects.visible_to(request.user).frozen()
    if report.subject:  # only its own kind tells of the same things
        reports = reports.of_same_kind(report)
    else:
        reports = reports.filter(plan=report.plan_id, partner=None, neighbourhood=None)
    found = list(
        reports.exclude(pk=report.pk)
        .defer("snapshot")
        .select_related("partner", "neighbourhood")[:20]
    )
    return sorted(
        found, key=lambda other: (other.audience != report.audience, _is_later(other, report))
    )


def _is_later(other: Report, report: Report) -> bool:
    return (other.period_end, other.pk) > (report.period_end, report.pk)


def _compared(report: Report, other: Report) -> object:
    """The older of the two comes first."""
    first, second = (report, other) if _is_later(other, report) else (other, report)
    return {
        "first": first,
        "second": second,
        **_differences(first, second),
    }


def _differences(first: Report, second: Report) -> dict[str, Any]:
    """Of two reports about the plan every action; of the others what the chapter would say."""
    if not first.subject:
        return {"found": compare(first.content, second.content)}
    named = {row["code"] for row in first.content.get("actions", [])}
    told = since(first.content, second.content, named=named)
    return {"told": Document.of(second.content | {"comparison": told})}
