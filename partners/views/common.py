"""What the pages of a partner share."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from core.http import AuthedRequest
from partners import permissions
from partners.forms.competences import HeldForm
from partners.forms.register import MemberForm
from partners.models import Partner
from partners.views.agreements.page import of_partner


def get_partner(request: AuthedRequest, pk: int) -> Partner:
    partners = Partner.objects.visible_to(request.user).select_related("municipality")
    return get_object_or_404(partners, pk=pk)


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
        "reads_agreements": permissions.may_read_agreements(request.user),
        "agreements": of_partner(request.user, partner),
        "me": request.user.pk,
    }
    return render(request, "partners/partner_detail.html", context, status=status)
