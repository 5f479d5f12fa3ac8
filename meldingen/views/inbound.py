"""Mail from outside at which the desk has to look."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.forms import OvertakenError
from core.http import AuthedRequest
from meldingen import permissions
from meldingen.models import InboundMail, Melding
from meldingen.models.inbound import ASIDE_DAYS
from meldingen.operations import inbound, set_aside

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
        "here": "na-te-kijken",
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


@require_safe
def automatic_list(request: AuthedRequest) -> HttpResponse:
    """What was set aside as written by nobody, newest first: of its sender no more than a hint."""
    permissions.may_triage(request.user).or_403()
    rows = InboundMail.objects.visible_to(request.user).set_aside(now=timezone.now())
    found = rows.select_related("mailbox").defer("text").exclude(kept="")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "here": "automatisch",
        "days": ASIDE_DAYS,
        "rows": [(mail, set_aside.subject(mail)) for mail in page],
    }
    return render(request, "meldingen/automatic_list.html", context)


@require_POST
def mail_take(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = InboundMail.objects.visible_to(request.user)
    related = ("mailbox__municipality", "mailbox__category", "mailbox__source")
    mail = get_object_or_404(rows.select_related(*related), pk=pk)
    try:
        made = inbound.take_anyway(mail, by=request.user)
    except OvertakenError as error:
        messages.warning(request, str(error.message))
        return redirect("meldingen:mails-automatic")
    messages.success(request, _("Opgenomen als %s. Bijlagen staan nog in het postvak.") % made)
    return redirect(made)
