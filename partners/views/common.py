"""What the pages of a partner share."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from core.http import AuthedRequest
from partners import permissions
from partners.forms.competences import HeldForm
from partners.forms.register import MemberForm
from partners.models import ConfidentialNote, Partner, Referral
from partners.models.referrals import ReferralQuerySet
from partners.rows import referral_badge
from partners.views.agreements.page import of_partner


def get_partner(request: AuthedRequest, pk: int) -> Partner:
    partners = Partner.objects.visible_to(request.user).select_related("municipality")
    return get_object_or_404(partners, pk=pk)


LATEST = 5  # referrals on the page of a partner


def latest_referrals(rows: ReferralQuerySet) -> list[tuple[Referral, SafeString]]:
    """The latest few with their badge, and one more when there are more."""
    today = timezone.localdate()
    return [(row, referral_badge(row, on=today)) for row in rows.for_list()[: LATEST + 1]]


def show_partner(
    request: AuthedRequest,
    partner: Partner,
    *,
    form: MemberForm | None = None,
    held_form: HeldForm | None = None,
    status: int = 200,
) -> HttpResponse:
    may_edit = permissions.may_edit(request.user, partner)
    may_place = permissions.may_place_people(request.user, partner)
    members = partner.memberships.active(on=timezone.localdate()).select_related("user")
    context = {
        "partner": partner,
        "members": members,
        "held": partner.held.select_related("competence").filter(competence__archived_at=None),
        "held_form": held_form or (HeldForm(partner=partner) if may_edit else None),
        "may_edit": may_edit,
        "may_place": may_place,
        "member_form": form or (MemberForm(partner=partner) if may_place else None),
        "notes": ConfidentialNote.objects.visible_to(request.user)
        .for_cards()
        .filter(partner=partner),
        "may_write_note": permissions.may_write_note(request.user, partner.municipality_id),
        "write_note": reverse("partners:note-create", args=[partner.pk]),
        "referrals": latest_referrals(
            Referral.objects.visible_to(request.user).of_partner(partner)
        ),
        "may_refer": permissions.may_refer(request.user, partner.municipality_id),
        "refer": reverse("partners:refer"),
        "reads_agreements": permissions.may_read_agreements(request.user),
        "agreements": of_partner(request.user, partner),
        "me": request.user.pk,
        "may_invite": permissions.may_invite_for(request.user, partner),
        "correction": partner.corrections.open().select_related("by").first() if may_edit else None,
        "may_read_sharing": permissions.may_read_sharing(request.user),
    }
    return render(request, "partners/partner_detail.html", context, status=status)
