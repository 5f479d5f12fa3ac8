"""What grew around a partner: agreements, referrals and confidential notes, as a part of its page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.http import AuthedRequest
from partners import permissions
from partners.models import ConfidentialNote, Referral
from partners.views.agreements.page import of_partner
from partners.views.common import get_partner, latest_referrals


@require_safe
def around(request: AuthedRequest, pk: int) -> HttpResponse:
    """For each person what that person may know: the page is the same with or without the rest."""
    user, partner = request.user, get_partner(request, pk)
    notes = ConfidentialNote.objects.visible_to(user).for_cards()
    referrals = Referral.objects.visible_to(user).of_partner(partner)
    context = {
        "partner": partner,
        "reads_agreements": permissions.may_read_agreements(user),
        "agreements": of_partner(user, partner),
        "notes": notes.filter(partner=partner),
        "may_write_note": permissions.may_write_note(user, partner.municipality_id),
        "write_note": reverse("partners:note-create", args=[partner.pk]),
        "referrals": latest_referrals(referrals),
        "may_refer": permissions.may_refer(user, partner.municipality_id),
        "refer": reverse("partners:refer"),
    }
    template = "partners/around.html"
    return render(request, f"{template}#around" if request.htmx else template, context)
