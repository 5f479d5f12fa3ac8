"""What the pages of a melding share."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from core.form_page import FormPage
from core.http import AuthedRequest
from meldingen.models import Melding
from meldingen.tones import TONES, status_badge

__all__ = ["TONES", "get_melding", "melding_form_page", "status_badge"]


def get_melding(request: AuthedRequest, pk: int) -> Melding:
    rows = Melding.objects.visible_to(request.user).for_list().select_related("municipality")
    return get_object_or_404(rows, pk=pk)


def melding_form_page(melding: Melding, title: str, submit: str, lead: str = "") -> FormPage:
    """A form on a melding: the way back is the melding."""
    back = melding.get_absolute_url()
    return FormPage(
        title, submit, back, lead, ((_("Meldingen"), "/meldingen/"), (str(melding), back))
    )
