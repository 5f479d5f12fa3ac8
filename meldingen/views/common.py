"""What the pages of a melding share."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core.form_page import FormPage
from core.http import AuthedRequest
from meldingen.filters import list_query
from meldingen.models import Melding
from meldingen.tones import TONES, status_badge

__all__ = ["TONES", "back_to_list", "get_melding", "melding_form_page", "status_badge"]

LAST_LIST = "meldingen_list"
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def get_melding(request: AuthedRequest, pk: int) -> Melding:
    rows = Melding.objects.visible_to(request.user).for_list().select_related("municipality")
    return get_object_or_404(rows, pk=pk)


def melding_form_page(melding: Melding, title: str, submit: str, lead: str = "") -> FormPage:
    """A form on a melding: the way back is the melding."""
    back = melding.get_absolute_url()
    return FormPage(
        title, submit, back, lead, ((_("Meldingen"), "/meldingen/"), (str(melding), back))
    )


def back_to_list(request: AuthedRequest, melding: Melding) -> str:
    """The list one came from, at the row one left, however many pages lie between.

    A row carries its list in the address (`terug`). The session keeps it from there, so that no form
    or button on the way has to hand it on; only another list than the last is written.
    """
    if "terug" in request.GET:
        asked = list_query(request.GET["terug"])
        if request.session.get(LAST_LIST, "") != asked:
            request.session[LAST_LIST] = asked
    query = request.session.get(LAST_LIST, "")
    return f"{reverse('meldingen:list')}{f'?{query}' if query else ''}#melding-{melding.pk}"
