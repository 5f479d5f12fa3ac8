"""The list of agreements, the same as a spreadsheet, and what asks attention."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.roles import Right
from core.http import AuthedRequest
from core.spreadsheet import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx
from partners import permissions
from partners.agreement_filters import AgreementFilter
from partners.agreement_rows import EXPORT_COLUMNS, agreement_row, export_row, need_row
from partners.models import Agreement, AgreementType
from partners.models.attention import needs
from partners.operations.defaults import places_without
from partners.views.common import tabs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.spreadsheet import Cell
    from partners.models.attention import Reason

PER_PAGE = 50


@require_safe
def agreement_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_read_agreements(request.user).or_403()
    found = AgreementFilter(request.user, request.GET)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    reasons, today = _reasons(page.object_list), timezone.localdate()
    context = {
        "form": found.form,
        "active": found.active_count,
        "page": page,
        "rows": [agreement_row(row, reasons, on=today) for row in page],
        "query": request.GET.urlencode(),
        "may_make": permissions.may_make_agreement(request.user),
        "narrowed": found.active_count or found.form.cleaned_data.get("q"),
        "tabs": tabs(request.user, "agreements:list"),
    }
    template = "partners/agreement_list.html"
    return render(request, f"{template}#results" if request.htmx else template, context)


def _reasons(shown: Iterable[Agreement]) -> dict[int, list[Reason]]:
    """Why each agreement of this page asks attention."""
    keys = [row.pk for row in shown]
    found: dict[int, list[Reason]] = defaultdict(list)
    for need in needs(Agreement.objects.filter(pk__in=keys), on=timezone.localdate()):
        found[need.agreement_id].append(need.reason)
    return found


@require_safe
def attention(request: AuthedRequest) -> HttpResponse:
    """Everything that agreements ask, the most urgent first, each with where it is done."""
    permissions.may_make_agreement(request.user).or_403()
    today = timezone.localdate()
    found = needs(Agreement.objects.editable_by(request.user), on=today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [need_row(need, on=today) for need in page]}
    return render(request, "partners/agreement_attention.html", context)


def _rows(request: AuthedRequest) -> Iterator[list[Cell]]:
    permissions.may_read_agreements(request.user).or_403()
    return (export_row(row) for row in AgreementFilter(request.user, request.GET).qs)


def _name(ending: str) -> str:
    return f"afspraken-{timezone.localdate():%Y-%m-%d}.{ending}"


@require_safe
def agreements_xlsx(request: AuthedRequest) -> FileResponse:
    book = xlsx(_("Afspraken"), [str(name) for name in EXPORT_COLUMNS], _rows(request))
    return FileResponse(book, as_attachment=True, filename=_name("xlsx"), content_type=XLSX_TYPE)


@require_safe
def agreements_csv(request: AuthedRequest) -> StreamingHttpResponse:
    # Read now, while the request's person and language are there; the lines then stream.
    lines = list(csv_lines([str(name) for name in EXPORT_COLUMNS], _rows(request)))
    response = StreamingHttpResponse(lines, content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{_name("csv")}"'
    return response


@require_safe
def type_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_make_agreement(request.user).or_403()
    rows = AgreementType.objects.editable_by(request.user).select_related("municipality")
    places = request.user.municipality_ids_with(Right.AGREEMENT_EDIT)
    bare = places_without("agreement_types", places)
    return render(request, "partners/agreement_types.html", {"rows": rows, "bare": bare})
