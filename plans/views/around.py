"""What grew around an action: referrals and confidential notes, as a part of its page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.http import AuthedRequest
from partners.models import ConfidentialNote, Referral
from partners.views.common import latest_referrals
from plans import permissions
from plans.views.actions import get_action


@require_safe
def around(request: AuthedRequest, pk: int) -> HttpResponse:
    """For each person what that person may know: the page is the same with or without the rest."""
    user = request.user
    action = get_action(user, pk)
    notes = ConfidentialNote.objects.visible_to(user).for_cards()
    referrals = Referral.objects.visible_to(user)
    context = {
        "action": action,
        "notes": notes.filter(action_link__action=action),
        "may_write_note": permissions.may_write_note(user, action),
        "write_note": reverse("plans:note-create", args=[action.pk]),
        "referrals": latest_referrals(referrals.filter(action_link__action=action)),
        "may_refer": permissions.may_refer(user, action),
        "refer": reverse("plans:refer", args=[action.pk]),
    }
    template = "plans/action_around.html"
    return render(request, f"{template}#around" if request.htmx else template, context)
