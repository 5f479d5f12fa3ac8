"""The mailboxes that we read, for who sets them up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Right
from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from core.templatetags.house import badge
from meldingen import permissions
from meldingen.forms.inboxes import InboxEditForm, InboxForm
from meldingen.models import InboundMailbox, Outcome
from meldingen.models.inbound import SILENT_AFTER
from meldingen.operations import inboxes as operations

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class State:
    """How a mailbox is, in one word and one sentence."""

    word: str
    tone: str
    told: str

    @property
    def badge(self) -> SafeString:
        return badge(self.word, self.tone)


def state_of(box: InboundMailbox) -> State:
    now = timezone.now()
    if box.trouble:
        return State(_("Werkt niet"), "danger", str(box.get_trouble_display()))
    if not box.is_active and box.tried_at:
        return State(_("Uit"), "mute", _("De verbinding werkt. Zet het aan om mail te lezen."))
    if not box.is_active:
        return State(_("Uit"), "mute", _("Wordt niet gelezen. Zet het aan als de test lukt."))
    last = box.read_at or box.switched_at
    if last and now - last > SILENT_AFTER:
        return State(_("Stil"), "warn", _("Niemand las het nog. Draaien de werker en de klok?"))
    if box.read_at is None:
        return State(_("Begint"), "info", _("Binnen een minuut wordt het voor het eerst gelezen."))
    return State(_("Werkt"), "ok", _("Elke minuut gelezen."))


@require_safe
def inbox_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_edit_inboxes(request.user).or_403()
    seen = InboundMailbox.objects.visible_to(request.user).select_related("municipality")
    context = {
        "rows": [(box, state_of(box)) for box in seen],
        "manages": request.user.has_right(Right.PEOPLE_MANAGE),
    }
    return render(request, "meldingen/inboxes/list.html", context)


def get_inbox(request: AuthedRequest, pk: int) -> InboundMailbox:
    seen = InboundMailbox.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("municipality", "source", "category"), pk=pk)


@require_safe
def inbox_page(request: AuthedRequest, pk: int) -> HttpResponse:
    """How it goes. The part above asks itself again while a test runs."""
    box = get_inbox(request, pk)
    counted = box.mails.order_by().values_list("outcome").annotate(Count("pk"))
    numbers = dict(counted)
    context = {
        "box": box,
        "state": state_of(box),
        "counts": [(label, numbers.get(value, 0)) for value, label in Outcome.choices
                   if value != Outcome.READING],
        "to_look_at": box.mails.to_look_at().count(),
    }  # fmt: skip
    part = "#state" if request.htmx and not request.htmx.boosted else ""
    return render(request, f"meldingen/inboxes/inbox.html{part}", context)


def _page(title: str, back: str, lead: str = "") -> FormPage:
    crumbs = ((_("Postvakken"), reverse("meldingen:inboxes")),)
    return FormPage(title, _("Bewaren"), back, lead, crumbs)


@GET_OR_POST
def inbox_create(request: AuthedRequest) -> HttpResponse:
    permissions.may_edit_inboxes(request.user).or_403()
    form, made = try_save(
        lambda: InboxForm(sent(request), by=request.user),
        lambda form: form.once(operations.make, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("Bewaard. We testen de verbinding; daarna zet je het aan."))
        return redirect(made)
    lead = _("Elke mail in dit postvak wordt een melding. Het wachtwoord bewaren we versleuteld.")
    return show_form(request, form, _page(_("Nieuw postvak"), reverse("meldingen:inboxes"), lead))


@GET_OR_POST
def inbox_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    box = get_inbox(request, pk)
    form, saved = try_save(
        lambda: InboxEditForm(sent(request), instance=get_inbox(request, pk)),
        lambda form: operations.edit(form, by=request.user),
    )
    if saved:
        messages.success(request, _("Bewaard. We testen de verbinding opnieuw."))
        return redirect(saved)
    return show_form(request, form, _page(_("%s wijzigen") % box, box.get_absolute_url()))


@require_POST
def inbox_test(request: AuthedRequest, pk: int) -> HttpResponse:
    box = get_inbox(request, pk)
    operations.ask_test(box, by=request.user)
    return redirect(box)


@require_POST
def inbox_on(request: AuthedRequest, pk: int) -> HttpResponse:
    box = get_inbox(request, pk)
    operations.switch(box, on=True, by=request.user)
    messages.success(request, _("Vanaf nu wordt elke mail in dit postvak een melding."))
    return redirect(box)


@require_POST
def inbox_off(request: AuthedRequest, pk: int) -> HttpResponse:
    box = get_inbox(request, pk)
    operations.switch(box, on=False, by=request.user)
    messages.success(request, _("We lezen dit postvak niet meer. Mail blijft er staan."))
    return redirect(box)
