"""The list of reports, and a draft: start it, write in it, look at it, freeze it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.form_page import try_save
from core.forms import form_status, save_edit
from core.http import AuthedRequest, sent
from core.receipts import once
from meetings.tabs import tabs
from reports import operations, permissions
from reports.document import Document
from reports.filters import ReportFilter
from reports.forms import NewReportForm, ReportTextForm
from reports.models import Report, Variant
from reports.models.kinds import HELP
from reports.snapshot import take
from reports.views import frozen
from reports.views.common import FORM_METHODS, get_report, get_variant, offered

PER_PAGE = 50


@require_safe
def report_list(request: AuthedRequest) -> HttpResponse:
    asked = ReportFilter(request.user, request.GET)
    context = {
        "page": Paginator(asked.qs, PER_PAGE).get_page(request.GET.get("page")),
        "form": asked.form,
        "active": asked.active_count,
        "narrowed": bool(asked.active_count or asked.form.cleaned_data.get("q")),
        "may_make": permissions.may_make(request.user),
        "tabs": tabs(request.user, "reports:list"),
        "request": request,
    }
    template = "reports/report_list.html"
    return render(request, f"{template}#results" if request.htmx else template, context)


@require_safe
def report_choose(request: AuthedRequest) -> HttpResponse:
    """First the kind of report; its own form asks for what that kind needs, and no more."""
    permissions.may_make(request.user).or_403()
    rows = offered("reports:create-kind")
    if plan := request.GET.get("plan"):  # what a link to this page chose already goes along
        for row in rows:
            row["url"] += f"?{urlencode({'plan': plan})}"
    return render(request, "reports/report_choose.html", {"rows": rows})


@FORM_METHODS
def report_create(request: AuthedRequest, kind: str) -> HttpResponse:
    variant = get_variant(kind)
    permissions.may_make(request.user).or_403()
    form: Any = NewReportForm(
        sent(request), user=request.user, variant=variant, initial=_asked(request, variant)
    )
    if form.is_valid():
        report = once(
            form.cleaned_data["form_token"],
            Report,
            lambda: operations.start_report(form.instance, by=request.user),
            by=request.user,
        )
        messages.success(request, _("Het ontwerp staat klaar. Schrijf je tekst en bevries daarna."))
        return redirect(report)
    context = {"form": form, "variant": variant, "help": HELP[variant]}
    return render(request, "reports/report_create.html", context, status=form_status(form))


def _asked(request: AuthedRequest, variant: Variant) -> dict[str, str]:
    """What a link to this page may choose already."""
    names = ("plan", variant.subject)
    return {name: request.GET[name] for name in names if name in request.GET}


@require_safe
def report_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    """A draft is a page to write on, a frozen report a page to read."""
    report = get_report(request, pk)
    if report.is_frozen:
        return frozen.show(request, report)
    return _show_draft(request, report, ReportTextForm(instance=report))


@require_POST
def report_write(request: AuthedRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk)

    def make() -> ReportTextForm:
        row = get_report(request, pk)
        permissions.may_write(request.user, row).or_403()
        return ReportTextForm(request.POST, instance=row)

    form, saved = try_save(make, lambda f: save_edit(f, by=request.user, context=report.plan))
    if saved:
        messages.success(request, _("Je tekst is bewaard."))
        return redirect(saved)
    return _show_draft(request, form.instance, form)


def _show_draft(request: AuthedRequest, report: Report, form: ReportTextForm) -> HttpResponse:
    remarks = form.remarks if form.is_bound else None
    context = {
        "report": report,
        "form": form,
        "may_write": permissions.may_write(request.user, report),
        "may_freeze": permissions.may_freeze(request.user, report),
        "may_discard": permissions.may_discard(request.user, report),
        "document": Document.of(take(report, by=request.user, remarks=remarks)),
    }
    return render(request, "reports/report_draft.html", context, status=form_status(form))


@require_POST
def report_preview(request: AuthedRequest, pk: int) -> HttpResponse:
    """What the report would say with the text that is being written; nothing is kept."""
    report = get_report(request, pk)
    permissions.may_write(request.user, report).or_403()
    form = ReportTextForm(request.POST, instance=report)
    form.is_valid()  # puts what is right of the text in the report, and leaves out the rest
    document = Document.of(take(report, by=request.user, remarks=form.remarks))
    return render(request, "reports/parts/body.html", {"document": document})


@FORM_METHODS
def report_freeze(request: AuthedRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk)
    if report.is_frozen and request.method == "POST":
        return redirect(report)  # somebody, or the same person twice, was just before
    permissions.may_freeze(request.user, report).or_403()
    if request.method != "POST":
        return render(request, "reports/report_freeze.html", {"report": report})
    try:
        operations.freeze(report, version=_version(request), by=request.user)
    except operations.StaleError as stale:
        messages.warning(request, str(stale.message))
    else:
        messages.success(request, _("Het rapport is bevroren. De PDF wordt nu gemaakt."))
    return redirect(report)


@FORM_METHODS
def report_discard(request: AuthedRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk)
    permissions.may_discard(request.user, report).or_403()
    if request.method != "POST":
        return render(request, "reports/report_discard.html", {"report": report})
    operations.discard(report, by=request.user)
    messages.success(request, _("Het ontwerp is weggegooid."))
    return redirect("reports:list")


def _version(request: AuthedRequest) -> int:
    """The version this person looked at; nonsense is no version at all."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() else 0
