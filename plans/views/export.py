"""The list of actions as a spreadsheet: exactly the rows that were found, in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.http import AuthedRequest
from core.spreadsheet import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx
from plans.filters import ActionSearch
from plans.rows import EXPORT_COLUMNS, export_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.spreadsheet import Cell


def _rows(request: AuthedRequest) -> Iterator[list[Cell]]:
    today = timezone.localdate()
    for action in ActionSearch(request.user, request.GET).rows.for_list():
        yield export_row(action, on=today)


def _name(ending: str) -> str:
    return f"acties-{timezone.localdate():%Y-%m-%d}.{ending}"


@require_safe
def actions_xlsx(request: AuthedRequest) -> FileResponse:
    book = xlsx(_("Acties"), [str(name) for name in EXPORT_COLUMNS], _rows(request))
    return FileResponse(book, as_attachment=True, filename=_name("xlsx"), content_type=XLSX_TYPE)


@require_safe
def actions_csv(request: AuthedRequest) -> StreamingHttpResponse:
    # Read now, while the request's person and language are there; the lines then stream.
    lines = list(csv_lines([str(name) for name in EXPORT_COLUMNS], _rows(request)))
    response = StreamingHttpResponse(lines, content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{_name("csv")}"'
    return response
