"""The register as a spreadsheet: exactly the partners that were found. Notes are never in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.http import AuthedRequest
from core.spreadsheet import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx
from partners import permissions
from partners.models import Agreement
from partners.rows import EXPORT_COLUMNS, export_row
from partners.views.common import found_partners

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.spreadsheet import Cell


def _rows(request: AuthedRequest) -> Iterator[list[Cell]]:
    permissions.may_read_register(request.user).or_403()
    agreements = Agreement.objects.visible_to(request.user)
    found = found_partners(request).qs
    for partner in found.for_export(on=timezone.localdate(), agreements=agreements):
        yield export_row(partner)


def _name(ending: str) -> str:
    return f"partners-{timezone.localdate():%Y-%m-%d}.{ending}"


@require_safe
def partners_xlsx(request: AuthedRequest) -> FileResponse:
    book = xlsx(_("Partners"), [str(name) for name in EXPORT_COLUMNS], _rows(request))
    return FileResponse(book, as_attachment=True, filename=_name("xlsx"), content_type=XLSX_TYPE)


@require_safe
def partners_csv(request: AuthedRequest) -> StreamingHttpResponse:
    # Read now, while the request's person and language are there; the lines then stream.
    lines = list(csv_lines([str(name) for name in EXPORT_COLUMNS], _rows(request)))
    response = StreamingHttpResponse(lines, content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{_name("csv")}"'
    return response
