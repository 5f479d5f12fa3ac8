"""The partner's own corner of its space: its contact data and its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.fresh import fresh_sign_in
from core.files import as_download
from core.form_page import try_save
from core.forms import form_status
from core.http import AuthedRequest
from partners import permissions
from partners.agreement_rows import commitment_badge, status_badge, term
from partners.forms.commitments import ReportForm
from partners.forms.space import ColleagueForm, CorrectionForm
from partners.models import (
    Agreement,
    Commitment,
    CommitmentReport,
    ContactCorrection,
    ContactOfficer,
    Partner,
    space_partners,
)
from partners.operations import commitment_reports, space

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

MOST = 100  # agreements on one page: a partner is a party to a few


@require_safe
def contact(request: AuthedRequest) -> HttpResponse:
    permissions.may_use_space(request.user).or_403()
    return _show(request)


@require_safe
def agreements(request: AuthedRequest) -> HttpResponse:
    """What the partner is a party to, and what it promised itself; never what others promised."""
    permissions.may_use_space(request.user).or_403()
    today = timezone.localdate()
    mine = Commitment.objects.in_space_of(request.user).select_related("party__partner")
    own = mine.with_lateness(on=today).with_waiting()
    promises: dict[int, list[Commitment]] = {}
    for row in own:
        promises.setdefault(row.party.agreement_id, []).append(row)
    found = Agreement.objects.in_space_of(request.user).select_related("type").order_by("code")
    rows = [
        {
            "agreement": agreement,
            "status": status_badge(agreement, on=today),
            "term": term(agreement),
            "may_report": permissions.may_be_reported_on(agreement),
            "promises": [
                {"row": row, "badge": commitment_badge(row)}
                for row in promises.get(agreement.pk, [])
            ],
        }
        for agreement in found[:MOST]
    ]
    return render(request, "space/agreements.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def commitment(request: AuthedRequest, pk: int) -> HttpResponse:
    """One promise of the own organisation, and the place to say how it goes with it."""
    promises = Commitment.objects.in_space_of(request.user).for_page().with_reports()
    row = get_object_or_404(promises, pk=pk)
    may_report = permissions.may_report_on_promise(request.user, row)
    is_sent = request.method == "POST"
    if is_sent:
        may_report.or_403()
    form, made = try_save(
        lambda: ReportForm(request.POST, request.FILES) if is_sent else ReportForm(),
        lambda form: commitment_reports.report(form, row, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("Dank je. De gemeente bekijkt wat jullie melden."))
        return redirect("space:commitment", pk)
    context = {
        "row": row,
        "badge": commitment_badge(row),
        "may_report": may_report,
        "form": form,
    }
    return render(request, "space/commitment.html", context, status=form_status(form))


@require_safe
def report_file(request: AuthedRequest, pk: int) -> HttpResponse:
    """What the partner itself sent along, as long as the promise stands in its space."""
    reports = CommitmentReport.objects.in_space_of(request.user).exclude(file="")
    return as_download(get_object_or_404(reports, pk=pk))


def _own_partner(request: AuthedRequest, pk: int) -> Partner:
    return get_object_or_404(_own_partners(request), pk=pk)


def _own_partners(request: AuthedRequest) -> QuerySet[Partner]:
    """With all their data."""
    own = [partner.pk for partner in space_partners(request.user)]
    return Partner.objects.filter(pk__in=own).select_related("municipality")


def _show(
    request: AuthedRequest,
    *,
    correction: CorrectionForm | None = None,
    colleague: ColleagueForm | None = None,
    about: Partner | None = None,
    status: int = 200,
) -> HttpResponse:
    """Each partner this person works for, with the form that was wrong at its own partner."""
    parts = [
        {
            "partner": partner,
            "members": partner.memberships.active(on=timezone.localdate()).select_related("user"),
            "officers": _officers(partner, request.user),
            "waiting": partner.corrections.open().first(),
            "form": correction if about == partner and correction else _correction(partner),
            "may_invite": permissions.may_invite_colleague(request.user, partner),
            "colleague": colleague if about == partner and colleague else ColleagueForm(),
        }
        for partner in _own_partners(request)
    ]
    return render(request, "space/contact.html", {"parts": parts}, status=status)


def _officers(partner: Partner, user: User) -> QuerySet[ContactOfficer]:
    """Whom the municipality turns to there, as it knows them; also per agreement they read."""
    rows = partner.contact_officers.unfinished(on=timezone.localdate())
    seen = rows.readable_with(Agreement.objects.in_space_of(user))
    return seen.select_related("agreement")


def _correction(partner: Partner) -> CorrectionForm:
    now = {name: getattr(partner, name) for name in ContactCorrection.FIELDS}
    return CorrectionForm(instance=ContactCorrection(partner=partner, **now))


@require_POST
def correct(request: AuthedRequest, pk: int) -> HttpResponse:
    partner = _own_partner(request, pk)
    form = CorrectionForm(request.POST, instance=ContactCorrection(partner=partner))
    if not form.is_valid():
        return _show(request, correction=form, about=partner, status=422)
    space.propose(form, by=request.user)
    messages.success(request, _("Dank je. De gegevens tellen zodra de gemeente ze bevestigt."))
    return redirect("space:contact")


@require_POST
@fresh_sign_in
def invite(request: AuthedRequest, pk: int) -> HttpResponse:
    partner = _own_partner(request, pk)
    permissions.may_invite_colleague(request.user, partner).or_403()
    form = ColleagueForm(request.POST)
    if not form.is_valid():
        return _show(request, colleague=form, about=partner, status=422)
    given = form.cleaned_data
    token = given["form_token"]
    space.invite(partner, given["name"], given["email"], token=token, by=request.user)
    messages.success(request, _("De uitnodiging is verstuurd."))
    return redirect("space:contact")
