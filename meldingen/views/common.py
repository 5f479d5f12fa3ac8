"""What the pages of a melding share."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core.form_page import FormPage
from core.http import AuthedRequest
from core.templatetags.house import badge
from meldingen.models import Melding
from meldingen.workflow import MeldingStatus

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])

TONES = {
    MeldingStatus.RECEIVED: "info",
    MeldingStatus.ASSIGNED: "plum",
    MeldingStatus.IN_PROGRESS: "plum",
    MeldingStatus.PLANNED: "plum",
    MeldingStatus.WAITING: "warn",
    MeldingStatus.REOPENED: "warn",
    MeldingStatus.CLOSED: "ok",
    MeldingStatus.REFERRED: "mute",
    MeldingStatus.NO_ACTION: "mute",
}


def get_melding(request: AuthedRequest, pk: int) -> Melding:
    rows = Melding.objects.visible_to(request.user).for_list().select_related("municipality")
    return get_object_or_404(rows, pk=pk)


def status_badge(melding: Melding) -> SafeString:
    return badge(melding.get_status_display(), TONES[MeldingStatus(melding.status)])


def melding_form_page(melding: Melding, title: str, submit: str, lead: str = "") -> FormPage:
    """A form on a melding: the way back is the melding."""
    back = melding.get_absolute_url()
    return FormPage(
        title, submit, back, lead, ((_("Meldingen"), "/meldingen/"), (str(melding), back))
    )
