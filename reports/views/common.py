"""What the views of reports share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.form_page import FormPage
from reports.models import Report, Variant
from reports.models.kinds import HELP

if TYPE_CHECKING:
    from core.http import AuthedRequest

FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])


def get_report(request: AuthedRequest, pk: int) -> Report:
    """A report outside someone's view does not exist for them: 404, never 403."""
    reports = Report.objects.visible_to(request.user).select_related(
        "plan__municipality",
        "municipality",
        "previous",
        "pdf_work",
        "frozen_by",
        "partner",
        "neighbourhood",
    )
    return get_object_or_404(reports, pk=pk)


def get_frozen(request: AuthedRequest, pk: int) -> Report:
    reports = Report.objects.visible_to(request.user).frozen()
    loaded = ("municipality", "plan", "pdf_work", "partner", "neighbourhood")
    return get_object_or_404(reports.select_related(*loaded), pk=pk)


def get_variant(kind: str) -> Variant:
    """The kind of report that an address names."""
    if kind not in Variant:
        raise Http404
    return Variant(kind)


def offered(name: str) -> list[dict[str, Any]]:
    """The kinds to choose from, each with the address of its own form."""
    return [
        {"label": one.label, "help": HELP[one], "url": reverse(name, args=[one.value])}
        for one in Variant
    ]


def report_page(report: Report, title: str, submit: str, lead: str = "") -> FormPage:
    """A form about a frozen report: the way back is that report."""
    back = report.get_absolute_url()
    crumbs = ((_("Rapporten"), reverse("reports:list")), (report.title, back))
    return FormPage(title, submit, back, lead, crumbs)
