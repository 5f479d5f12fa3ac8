"""Mail from outside at which the desk has to look."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.http import AuthedRequest
from meldingen import permissions
from meldingen.models import InboundMail, Melding
from meldingen.operations import inbound

PER_PAGE = 50


@require_safe
def mail_list(request: AuthedRequest) -> HttpResponse:
    """What could not be read or asks a decision, oldest first; who wrote it stands nowhere here."""
    permissions.may_triage(request.user).or_403()
    rows = InboundMail.objects.visible_to(request.user).to_look_at()
    found = rows.select_related("mailbox").defer("text").order_by("at", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    keys = {key for mail in page for key in (mail.melding_id, mail.mentions_id) if key}
    seen = Melding.objects.visible_to(request.user).in_bulk(list(keys))
    context = {
        "page": page,
        "rows": [(mail, seen.get(mail.melding_id), seen.get(mail.mentions_id)) for mail in page],
    }
    return render(request, "meldingen/mail_list.html", context)


@require_POST
def mail_settle(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = InboundMail.objects.visible_to(request.user).select_related("mailbox")
    mail = get_object_or_404(rows, pk=pk)
    inbound.settle(mail, by=request.user)
    messages.success(request, _("Nagekeken."))
    return redirect("meldingen:mails")
