"""The list as a file: exactly the rows that were found, in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core.form_page import FormPage, show_form
from core.http import AuthedRequest, sent
from core.paging import MOST
from core.spreadsheet import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx
from meldingen import permissions
from meldingen.filters import MeldingSearch
from meldingen.forms.export import CSV, ExportForm
from meldingen.operations.readings import read_for_export
from meldingen.rows import EXPORT_COLUMNS, REPORTER_COLUMNS, export_row, reporter_cells

if TYPE_CHECKING:
    from core.spreadsheet import Cell


@require_http_methods(["GET", "HEAD", "POST"])
def meldingen_export(request: AuthedRequest) -> HttpResponseBase:
    permissions.may_read(request.user).or_403()
    search = MeldingSearch(request.user, request.GET)
    form = ExportForm(sent(request), by=request.user)
    count = search.rows.order_by()[: MOST + 1].count()
    if form.is_valid():
        if count <= MOST:
            return _file(request, search, form)
        form.add_error(None, _("Meer dan 10.000 meldingen. Zet eerst een filter aan."))
    return _page(request, form, search, count)


def _page(
    request: AuthedRequest, form: ExportForm, search: MeldingSearch, count: int
) -> HttpResponse:
    back = f"{reverse('meldingen:list')}?{search.query}"
    chips = ", ".join(chip.label for chip in search.chips)
    lead = _("%(n)d meldingen") % {"n": count} + (f": {chips}" if chips else "")
    crumbs = ((gettext_lazy("Meldingen"), back),)
    return show_form(request, form, FormPage(_("Exporteren"), _("Downloaden"), back, lead, crumbs))


def _file(request: AuthedRequest, search: MeldingSearch, form: ExportForm) -> HttpResponseBase:
    columns = [str(name) for name in EXPORT_COLUMNS]
    with_reporters = form.cleaned_data.get("reporters", False)
    if with_reporters:
        columns += [str(name) for name in REPORTER_COLUMNS]
    rows = _rows(request, search, with_reporters=with_reporters)
    name = f"meldingen-{timezone.localdate():%Y-%m-%d}.{form.cleaned_data['kind']}"
    if form.cleaned_data["kind"] == CSV:
        response = StreamingHttpResponse(list(csv_lines(columns, rows)), content_type=CSV_TYPE)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    book = xlsx(_("Meldingen"), columns, rows)
    return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX_TYPE)


def _rows(
    request: AuthedRequest, search: MeldingSearch, *, with_reporters: bool
) -> list[list[Cell]]:
    found = list(search.rows.for_list().select_related("category__group", "closure_reason"))
    lines = [export_row(melding, on=search.today) for melding in found]
    if not with_reporters:
        return lines
    told = read_for_export(found, by=request.user)
    return [
        [*line, *reporter_cells(told.get(melding.pk, []))]
        for melding, line in zip(found, lines, strict=True)
    ]
