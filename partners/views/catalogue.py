"""The list of competences: the questions of the street that the municipality wants answered."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Right
from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from partners import permissions
from partners.forms.competences import CompetenceEditForm, CompetenceForm, WhoForm
from partners.models import Competence
from partners.operations import competences, defaults
from partners.views.common import partner_page, tabs

PER_PAGE = 50
FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def competence_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_read_catalogue(request.user).or_403()
    form = WhoForm(request.GET)
    words = form.cleaned_data.get("q", "") if form.is_valid() else ""
    archived = request.GET.get("archief") == "ja"
    seen = Competence.objects.visible_to(request.user)
    rows = (seen.archived() if archived else seen.current()).order_by("code", "pk")
    found = (rows.search(words) if words else rows).with_holders(on=timezone.localdate())
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "archived": archived,
        "unanswered": seen.current().held_by_nobody().count(),
        "may_make": permissions.may_make(request.user),
        "bare": defaults.places_without("competences", _places(request)),
        "tabs": tabs(request.user, "partners:competences"),
    }
    return render(request, "partners/competence_list.html", context)


def _places(request: AuthedRequest) -> frozenset[int]:
    return request.user.municipality_ids_with(Right.PARTNER_EDIT)


@require_POST
def competences_take_defaults(request: AuthedRequest) -> HttpResponse:
    """The usual questions, for each municipality of this person that has none."""
    permissions.may_make(request.user).or_403()
    for place in defaults.places_without("competences", _places(request)):
        defaults.take_competences(place, by=request.user)
    messages.success(request, _("De standaardlijst staat er. Duid nu aan wie bevoegd is."))
    return redirect("partners:competences")


def _page(title: str, submit: str) -> FormPage:
    return partner_page(title, reverse("partners:competences"), _("Bevoegdheden"), submit)


@FORM_METHODS
def competence_create(request: AuthedRequest) -> HttpResponse:
    permissions.may_make(request.user).or_403()
    form, made = try_save(
        lambda: CompetenceForm(sent(request), by=request.user),
        lambda form: form.once(competences.make_competence, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("De vraag staat in de lijst. Duid nu aan wie bevoegd is."))
        return redirect("partners:competences")
    return show_form(request, form, _page(_("Bevoegdheid toevoegen"), _("Toevoegen")))


def get_competence(request: AuthedRequest, pk: int) -> Competence:
    return get_object_or_404(Competence.objects.visible_to(request.user), pk=pk)


@FORM_METHODS
def competence_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    competence = get_competence(request, pk)
    permissions.may_edit_competence(request.user, competence).or_403()
    form, saved = try_save(
        lambda: CompetenceEditForm(sent(request), instance=get_competence(request, pk)),
        lambda form: competences.edit_competence(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De bevoegdheid is bewaard."))
        return redirect("partners:competences")
    return show_form(request, form, _page(_("Bevoegdheid wijzigen"), _("Bewaren")))


@require_POST
def competence_archive(request: AuthedRequest, pk: int) -> HttpResponse:
    competences.archive_competence(get_competence(request, pk), by=request.user)
    messages.success(request, _("De vraag is uit de lijst. Je vindt ze terug in het archief."))
    return redirect("partners:competences")


@require_POST
def competence_restore(request: AuthedRequest, pk: int) -> HttpResponse:
    competences.restore_competence(get_competence(request, pk), by=request.user)
    messages.success(request, _("De vraag staat weer in de lijst."))
    return redirect("partners:competences")
