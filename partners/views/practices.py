"""Good practices: what worked, to be found and told."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.form_page import show_form, try_save
from core.http import AuthedRequest, sent
from partners import permissions
from partners.forms.competences import WhoForm
from partners.forms.practices import PracticeEditForm, PracticeForm
from partners.models import GoodPractice
from partners.operations import practices
from partners.views.common import partner_page, tabs

PER_PAGE = 20
FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def practice_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_read_practices(request.user).or_403()
    form = WhoForm(request.GET)
    words = form.cleaned_data.get("q", "") if form.is_valid() else ""
    archived = request.GET.get("archief") == "ja"
    seen = GoodPractice.objects.visible_to(request.user)
    rows = seen.archived() if archived else seen.current()
    found = rows.search(words) if words else rows
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "archived": archived,
        "may_make": permissions.may_make_practices(request.user),
        "tabs": tabs(request.user, "partners:practices"),
    }
    return render(request, "partners/practice_list.html", context)


def get_practice(request: AuthedRequest, pk: int) -> GoodPractice:
    seen = GoodPractice.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("municipality"), pk=pk)


@require_safe
def practice_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    practice = get_practice(request, pk)
    context = {
        "practice": practice,
        "may_edit": permissions.may_edit_practice(request.user, practice),
    }
    return render(request, "partners/practice_detail.html", context)


@FORM_METHODS
def practice_create(request: AuthedRequest) -> HttpResponse:
    permissions.may_make_practices(request.user).or_403()
    form, made = try_save(
        lambda: PracticeForm(sent(request), by=request.user),
        lambda form: form.once(practices.make, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("De goede praktijk staat erbij."))
        return redirect(made)
    back = reverse("partners:practices")
    page = partner_page(_("Goede praktijk toevoegen"), back, _("Goede praktijken"), _("Toevoegen"))
    return show_form(request, form, page)


@FORM_METHODS
def practice_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    practice = get_practice(request, pk)
    permissions.may_edit_practice(request.user, practice).or_403()
    form, saved = try_save(
        lambda: PracticeEditForm(sent(request), instance=get_practice(request, pk)),
        lambda form: practices.edit(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De goede praktijk is bewaard."))
        return redirect(practice)
    back = practice.get_absolute_url()
    page = partner_page(_("Goede praktijk wijzigen"), back, practice.title, _("Bewaren"))
    return show_form(request, form, page)


@require_POST
def practice_archive(request: AuthedRequest, pk: int) -> HttpResponse:
    practice = get_practice(request, pk)
    practices.archive(practice, by=request.user)
    messages.success(request, _("De goede praktijk is gearchiveerd."))
    return redirect(practice)


@require_POST
def practice_restore(request: AuthedRequest, pk: int) -> HttpResponse:
    practice = get_practice(request, pk)
    practices.restore(practice, by=request.user)
    messages.success(request, _("De goede praktijk staat weer in de lijst."))
    return redirect(practice)
