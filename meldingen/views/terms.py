"""Beheer › Meldingen › Termijnen: how long things last, per municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Municipality
from accounts.roles import Right
from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from meldingen import permissions
from meldingen.forms.terms import TermsForm
from meldingen.models import terms_of
from meldingen.operations import terms as operations
from meldingen.views.lists import KINDS

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _places(request: AuthedRequest) -> QuerySet[Municipality]:
    permissions.may_manage_lists(request.user).or_403()
    mine = request.user.municipality_ids_with(Right.MELDING_LISTS)
    return Municipality.objects.filter(pk__in=mine).select_related("melding_terms")


@require_safe
def terms_page(request: AuthedRequest) -> HttpResponse:
    context = {
        "rows": [terms_of(place) for place in _places(request)],
        "kinds": KINDS.values(),
        "manages": request.user.has_right(Right.PEOPLE_MANAGE),
    }
    return render(request, "meldingen/terms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def terms_edit(request: AuthedRequest, code: str) -> HttpResponse:
    place = get_object_or_404(_places(request), code=code)
    form, saved = try_save(
        lambda: TermsForm(sent(request), instance=terms_of(_places(request).get(pk=place.pk))),
        lambda form: operations.edit(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De termijnen zijn bewaard."))
        return redirect("meldingen:terms")
    back = reverse("meldingen:terms")
    crumbs = ((_("Termijnen"), back),)
    page = FormPage(_("Termijnen van %s") % place, _("Bewaren"), back, crumbs=crumbs)
    return show_form(request, form, page)
