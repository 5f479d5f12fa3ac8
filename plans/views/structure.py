"""The tree of a plan: make, edit, move, put in order, archive and restore its parts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.form_page import show_form
from core.http import AuthedRequest, sent
from plans import outline, permissions, tree
from plans.forms.revision import RevisionForm
from plans.forms.structure import EDIT, NEW, MoveForm
from plans.models import Plan
from plans.operations import structure as operations
from plans.operations.plan import MovedError, save_text
from plans.tree import Kind
from plans.views.common import get_plan, plan_page, try_save

FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])
LONGEST_KEY = 18  # digits; no row has a longer one


def _kind(slug: str) -> Kind:
    kind = tree.find(slug)
    if kind is None:
        raise Http404
    return kind


def _made_here(slug: str) -> Kind:
    kind = _kind(slug)
    if not kind.made_here:
        raise Http404
    return kind


def _row(request: AuthedRequest, kind: Kind, plan: Plan, pk: int) -> Any:
    return get_object_or_404(kind.rows(plan, request.user), pk=pk)


def _key(text: str | None) -> int:
    """A key from the address or a form; what is none leads nowhere."""
    if text and text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY:
        return int(text)
    return 0


def _outline_url(plan: Plan, row: Any) -> str:
    """The page of the tree on which a row stands."""
    url = reverse("plans:structure", args=[plan.code])
    number = outline.domain_number(row)
    return f"{url}?domein={number}" if number else url


@require_safe
def structure(request: AuthedRequest, code: str) -> HttpResponse:
    plan = get_plan(request, code)
    permissions.may_edit(request.user, plan).or_403()
    number = _key(request.GET.get("domein"))
    domain = plan.domains.filter(number=number, archived_at=None).first() if number else None
    lists = (
        outline.of_domain(domain, plan, request.user)
        if domain
        else outline.of_plan(plan, request.user)
    )
    context = {
        "plan": plan,
        "domain": domain,
        "lists": lists,
        "archived": outline.archived(plan, request.user),
        "may_revise": permissions.may_revise(request.user, plan),
    }
    return render(request, "plans/structure.html", context)


@FORM_METHODS
def part_create(request: AuthedRequest, code: str, slug: str) -> HttpResponse:
    plan, kind = get_plan(request, code), _made_here(slug)
    permissions.may_revise(request.user, plan).or_403()
    parent = plan if not kind.is_movable else _parent(request, kind, plan)
    initial = operations.next_identity(kind, parent)

    def make() -> Any:
        row: Any = kind.model(**{kind.parent: parent})
        asked = {"instance": row, "initial": initial, "plan": plan, "by": request.user}
        return NEW[slug](sent(request), **asked)

    def save(form: Any) -> Any:
        return operations.save_part(form, kind, parent, plan=plan, by=request.user)

    form, row = try_save(make, save, plan, by=request.user)
    if row:
        messages.success(request, _("Toegevoegd: %s.") % row)
        return redirect(_outline_url(plan, row))
    title = _("%s toevoegen") % str(kind.label).capitalize()
    page = plan_page(title, plan, _outline_url(plan, parent), _("Toevoegen"), lead=_in(parent))
    return show_form(request, form, page)


def _parent(request: AuthedRequest, kind: Kind, plan: Plan) -> Any:
    return get_object_or_404(kind.parents(plan), pk=_key(request.GET.get("in")))


def _in(parent: Any) -> str:
    return "" if isinstance(parent, Plan) else _("In %s") % parent


@FORM_METHODS
def part_edit(request: AuthedRequest, code: str, slug: str, pk: int) -> HttpResponse:
    plan, kind = get_plan(request, code), _made_here(slug)
    row = _row(request, kind, plan, pk)
    permissions.may_revise(request.user, plan).or_403()

    def make() -> Any:
        fresh = _row(request, kind, plan, pk)
        return EDIT[slug](sent(request), instance=fresh, plan=plan, by=request.user)

    form, saved = try_save(make, lambda form: save_text(form, plan, by=request.user), plan)
    if saved:
        messages.success(request, _("Bewaard: %s.") % saved)
        return redirect(_outline_url(plan, saved))
    title = _("%s wijzigen") % str(kind.label).capitalize()
    draft = f"{slug}-{pk}"
    page = plan_page(title, plan, _outline_url(plan, row), _("Bewaren"), str(row), draft=draft)
    return show_form(request, form, page)


@FORM_METHODS
def part_move(request: AuthedRequest, code: str, slug: str, pk: int) -> HttpResponse:
    plan, kind = get_plan(request, code), _kind(slug)
    if not kind.is_movable:
        raise Http404
    row = _row(request, kind, plan, pk)
    permissions.may_revise(request.user, plan).or_403()
    form: Any = MoveForm(sent(request), kind=kind, row=row, plan=plan, by=request.user)
    if form.is_valid() and _moved(request, form, kind, row, plan):
        messages.success(request, _("Verplaatst: %s.") % row)
        return redirect(_outline_url(plan, row))
    page = plan_page(
        _("%s verplaatsen") % str(kind.label).capitalize(),
        plan,
        _outline_url(plan, row),
        _("Verplaatsen"),
        _("%s komt achteraan in de lijst. De code blijft dezelfde.") % row,
    )
    return show_form(request, form, page)


def _moved(request: AuthedRequest, form: Any, kind: Kind, row: Any, plan: Plan) -> bool:
    target, data = form.cleaned_data["target"], form.revision_data()
    try:
        operations.move(kind, row, target, data, plan=plan, by=request.user)
    except ValidationError as error:
        form.add_error("target", error)
    except MovedError as moved:
        form.add_error(None, str(moved.message))
    return not form.errors


@require_POST
def part_order(request: AuthedRequest, code: str, slug: str) -> HttpResponse:
    """Keep the order as dragged, or move one row up or down with its buttons."""
    plan, kind = get_plan(request, code), _kind(slug)
    permissions.may_edit(request.user, plan).or_403()
    if not kind.ordered:
        raise Http404
    parent = plan if not kind.is_movable else _parent(request, kind, plan)
    key, _colon, direction = request.POST.get("move", "").partition(":")
    if direction in {"up", "down"}:
        row = _row(request, kind, plan, _key(key))
        up = direction == "up"
        shown = outline.order_of(kind, parent, plan, request.user)
        operations.shift(kind, row, shown, up=up, plan=plan, by=request.user)
    else:
        order = [_key(item) for item in request.POST.getlist("order")]
        operations.reorder(kind, parent, order, plan=plan, by=request.user)
    messages.success(request, _("De volgorde is bewaard."))
    return redirect(f"{_outline_url(plan, parent)}#{outline.anchor(kind, parent)}")


@FORM_METHODS
def part_archive(request: AuthedRequest, code: str, slug: str, pk: int) -> HttpResponse:
    return _archive(request, code, slug, pk, archived=True)


@FORM_METHODS
def part_restore(request: AuthedRequest, code: str, slug: str, pk: int) -> HttpResponse:
    return _archive(request, code, slug, pk, archived=False)


def _archive(
    request: AuthedRequest, code: str, slug: str, pk: int, *, archived: bool
) -> HttpResponse:
    plan, kind = get_plan(request, code), _kind(slug)
    row = _row(request, kind, plan, pk)
    permissions.may_revise(request.user, plan).or_403()
    form: Any = RevisionForm(sent(request), plan=plan, by=request.user)
    if form.is_valid() and _archived(request, form, kind, row, plan, archived=archived):
        text = _("Gearchiveerd: %s.") if archived else _("Hersteld: %s.")
        messages.success(request, text % row)
        return redirect(reverse("plans:structure", args=[plan.code]))
    title = _("%s archiveren") if archived else _("%s herstellen")
    page = plan_page(
        title % str(kind.label).capitalize(),
        plan,
        _outline_url(plan, row),
        _("Archiveren") if archived else _("Herstellen"),
        outline.effect_of_archiving(row, archived=archived),
        danger=archived,
    )
    return show_form(request, form, page)


def _archived(
    request: AuthedRequest, form: Any, kind: Kind, row: Any, plan: Plan, *, archived: bool
) -> bool:
    data = form.revision_data()
    try:
        operations.set_archived(kind, row, data, archived=archived, plan=plan, by=request.user)
    except MovedError as moved:
        form.add_error(None, str(moved.message))
    return not form.errors
