"""What waits for me, by rule, each with the one screen where it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import rights_of
from core.form_page import FormPage, show_form, try_save
from core.forms import form_status
from core.http import AuthedRequest, sent
from core.languages import speaking
from reminders import unsubscribing
from reminders.digest import by_rule, items_of
from reminders.forms import DigestChoiceForm, UnsubscribeForm
from reminders.models import DigestChoice, Reminder
from reminders.views.tabs import tabs

if TYPE_CHECKING:
    from accounts.models import User

MOST = 300  # who has to do more has another problem


@require_safe
def mine(request: AuthedRequest) -> HttpResponse:
    on = timezone.localdate()
    rows = Reminder.objects.visible_to(request.user).open().order_by("due", "pk")[:MOST]
    context = {
        "groups": by_rule(items_of(request.user, rows, on=on)),
        "tabs": tabs(request.user, "reminders:mine"),
    }
    return render(request, "reminders/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: AuthedRequest) -> HttpResponse:
    form, saved = try_save(
        lambda: DigestChoiceForm(
            sent(request),
            instance=_choice(request.user),
            fixed=unsubscribing.fixed(request.user),
            rights=rights_of(request.user.roles),
        ),
        lambda form: form.save(),
    )
    if saved:
        messages.success(request, _("Je keuzes zijn bewaard."))
        return redirect("reminders:mine")
    back = reverse("reminders:mine")
    crumbs = ((_("Herinneringen"), back),)
    lead = _("Je krijgt hoogstens één mail per dag, met alles wat op je wacht.")
    page = FormPage(_("Mijn herinneringsmail"), _("Bewaren"), back, lead, crumbs)
    return show_form(request, form, page)


def _choice(user: User) -> DigestChoice:
    found = DigestChoice.objects.filter(person=user).first()
    return found or DigestChoice(person=user)


@csrf_exempt  # the signed link is what opens it; a mail program that asks has no page of ours
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Leave out of one's mail what one may, without signing in. Reading the page changes nothing."""
    user = unsubscribing.person_of(token)
    if user is None:
        raise Http404
    form = UnsubscribeForm(sent(request), user=user, fixed=unsubscribing.fixed(user))
    is_done = request.POST.get("List-Unsubscribe") == "One-Click"
    if is_done:
        unsubscribing.mute(user)
    elif form.is_valid():
        unsubscribing.mute(user, form.cleaned_data["muted"])
        is_done = True
    context = {"form": form, "is_done": is_done, "address": masked(user.email)}
    status = 200 if is_done else form_status(form)
    with speaking(user.language):
        return render(request, "reminders/unsubscribe.html", context, status=status)


def masked(address: str) -> str:
    """Enough to know one's own address by, and no more."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"
