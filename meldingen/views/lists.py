"""The lists of the municipality: categories, groups, sources, reasons and standard texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Right
from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from core.placeholders import fill
from meldingen import permissions
from meldingen.forms import lists as forms
from meldingen.models import (
    Category,
    CategoryGroup,
    CategoryQuestion,
    ClosureReason,
    PublicText,
    Source,
    StandardText,
)
from meldingen.operations import defaults, lists
from meldingen.placeholders import EXAMPLES
from meldingen.public_texts import TERM, term

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class ListKind:
    """One of the lists: its place in the address, its words, its forms, and what a line tells."""

    slug: str
    title: _StrPromise
    one: _StrPromise
    model: Any
    create: Any
    edit: Any
    loads: tuple[str, ...] = ()


CATEGORIES = ListKind("categorieen", gettext_lazy("Categorieën"), gettext_lazy("Nieuwe categorie"),
                      Category, forms.CategoryForm, forms.CategoryEditForm,
                      ("group", "handler"))  # fmt: skip
TEXTS = ListKind("teksten", gettext_lazy("Standaardteksten"), gettext_lazy("Nieuwe tekst"),
                 StandardText, forms.TextForm, forms.TextEditForm, ("category",))  # fmt: skip
PUBLIC = ListKind("publieke-teksten", gettext_lazy("Publieke teksten"),
                  gettext_lazy("Nieuwe publieke tekst"), PublicText, forms.PublicTextForm,
                  forms.PublicTextEditForm, ("source",))  # fmt: skip
KINDS = {
    kind.slug: kind
    for kind in (
        CATEGORIES,
        ListKind("hoofdcategorieen", gettext_lazy("Hoofdcategorieën"),
                 gettext_lazy("Nieuwe hoofdcategorie"), CategoryGroup, forms.GroupForm,
                 forms.GroupEditForm),
        ListKind("bronnen", gettext_lazy("Bronnen"), gettext_lazy("Nieuwe bron"), Source,
                 forms.SourceForm, forms.SourceEditForm),
        ListKind("redenen", gettext_lazy("Redenen van afsluiten"), gettext_lazy("Nieuwe reden"),
                 ClosureReason, forms.ReasonForm, forms.ReasonEditForm),
        TEXTS,
        PUBLIC,
    )
}  # fmt: skip


def _kind(slug: str) -> ListKind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _rows(request: AuthedRequest, kind: ListKind) -> QuerySet[Any]:
    """The lines of the lists that this person keeps."""
    permissions.may_manage_lists(request.user).or_403()
    rows: QuerySet[Any] = kind.model.objects.editable_by(request.user)
    return rows.select_related("municipality__melding_terms", *kind.loads)


def _get(request: AuthedRequest, kind: ListKind, pk: int) -> Any:
    return get_object_or_404(_rows(request, kind), pk=pk)


def _url(kind: ListKind) -> str:
    return reverse("meldingen:list-items", args=[kind.slug])


@require_safe
def list_overview(request: AuthedRequest) -> HttpResponse:
    return list_items(request, CATEGORIES.slug)


@require_safe
def list_items(request: AuthedRequest, slug: str) -> HttpResponse:
    kind = _kind(slug)
    rows = _rows(request, kind)
    places = request.user.municipality_ids_with(Right.MELDING_LISTS)
    ordered = rows.order_by("municipality", *kind.model._meta.ordering)
    context = {
        "kind": kind,
        "kinds": KINDS.values(),
        "bare": defaults.bare_lists(places),
        "several": len(places) > 1,
        "manages": request.user.has_right(Right.PEOPLE_MANAGE),
    }
    if kind in {TEXTS, PUBLIC}:
        texts = [_shown_text(row) for row in ordered]
        return render(request, "meldingen/lists_texts.html", context | {"texts": texts})
    context["lines"] = [(row, _note(row)) for row in ordered if not row.archived_at]
    context["archived"] = [row for row in ordered if row.archived_at]
    return render(request, "meldingen/lists.html", context)


def _shown_text(row: Any) -> tuple[Any, str, str, str]:
    """A text with what it is for, and how it reads in an example."""
    if isinstance(row, PublicText):
        french = row.french.replace(TERM, term(row.municipality, "fr"))
        return row, "", row.dutch.replace(TERM, term(row.municipality, "nl")), french
    everything = _("Voor alle categorieën zonder eigen tekst")
    note = _("Alleen voor %s") % row.category.name if row.category else everything
    return row, note, fill(row.dutch, EXAMPLES), fill(row.french, EXAMPLES)


def _note(row: Any) -> str:
    """What one line tells besides its name."""
    match row:
        case Category():
            days = _("%d werkdagen") % row.resolve_days
            return " · ".join(str(part) for part in (row.group, row.handler, days) if part)
        case ClosureReason():
            return _("vraagt een eigen toelichting") if row.needs_text else ""
        case Source() if row.is_public:
            return _("van het publieke formulier")
        case Source() if row.is_internal:
            return _("van binnen de gemeente")
    return ""


def _page(kind: ListKind, title: Any, submit: str) -> FormPage:
    crumbs = ((kind.title, _url(kind)),)
    return FormPage(title, submit, _url(kind), crumbs=crumbs)


@GET_OR_POST
def item_create(request: AuthedRequest, slug: str) -> HttpResponse:
    kind = _kind(slug)
    permissions.may_manage_lists(request.user).or_403()
    form, made = try_save(
        lambda: kind.create(sent(request), by=request.user),
        lambda form: form.once(lists.make, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("Het staat in de lijst."))
        return redirect(_url(kind))
    return show_form(request, form, _page(kind, kind.one, _("Toevoegen")))


@GET_OR_POST
def item_edit(request: AuthedRequest, slug: str, pk: int) -> HttpResponse:
    kind = _kind(slug)
    row = _get(request, kind, pk)
    form, saved = try_save(
        lambda: kind.edit(sent(request), instance=_get(request, kind, pk), by=request.user),
        lambda form: lists.edit(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De wijziging is bewaard."))
        return redirect(_url(kind))
    return show_form(request, form, _page(kind, str(row), _("Bewaren")))


@require_POST
def item_archive(request: AuthedRequest, slug: str, pk: int) -> HttpResponse:
    kind = _kind(slug)
    row = _archivable(_get(request, kind, pk))
    verdict = permissions.may_archive_item(row)
    if not verdict:
        messages.warning(request, str(verdict.reason))
        return redirect(_url(kind))
    lists.set_archived(row, archived=True, by=request.user)
    messages.success(request, _("Gearchiveerd. Meldingen die het hebben, houden het."))
    return redirect(_url(kind))


@require_POST
def item_restore(request: AuthedRequest, slug: str, pk: int) -> HttpResponse:
    kind = _kind(slug)
    lists.set_archived(_archivable(_get(request, kind, pk)), archived=False, by=request.user)
    messages.success(request, _("Het staat weer in de lijst."))
    return redirect(_url(kind))


def _archivable(row: Any) -> Any:
    if not hasattr(row, "archived_at"):
        raise Http404
    return row


@require_POST
def items_order(request: AuthedRequest, slug: str) -> HttpResponse:
    """Keep the order as dragged, or move one line up or down with its buttons."""
    kind = _kind(slug)
    rows = _rows(request, kind)
    if kind in {TEXTS, PUBLIC}:
        raise Http404
    current = rows.filter(archived_at=None).select_related(None)
    lists.reorder(current, asked_order(request), by=request.user)
    messages.success(request, _("De volgorde is bewaard."))
    return redirect(_url(kind))


def asked_order(request: AuthedRequest) -> list[int]:
    """The keys in the order asked: as dragged, with the one that has to move one place on."""
    order = [int(key) for key in request.POST.getlist("order") if _is_key(key)]
    key, _colon, direction = request.POST.get("move", "").partition(":")
    if not (_is_key(key) and int(key) in order and direction in {"up", "down"}):
        return order
    at = order.index(int(key))
    to = max(at - 1, 0) if direction == "up" else min(at + 1, len(order) - 1)
    order.insert(to, order.pop(at))
    return order


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < len(str(2**63))


@require_POST
def lists_defaults(request: AuthedRequest) -> HttpResponse:
    """The usual lines, for each list of this person's municipalities that has none."""
    permissions.may_manage_lists(request.user).or_403()
    for place in defaults.bare_lists(request.user.municipality_ids_with(Right.MELDING_LISTS)):
        defaults.take_lists(place, by=request.user)
    messages.success(request, _("De standaardlijst staat er. Pas ze aan zoals jullie werken."))
    return redirect("meldingen:lists")


def _category(request: AuthedRequest, pk: int) -> Category:
    found: Category = _get(request, CATEGORIES, pk)
    return found


def _question(request: AuthedRequest, pk: int) -> CategoryQuestion:
    mine = _rows(request, CATEGORIES).values("pk")
    rows = CategoryQuestion.objects.filter(category__in=mine).select_related("category")
    return get_object_or_404(rows, pk=pk)


def _questions(category: Category) -> str:
    return reverse("meldingen:category-questions", args=[category.pk])


@require_safe
def questions(request: AuthedRequest, pk: int) -> HttpResponse:
    """What is asked besides, for one category."""
    category = _category(request, pk)
    rows = list(category.questions.all())
    context = {
        "category": category,
        "rows": [row for row in rows if not row.archived_at],
        "archived": [row for row in rows if row.archived_at],
    }
    return render(request, "meldingen/category_questions.html", context)


def _question_page(category: Category, title: str, submit: str) -> FormPage:
    back = _questions(category)
    crumbs = ((CATEGORIES.title, _url(CATEGORIES)), (category.name, back))
    return FormPage(title, submit, back, crumbs=crumbs)


@GET_OR_POST
def question_create(request: AuthedRequest, pk: int) -> HttpResponse:
    category = _category(request, pk)
    form, made = try_save(
        lambda: forms.QuestionForm(sent(request), category=category),
        lambda form: form.once(lists.make, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("De vraag wordt voortaan gesteld."))
        return redirect(_questions(category))
    return show_form(request, form, _question_page(category, _("Nieuwe vraag"), _("Toevoegen")))


@GET_OR_POST
def question_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    category = _question(request, pk).category
    form, saved = try_save(
        lambda: forms.QuestionEditForm(sent(request), instance=_question(request, pk)),
        lambda form: lists.edit(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De vraag is bewaard."))
        return redirect(_questions(category))
    return show_form(request, form, _question_page(category, _("Vraag wijzigen"), _("Bewaren")))


@require_POST
def question_archive(request: AuthedRequest, pk: int) -> HttpResponse:
    row = _question(request, pk)
    lists.set_archived(row, archived=True, by=request.user)
    messages.success(request, _("De vraag wordt niet meer gesteld. Antwoorden blijven staan."))
    return redirect(_questions(row.category))


@require_POST
def question_restore(request: AuthedRequest, pk: int) -> HttpResponse:
    row = _question(request, pk)
    lists.set_archived(row, archived=False, by=request.user)
    messages.success(request, _("De vraag wordt weer gesteld."))
    return redirect(_questions(row.category))
