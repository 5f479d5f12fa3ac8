"""The register of partners: who carries the plan, and who works there."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.permissions import may_manage_people
from accounts.views.fresh import fresh_sign_in
from core.form_page import try_save
from core.forms import form_status, save_edit
from core.http import AuthedRequest, sent
from partners import permissions, story
from partners.forms.register import MemberForm, NoteForm, PartnerEditForm, PartnerForm
from partners.forms.space import ColleagueForm
from partners.models import ContactCorrection, Partner, PartnerMember, PartnerNote
from partners.operations import register, space
from partners.views.common import found_partners, get_partner, show_partner, tabs

PER_PAGE = 50


@require_safe
def partner_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_read_register(request.user).or_403()
    found = found_partners(request)
    rows = found.qs.for_list(on=timezone.localdate())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "query": request.GET.urlencode(),
        "may_make": permissions.may_make(request.user),
        "tabs": tabs(request.user, "partners:list"),
    }
    template = "partners/partner_list.html"
    return render(request, f"{template}#results" if request.htmx else template, context)


@require_safe
def partner_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    partner = get_partner(request, pk)
    if partner.merged_into_id:
        messages.info(request, _("“%s” is samengevoegd met deze partner.") % partner.name)
        return redirect("partners:detail", partner.merged_into_id)
    return show_partner(request, partner)


@require_safe
def partner_history(request: AuthedRequest, pk: int) -> HttpResponse:
    partner = get_partner(request, pk)
    permissions.may_read_history(request.user, partner).or_403()
    lines = story.lines(partner, request.user)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    context = {"partner": partner, "page": page, "story": story.told(list(page))}
    return render(request, "partners/partner_history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_create(request: AuthedRequest) -> HttpResponse:
    permissions.may_make(request.user).or_403()
    form, partner = try_save(
        lambda: PartnerForm(sent(request), by=request.user),
        lambda form: form.once(register.make, by=request.user),
        by=request.user,
    )
    if partner:
        messages.success(request, _("De partner staat in het register."))
        return redirect(partner)
    context = {"form": form, "partner": None}
    return render(request, "partners/partner_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def partner_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    partner = get_partner(request, pk)
    permissions.may_edit(request.user, partner).or_403()
    form, saved = try_save(
        lambda: PartnerEditForm(sent(request), instance=get_partner(request, pk)),
        lambda form: save_edit(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De partner is bewaard."))
        return redirect("partners:detail", pk)
    context = {"form": form, "partner": partner}
    return render(request, "partners/partner_form.html", context, status=form_status(form))


@require_POST
def partner_archive(request: AuthedRequest, pk: int) -> HttpResponse:
    partner = get_partner(request, pk)
    register.archive(partner, by=request.user)
    messages.success(request, _("De partner is gearchiveerd. Hij blijft staan bij zijn acties."))
    return redirect(partner)


@require_POST
def partner_restore(request: AuthedRequest, pk: int) -> HttpResponse:
    partner = get_partner(request, pk)
    register.restore(partner, by=request.user)
    messages.success(request, _("De partner staat weer in het register."))
    return redirect(partner)


@require_POST
def member_add(request: AuthedRequest, pk: int) -> HttpResponse:
    partner = get_partner(request, pk)
    permissions.may_place_people(request.user, partner).or_403()
    form = MemberForm(request.POST, partner=partner)
    if not form.is_valid():
        return show_partner(request, partner, form=form, status=422)
    register.add_member(partner, form.cleaned_data["user"], by=request.user)
    messages.success(request, _("De persoon is toegevoegd."))
    return redirect(partner)


@require_POST
def member_end(request: AuthedRequest, pk: int) -> HttpResponse:
    visible = Partner.objects.visible_to(request.user)
    members = PartnerMember.objects.filter(partner__in=visible).select_related("partner", "user")
    member = get_object_or_404(members, pk=pk)
    register.end_member(member, by=request.user)
    messages.success(request, _("De persoon hoort niet meer bij deze partner."))
    return redirect(member.partner)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def member_invite(request: AuthedRequest, pk: int) -> HttpResponse:
    """Invite somebody of an outside partner into its space."""
    partner = get_partner(request, pk)
    permissions.may_invite_for(request.user, partner).or_403()
    form = ColleagueForm(sent(request))
    if form.is_valid():
        given = form.cleaned_data
        token = given["form_token"]
        space.invite(partner, given["name"], given["email"], token=token, by=request.user)
        messages.success(request, _("De uitnodiging is verstuurd."))
        return redirect(partner)
    return render(
        request,
        "partners/member_invite.html",
        {"form": form, "partner": partner},
        status=form_status(form),
    )


@require_POST
def member_may_invite(request: AuthedRequest, pk: int) -> HttpResponse:
    visible = Partner.objects.visible_to(request.user)
    members = PartnerMember.objects.filter(partner__in=visible).select_related("partner", "user")
    member = get_object_or_404(members, pk=pk)
    space.let_invite(member, may=request.POST.get("mag") == "ja", by=request.user)
    messages.success(request, _("Bewaard."))
    return redirect(member.partner)


@require_POST
def correction_decide(request: AuthedRequest, pk: int) -> HttpResponse:
    visible = Partner.objects.visible_to(request.user)
    rows = ContactCorrection.objects.filter(partner__in=visible).select_related("partner")
    correction = get_object_or_404(rows, pk=pk)
    confirm = request.POST.get("besluit") == "ja"
    space.decide(correction, confirm=confirm, by=request.user)
    said = _("De nieuwe gegevens staan erin.") if confirm else _("De oude gegevens blijven staan.")
    messages.success(request, said)
    return redirect(correction.partner)


@require_POST
def note_add(request: AuthedRequest, pk: int) -> HttpResponse:
    partner = get_partner(request, pk)
    permissions.may_note(request.user, partner).or_403()
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show_partner(request, partner, note_form=form, status=422)
    register.add_note(form, partner, by=request.user)
    messages.success(request, _("De notitie staat erbij."))
    return redirect(partner)


@require_POST
def note_remove(request: AuthedRequest, pk: int) -> HttpResponse:
    visible = Partner.objects.visible_to(request.user)
    notes = PartnerNote.objects.filter(partner__in=visible).select_related("partner")
    note = get_object_or_404(notes, pk=pk)
    register.remove_note(note, by=request.user)
    messages.success(request, _("De notitie is weg."))
    return redirect(note.partner)


@require_safe
def of_person(request: AuthedRequest, pk: int) -> HttpResponse:
    """The organisations of one person, as a part of that person's page."""
    people = User.objects.filter(Q(pk=request.user.pk) | Q(pk__in=_managed(request.user)))
    person = get_object_or_404(people, pk=pk)
    rows = PartnerMember.objects.active(on=timezone.localdate()).filter(user=person)
    visible = rows.filter(partner__in=Partner.objects.visible_to(request.user))
    context = {"person": person, "members": visible.select_related("partner__municipality")}
    template = "partners/of_person.html"
    return render(request, f"{template}#organisations" if request.htmx else template, context)


def _managed(user: User) -> QuerySet[User]:
    may = may_manage_people(user)
    return User.objects.manageable_by(user) if may else User.objects.none()
