"""What stands around a melding: others like it, referrals, the plan; joining and splitting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.geography import outlines
from accounts.roles import Right
from core import receipts
from core.form_page import show_form, try_save
from core.forms import OvertakenError
from core.http import AuthedRequest, sent
from meldingen import permissions
from meldingen.doubles import doubles, first_photos
from meldingen.forms.intake import IntakeForm
from meldingen.forms.joining import JoinForm, SplitForm
from meldingen.maps import map_of_double
from meldingen.models import Melding
from meldingen.operations import joining
from meldingen.operations.referrals import refer
from meldingen.trend import trend
from meldingen.views.common import GET_OR_POST, get_melding, melding_form_page, status_badge
from partners.models import Referral
from partners.views.common import latest_referrals
from partners.views.referrals import write_referral
from plans.models import Action

MOST = 10  # of the meldingen of an action


@require_safe
def around(request: AuthedRequest, pk: int) -> HttpResponse:
    """A page, and a part of the melding's own: for each person what that person may know."""
    user, melding = request.user, get_melding(request, pk)
    referrals = Referral.objects.visible_to(user).filter(melding_link__melding=melding)
    actions = Action.objects.visible_to(user).filter(pk=melding.action_id or 0)
    context = {
        "melding": melding,
        "doubles": _rows(melding, user) if melding.is_open else [],
        "may_triage": permissions.may_triage(user, melding) if melding.is_open else None,
        "referrals": latest_referrals(referrals),
        "may_refer": permissions.may_refer(user, melding),
        "action": actions.first() if melding.action_id else None,
        "may_handle": permissions.may_handle(user, melding),
    }
    template = "meldingen/around.html"
    return render(request, f"{template}#around" if request.htmx else template, context)


def _rows(melding: Melding, user: Any) -> list[tuple[Any, ...]]:
    """Each with what it takes to judge: its photo, and where it is."""
    found = doubles(melding, user)
    photos = first_photos(found)
    around = outlines(melding.municipality_id) if found else []
    return [
        (
            double,
            status_badge(double.melding.status),
            photos.get(double.melding.pk),
            map_of_double(melding, double.melding, around),
        )
        for double in found
    ]


@require_safe
def doubles_of_new(request: AuthedRequest) -> HttpResponse:
    """While somebody types: a part of the form of a new melding."""
    permissions.may_take_in(request.user).or_403()
    melding = IntakeForm(request.GET, by=request.user).sketch()
    rows = _rows(melding, request.user) if melding else []
    return render(request, "meldingen/doubles.html", {"doubles": rows, "melding": None})


@GET_OR_POST
def join(request: AuthedRequest, pk: int) -> HttpResponse:
    melding = get_melding(request, pk)
    permissions.may_triage(request.user, melding).or_403()
    initial = {"number": request.GET.get("met", "")[:20]}
    form, joined = try_save(
        lambda: JoinForm(sent(request), melding=melding, by=request.user, initial=initial),
        lambda form: joining.join(melding, form.cleaned_data["number"], by=request.user),
    )
    if joined:
        messages.success(request, _("Samengevoegd. Wie dit meldde, krijgt hetzelfde antwoord."))
        return redirect(form.cleaned_data["number"])
    lead = _("Deze melding sluit als dubbel. Wie ze meldde, hoort hoe de andere afloopt.")
    page = melding_form_page(melding, _("Samenvoegen"), _("Samenvoegen"), lead)
    return show_form(request, form, page)


@GET_OR_POST
def split(request: AuthedRequest, pk: int) -> HttpResponse:
    melding = get_melding(request, pk)
    permissions.may_triage(request.user, melding).or_403()
    if not melding.is_open:
        messages.error(request, str(permissions.may_edit(request.user, melding).reason))
        return redirect(melding)
    form, made = try_save(
        lambda: SplitForm(sent(request), source=melding),
        lambda form: form.once(
            lambda form, by: joining.split(form.save(commit=False), melding, by=by),
            by=request.user,
        ),
        by=request.user,
    )
    if made:
        messages.success(request, _("Afgesplitst als %s.") % made)
        return redirect(made)
    lead = _("Een deel dat iemand anders behandelt. Wie dit meldde, krijgt voor elk deel antwoord.")
    page = melding_form_page(melding, _("Splitsen"), _("Bewaren"), lead)
    return show_form(request, form, page)


@GET_OR_POST
def referral_create(request: AuthedRequest, pk: int) -> HttpResponse:
    melding = get_melding(request, pk)
    if made := receipts.found(request.POST, Referral, by=request.user):
        return redirect(made)
    permissions.may_refer(request.user, melding).or_403()
    place = frozenset({melding.municipality_id})

    def send(row: Referral) -> Referral:
        return refer(melding, row, by=request.user)

    try:
        return write_referral(request, place, send, subject=melding)
    except OvertakenError as error:
        messages.error(request, str(error.message))
        return redirect(melding)


@require_safe
def of_referral(request: AuthedRequest, pk: int) -> HttpResponse:
    """Where a referral came from: the melding, for who also reads that."""
    referral = get_object_or_404(Referral.objects.visible_to(request.user), pk=pk)
    seen = Melding.objects.visible_to(request.user).filter(referral_links__referral=referral)
    context = {"referral": referral, "melding": seen.select_related("category").first()}
    template = "meldingen/of_referral.html"
    return render(request, f"{template}#source" if request.htmx else template, context)


@require_safe
def of_action(request: AuthedRequest, pk: int) -> HttpResponse:
    """The meldingen of an action of the plan and whether they grow or shrink: a part of its page."""
    action = get_object_or_404(Action.objects.visible_to(request.user), pk=pk)
    seen = Melding.objects.visible_to(request.user).filter(action=action)
    context = {
        "action": action,
        "rows": [(row, status_badge(row.status)) for row in seen.for_list()[:MOST]],
        "trend": trend(seen),
        "may_link": request.user.has_right(Right.MELDING_HANDLE),
    }
    template = "meldingen/of_action.html"
    return render(request, f"{template}#meldingen" if request.htmx else template, context)
