"""What was shared with whom: to look up, and as a spreadsheet for the data-protection officer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.http import AuthedRequest
from core.paging import page_of
from core.spreadsheet import XLSX_TYPE, xlsx
from partners import permissions
from partners.filters import SharingFilter
from partners.models import Direction, LegalGround, SharingEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.spreadsheet import Cell

PER_PAGE = 50
COLUMNS = (
    "at", "direction", "partner__name", "subject_label", "what", "purpose", "ground", "until",
    "by_name",
)  # fmt: skip
HEADS = (
    gettext_lazy("Wanneer"),
    gettext_lazy("Richting"),
    gettext_lazy("Partner"),
    gettext_lazy("Onderwerp"),
    gettext_lazy("Wat"),
    gettext_lazy("Doel"),
    gettext_lazy("Rechtsgrond"),
    gettext_lazy("Tot"),
    gettext_lazy("Door"),
)


def _found(request: AuthedRequest) -> SharingFilter:
    permissions.may_read_sharing(request.user).or_403()
    return SharingFilter(request.GET, SharingEntry.objects.visible_to(request.user))


@require_safe
def sharing_log(request: AuthedRequest) -> HttpResponse:
    found = _found(request)
    page = page_of(found.qs, COLUMNS, request.GET.get("page"), PER_PAGE)
    context = {"filter": found, "page": page, "rows": [_words(row) for row in page.object_list]}
    template = "partners/sharing_log.html"
    return render(request, f"{template}#results" if request.htmx else template, context)


def _words(row: tuple[Any, ...]) -> dict[str, Any]:
    """One line, in words."""
    line: dict[str, Any] = dict(zip(COLUMNS, row, strict=False))
    line["direction"] = Direction(line["direction"]).label
    line["ground"] = LegalGround(line["ground"]).label if line["ground"] else ""
    return {name.replace("__", "_"): value for name, value in line.items()}


@require_safe
def sharing_xlsx(request: AuthedRequest) -> FileResponse:
    """Exactly the lines that were found, all pages together."""
    book = xlsx(_("Gedeeld met partners"), [str(head) for head in HEADS], _lines(_found(request)))
    name = f"gedeeld-{timezone.localdate():%Y-%m-%d}.xlsx"
    return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX_TYPE)


def _lines(found: SharingFilter) -> Iterator[list[Cell]]:
    for row in found.qs.values_list(*COLUMNS).iterator(chunk_size=2000):
        line: dict[str, Any] = _words(row)
        line["at"] = f"{timezone.localtime(line['at']):%d/%m/%Y %H:%M}"
        line["until"] = timezone.localdate(line["until"]) if line["until"] else None
        yield list(line.values())
