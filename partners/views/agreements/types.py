"""The kinds of agreement: made, changed, put away, taken up again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Right
from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from partners import permissions
from partners.forms.agreement_types import TypeEditForm, TypeForm
from partners.models import AgreementType
from partners.operations import agreement_types, defaults
from partners.views.agreements.common import GET_OR_POST, TOP


def _get_type(request: AuthedRequest, pk: int) -> AgreementType:
    return get_object_or_404(AgreementType.objects.visible_to(request.user), pk=pk)


def _page(title: str, submit: str) -> FormPage:
    back = reverse("agreements:types")
    return FormPage(title, submit, back, crumbs=(*TOP, (_("Soorten afspraken"), back)))


@GET_OR_POST
def type_create(request: AuthedRequest) -> HttpResponse:
    permissions.may_make_agreement(request.user).or_403()
    form, made = try_save(
        lambda: TypeForm(sent(request), by=request.user),
        lambda form: form.once(agreement_types.make, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("De soort staat in de lijst."))
        return redirect("agreements:types")
    return show_form(request, form, _page(_("Nieuwe soort afspraak"), _("Toevoegen")))


@GET_OR_POST
def type_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    kind = _get_type(request, pk)
    permissions.may_edit_type(request.user, kind).or_403()
    form, saved = try_save(
        lambda: TypeEditForm(sent(request), instance=_get_type(request, pk)),
        lambda form: agreement_types.edit(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De soort is bewaard."))
        return redirect("agreements:types")
    return show_form(request, form, _page(_("Soort afspraak wijzigen"), _("Bewaren")))


@require_POST
def type_archive(request: AuthedRequest, pk: int) -> HttpResponse:
    agreement_types.set_archived(_get_type(request, pk), archived=True, by=request.user)
    messages.success(request, _("De soort is gearchiveerd. Afspraken die ze hebben, houden ze."))
    return redirect("agreements:types")


@require_POST
def type_restore(request: AuthedRequest, pk: int) -> HttpResponse:
    agreement_types.set_archived(_get_type(request, pk), archived=False, by=request.user)
    messages.success(request, _("De soort staat weer in de lijst."))
    return redirect("agreements:types")


@require_POST
def types_take_defaults(request: AuthedRequest) -> HttpResponse:
    """The usual kinds, for each municipality of this person that has none."""
    permissions.may_make_agreement(request.user).or_403()
    places = request.user.municipality_ids_with(Right.AGREEMENT_EDIT)
    for place in defaults.places_without("agreement_types", places):
        defaults.take_types(place, by=request.user)
    messages.success(request, _("De standaardlijst staat er. Pas ze aan zoals jullie werken."))
    return redirect("agreements:types")
