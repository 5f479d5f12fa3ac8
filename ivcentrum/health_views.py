"""The page on how the installation is doing, and the two addresses that machines ask."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import permissions
from core.http import AuthedRequest
from core.models import OutboxEntry
from ivcentrum import health
from mails.operations import settle

SHOWN = 50  # troubled rows on the page
KINDS = {
    "account_mail": gettext_lazy("Mail over een account"),
    "mail_example": gettext_lazy("Voorbeeld van een mail"),
    "referral_mail": gettext_lazy("Mail over een doorverwijzing"),
    "digest": gettext_lazy("Herinneringsmail van de dag"),
    "melding_mail": gettext_lazy("Mail over een melding"),
    "melding_place": gettext_lazy("Adres bij een punt op de kaart"),
    "inbox_test": gettext_lazy("Test van een postvak"),
    "share_mail": gettext_lazy("Mail over iets dat gedeeld is"),
    "report_mail": gettext_lazy("Mail over een rapport"),
    "report_pdf": gettext_lazy("Rapport als PDF"),
    "asked_pdf": gettext_lazy("Gevraagde PDF"),
}


@require_safe
def page(request: AuthedRequest) -> HttpResponse:
    permissions.may_read_health(request.user).or_403()
    found = health.parts()
    troubled = OutboxEntry.objects.troubled().order_by("-pk")[:SHOWN]
    context = {
        "parts": found,
        "level": health.worst(found),
        "troubled": [(entry, KINDS.get(entry.kind, entry.kind)) for entry in troubled],
        "versions": health.versions(),
    }
    return render(request, "core/health.html", context)


@require_POST
def again(request: AuthedRequest, pk: int) -> HttpResponse:
    permissions.may_read_health(request.user).or_403()
    entry = get_object_or_404(OutboxEntry.objects.troubled(), pk=pk)
    settle(entry, "opnieuw", by=request.user)
    messages.success(request, _("Het wordt opnieuw geprobeerd."))
    return redirect("health")


@require_POST
def cancel(request: AuthedRequest, pk: int) -> HttpResponse:
    permissions.may_read_health(request.user).or_403()
    entry = get_object_or_404(OutboxEntry.objects.troubled(), pk=pk)
    settle(entry, "annuleren", by=request.user)
    messages.success(request, _("Het is geannuleerd en wordt niet meer geprobeerd."))
    return redirect("health")


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's way
    """Whether this process answers at all: nothing is asked of anything else."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's way
    """Whether work gets done: the database answers and no part is red. Says no more than that."""
    try:
        is_ready = health.worst(health.parts()) < health.RED
    except DatabaseError:
        is_ready = False
    status = 200 if is_ready else 503
    return HttpResponse("ok" if is_ready else "not ready", status=status, content_type="text/plain")
