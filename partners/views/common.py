"""What the pages of a partner share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from core.form_page import FormPage
from core.http import AuthedRequest
from partners import permissions, story
from partners.filters import PartnerFilter
from partners.forms.competences import HeldForm
from partners.forms.register import MemberForm, NoteForm
from partners.models import Agreement, ContactOfficer, Partner, Referral, first_contact
from partners.models.referrals import ReferralQuerySet
from partners.referral_rows import referral_badge

if TYPE_CHECKING:
    from accounts.models import User

TABS = (
    (_lazy("Register"), "partners:list", permissions.may_read_register),
    (_lazy("Afspraken"), "agreements:list", permissions.may_read_agreements),
    (_lazy("Wijken"), "partners:territory", permissions.may_read_register),
    (_lazy("Bevoegdheden"), "partners:competences", permissions.may_read_catalogue),
    (_lazy("Engagement"), "plans:engagements", permissions.may_read_engagement),
    (_lazy("Sleutelfiguren"), "partners:key-figures", permissions.may_read_key_figures),
    (_lazy("Goede praktijken"), "partners:practices", permissions.may_read_practices),
)
NEWEST = 8  # lines of history on the page of a partner


def partner_page(title: str, back: str, back_label: str, submit: str, lead: str = "") -> FormPage:
    """A form in the register: the way back is the last crumb."""
    crumbs = ((_("Partners"), reverse("partners:list")), (back_label, back))
    return FormPage(title, submit, back, lead, crumbs)


def found_partners(request: AuthedRequest) -> PartnerFilter:
    """The partners that the address asks for: the list and its exports hold the same."""
    return PartnerFilter(request.GET, Partner.objects.visible_to(request.user), by=request.user)


def tabs(user: User, here: str) -> list[dict[str, Any]]:
    """The pages of this part of the house that a person may open."""
    return [
        {"label": label, "url": reverse(name), "current": name == here}
        for label, name, rule in TABS
        if rule(user)
    ]


def get_partner(request: AuthedRequest, pk: int) -> Partner:
    partners = Partner.objects.visible_to(request.user).select_related("municipality")
    return get_object_or_404(partners, pk=pk)


LATEST = 5  # referrals on the page of a partner


def latest_referrals(rows: ReferralQuerySet) -> list[tuple[Referral, SafeString]]:
    """The latest few with their badge, and one more when there are more."""
    today = timezone.localdate()
    return [(row, referral_badge(row, on=today)) for row in rows.for_list()[: LATEST + 1]]


def about_partner(partner: Partner, title: str, submit: str, lead: str = "") -> FormPage:
    return partner_page(title, partner.get_absolute_url(), partner.name, submit, lead)


def show_partner(
    request: AuthedRequest,
    partner: Partner,
    *,
    form: MemberForm | None = None,
    held_form: HeldForm | None = None,
    note_form: NoteForm | None = None,
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
        "me": request.user.pk,
        "may_invite": permissions.may_invite_for(request.user, partner),
        "correction": partner.corrections.open().select_related("by").first() if may_edit else None,
        "may_read_engagement": permissions.may_read_engagement(request.user, partner),
        "may_report": permissions.may_report_about(request.user, partner),
        "may_read_sharing": permissions.may_read_sharing(request.user),
        **_contacts(partner, request.user),
        **_notes(request, partner, note_form),
        **_history(request, partner),
    }
    return render(request, "partners/partner_detail.html", context, status=status)


def _contacts(partner: Partner, user: User) -> dict[str, Any]:
    """Whom to turn to: those of today and to come, first of all the general one."""
    today = timezone.localdate()
    rows = ContactOfficer.objects.filter(partner=partner)
    seen = rows.readable_with(Agreement.objects.visible_to(user)).select_related("agreement")
    ending = {officer.pk: officer for officer in seen.needing_attention(on=today)}
    officers = list(seen.unfinished(on=today))
    active = [officer for officer in officers if officer.starts <= today]
    first = first_contact(active, partner)
    return {
        "contact": None if first.pk else first,  # else it stands among the officers
        "officers": officers,
        "ending": list(ending.values()),
    }


def _notes(request: AuthedRequest, partner: Partner, form: NoteForm | None) -> dict[str, Any]:
    if not permissions.may_note(request.user, partner):
        return {"notes": None, "note_form": None}
    return {"notes": partner.notes.select_related("made_by"), "note_form": form or NoteForm()}


def _history(request: AuthedRequest, partner: Partner) -> dict[str, Any]:
    if not permissions.may_read_history(request.user, partner):
        return {"story": None, "has_older": False}
    found = list(story.lines(partner, request.user)[: NEWEST + 1])
    return {"story": story.told(found[:NEWEST]), "has_older": len(found) > NEWEST}
