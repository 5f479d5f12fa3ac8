"""Two partners become one: first what moves, then the deed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.forms import form_status
from core.http import AuthedRequest
from partners import permissions
from partners.forms.register import MergeForm
from partners.operations import merge
from partners.views.common import get_partner


@require_http_methods(["GET", "HEAD", "POST"])
def partner_merge(request: AuthedRequest, pk: int) -> HttpResponse:
    partner = get_partner(request, pk)
    permissions.may_edit(request.user, partner).or_403()
    if partner.merged_into_id:  # clicked twice
        return redirect(partner)
    data = request.POST if request.method == "POST" else (request.GET or None)
    form = MergeForm(data, partner=partner)
    winner = form.cleaned_data["met"] if form.is_valid() else None
    if winner and request.method == "POST":
        try:
            merge.merge(partner, winner, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("De partners zijn samengevoegd."))
            return redirect(winner)
    context = {
        "partner": partner,
        "form": form,
        "winner": winner,
        "moving": merge.preview(partner),
    }
    status = form_status(form) if request.method == "POST" else 200
    return render(request, "partners/partner_merge.html", context, status=status)
