"""What waits for me, by rule, each with the one screen where it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import rights_of
from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from reminders.digest import by_rule, items_of
from reminders.forms import DigestChoiceForm
from reminders.models import DigestChoice, Reminder, RuleSetting
from reminders.rules import all_rules
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
            fixed=_fixed(request.user),
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


def _fixed(user: User) -> set[str]:
    """What a municipality of this person wants to be mailed, whatever people choose."""
    always = {rule.code for rule in all_rules().values() if not rule.moments.may_mute}
    places = {held.municipality_id for held in user.memberships_now}
    rows = RuleSetting.objects.filter(municipality__in=places, may_mute=False)
    return always | set(rows.values_list("rule", flat=True))
