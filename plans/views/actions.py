"""The list of actions, and one action with all that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.http import AuthedRequest
from core.paging import page_number, page_of
from plans import permissions
from plans.filters import ActionSearch
from plans.models import Action
from plans.rows import COLUMNS as ROW_COLUMNS
from plans.rows import table_rows
from plans.views.action_page import action_page, load

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from accounts.models import User

PAGE_SIZE = 50
FURTHEST = 100  # pages of the timeline
COLUMNS = (
    ("code", _("Code")),
    ("titel", _("Actie")),
    ("domein", _("Domein")),
    ("trekker", _("Trekker")),
    ("status", _("Status")),
    ("stand", _("Verkeerslicht")),
    ("voortgang", _("Voortgang")),
    ("einde", _("Einde")),
    ("nieuws", _("Bijgewerkt")),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column: a link that sorts by it, the other way round when it did already."""

    label: str | _StrPromise
    url: str
    icon: str
    direction: str = ""  # what aria-sort says


def headings(data: QueryDict, sort: str) -> list[Heading]:
    return [_heading(data, sort, name, label) for name, label in COLUMNS]


def _heading(data: QueryDict, sort: str, name: str, label: str | _StrPromise) -> Heading:
    query = data.copy()
    query.pop("page", None)
    query["sort"] = f"-{name}" if sort == name else name
    url = f"?{query.urlencode()}"
    if sort.removeprefix("-") != name:
        return Heading(label, url, "arrows-sort")
    if sort.startswith("-"):
        return Heading(label, url, "arrow-down", "descending")
    return Heading(label, url, "arrow-up", "ascending")


def get_action(user: User, pk: int) -> Action:
    """An action outside someone's view does not exist for them: 404, never 403."""
    loaded = (
        "plan__municipality",
        "plan__zone",
        "sub_theme__domain",
        "lead_partner",
        "lead_person",
    )
    return get_object_or_404(Action.objects.visible_to(user).select_related(*loaded), pk=pk)


@require_safe
def action_list(request: AuthedRequest) -> HttpResponse:
    search = ActionSearch(request.user, request.GET)
    page = page_of(search.rows, ROW_COLUMNS, request.GET.get("page"), PAGE_SIZE)
    template = "plans/action_list.html"
    if request.htmx and not request.htmx.boosted:
        template += "#results"
    return render(request, template, _list_context(request, search, page))


def _list_context(request: AuthedRequest, search: ActionSearch, page: Any) -> dict[str, Any]:
    plan = search.plan
    return {
        "form": search.filter.form,
        "chips": search.chips,
        "active": len(search.chips),
        "page": page,
        "total": page.paginator.count,
        "rows": list(table_rows(page, on=timezone.localdate(), group=search.group)),
        "columns": headings(request.GET, search.sort),
        "query": request.GET.urlencode(),
        "plan": plan,
        "may_edit": permissions.may_edit(request.user, plan) if plan else None,
    }


@require_safe
def action_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    action = load(request.user, pk)
    number = page_number(request.GET.get("verloop"), furthest=FURTHEST)
    context = action_page(action, request.user, number)
    template = "plans/action_detail.html"
    if request.htmx and "verloop" in request.GET:
        template = "plans/action_timeline.html"
    return render(request, template, context)
