"""The list of meldingen: what is to be done, found, kept under a name, and taken away as a sheet."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.http import AuthedRequest
from core.paging import capped_page
from meldingen import permissions
from meldingen.filters import MeldingSearch, Tab
from meldingen.models import InboundMail, ReporterQuestion, SavedView
from meldingen.rows import COLUMNS, table_rows

PER_PAGE = 50


@require_safe
def melding_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_read(request.user).or_403()
    search = MeldingSearch(request.user, request.GET)
    template = "meldingen/list.html"
    if request.htmx and not request.htmx.boosted:
        template += "#results"
    return render(request, template, _context(request, search))


def _context(request: AuthedRequest, search: MeldingSearch) -> dict[str, Any]:
    rows = search.rows.values_list(*COLUMNS, named=True)
    page = capped_page(rows, request.GET.get("page"), PER_PAGE, known=search.known)
    return {
        "form": search.filter.form,
        "chips": search.chips,
        "active": len(search.chips),
        "tabs": search.tabs,
        "saved": _saved(request, search.query),
        "page": page,
        "rows": list(table_rows(page, on=search.today, query=search.query)),
        "sort": search.sort,
        "query": search.query,
        "may_take_in": permissions.may_take_in(request.user),
        "replies": ReporterQuestion.objects.visible_to(request.user).unread().count(),
        "may_answer": permissions.may_answer_any(request.user),
        "may_read_figures": permissions.may_read_figures(request.user),
        "may_edit_boxes": permissions.may_edit_boxes(request.user),
        "may_triage": permissions.may_triage(request.user),
        "mails": _mails(request),
        "may_keep": permissions.may_share_view(request.user),
        "may_manage": permissions.may_manage_lists(request.user),
    }


def _mails(request: AuthedRequest) -> int | None:
    """How many mails from outside wait for who shares out the meldingen; None where none come."""
    if not permissions.may_triage(request.user):
        return None
    mails = InboundMail.objects.visible_to(request.user)
    found = mails.to_look_at().count()
    return found if found or mails.exists() else None


def _saved(request: AuthedRequest, query: str) -> list[Tab]:
    views = SavedView.objects.visible_to(request.user)
    return [Tab(row.name, f"?{row.query}", row.query == query) for row in views]
