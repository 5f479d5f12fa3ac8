"""Contact officers of a partner."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.form_page import show_form, try_save
from core.http import AuthedRequest, sent
from partners import permissions
from partners.forms.contacts import NewOfficerForm, OfficerForm
from partners.models import ContactOfficer, Partner
from partners.operations import contacts
from partners.views.common import about_partner, get_partner

FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@FORM_METHODS
def officer_create(request: AuthedRequest, pk: int) -> HttpResponse:
    partner = get_partner(request, pk)
    permissions.may_edit(request.user, partner).or_403()
    form, made = try_save(
        lambda: NewOfficerForm(sent(request), partner=partner),
        lambda form: form.once(contacts.appoint, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("Het aanspreekpunt staat erbij."))
        return redirect(partner)
    page = about_partner(partner, _("Aanspreekpunt toevoegen"), _("Toevoegen"))
    return show_form(request, form, page)


def get_officer(request: AuthedRequest, pk: int) -> ContactOfficer:
    visible = Partner.objects.visible_to(request.user)
    officers = ContactOfficer.objects.filter(partner__in=visible).select_related("partner")
    return get_object_or_404(officers, pk=pk)


@FORM_METHODS
def officer_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    officer = get_officer(request, pk)
    permissions.may_edit(request.user, officer.partner).or_403()
    form, saved = try_save(
        lambda: OfficerForm(sent(request), instance=get_officer(request, pk)),
        lambda form: contacts.edit(form, by=request.user),
    )
    if saved:
        messages.success(request, _("Het aanspreekpunt is bewaard."))
        return redirect(officer.partner)
    page = about_partner(officer.partner, _("Aanspreekpunt wijzigen"), _("Bewaren"))
    return show_form(request, form, page)


@require_POST
def officer_remove(request: AuthedRequest, pk: int) -> HttpResponse:
    officer = get_officer(request, pk)
    contacts.remove(officer, by=request.user)
    messages.success(request, _("Het aanspreekpunt is weggehaald."))
    return redirect(officer.partner)
