"""Lists under a name: kept from the filters that are on, and thrown away again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from meldingen import permissions
from meldingen.filters import list_query
from meldingen.forms.saved_views import SavedViewForm
from meldingen.models import SavedView
from meldingen.operations import views

NOT_IN_A_LIST = frozenset({"page"})


@require_http_methods(["GET", "HEAD", "POST"])
def view_create(request: AuthedRequest) -> HttpResponse:
    """Keep the filters of this address (`van-lijst`) under a name."""
    permissions.may_read(request.user).or_403()
    query = list_query(request.GET.get("van-lijst", ""), without=NOT_IN_A_LIST)
    form, made = try_save(
        lambda: SavedViewForm(sent(request), by=request.user, query=query),
        lambda form: form.once(views.keep, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("De lijst staat bij je lijsten."))
        return redirect(made)
    back = f"{reverse('meldingen:list')}?{query}"
    crumbs = ((gettext_lazy("Meldingen"), back),)
    lead = _("De filters en de volgorde die nu aan staan, komen onder deze naam.")
    page = FormPage(_("Lijst bewaren"), _("Bewaren"), back, lead, crumbs)
    return show_form(request, form, page)


@require_safe
def view_list(request: AuthedRequest) -> HttpResponse:
    """One's lists, and those that colleagues share."""
    permissions.may_read(request.user).or_403()
    rows = SavedView.objects.visible_to(request.user).select_related("owner")
    context = {"rows": [(row, permissions.may_destroy_view(request.user, row)) for row in rows]}
    return render(request, "meldingen/saved_views.html", context)


@require_POST
def view_destroy(request: AuthedRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    views.destroy(row, by=request.user)
    messages.success(request, _("De lijst is weg. De meldingen zelf staan er nog."))
    return redirect("meldingen:views")
