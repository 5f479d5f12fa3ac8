"""Who is a party, who signed, and what each promised."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.files import as_download
from core.form_page import show_form, try_save
from core.http import AuthedRequest, sent
from partners import permissions
from partners.forms.agreement_parties import PartyForm, SignForm
from partners.forms.commitments import CommitmentEditForm, CommitmentForm, JudgeForm
from partners.models import AgreementParty, Commitment, CommitmentReport
from partners.operations import agreement_parties, commitment_reports, commitments
from partners.views.agreements.common import GET_OR_POST, about, get_agreement
from partners.views.agreements.page import show_agreement


def _get_party(request: AuthedRequest, pk: int) -> AgreementParty:
    rows = AgreementParty.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("agreement", "partner"), pk=pk)


def _get_commitment(request: AuthedRequest, pk: int) -> Commitment:
    return get_object_or_404(
        Commitment.objects.visible_to(request.user).current().for_page(), pk=pk
    )


def _address(party: AgreementParty, anchor: str) -> str:
    return f"{party.agreement.get_absolute_url()}#{anchor}"


@require_POST
def party_add(request: AuthedRequest, pk: int) -> HttpResponse:
    agreement = get_agreement(request, pk)
    permissions.may_edit_agreement(request.user, agreement).or_403()
    form = PartyForm(request.POST, agreement=agreement)
    if not form.is_valid():
        return show_agreement(request, agreement, party_form=form, status=422)
    party = agreement_parties.add_party(agreement, form.cleaned_data["partner"], by=request.user)
    messages.success(request, _("%s is nu partij.") % party)
    return redirect(_address(party, "partijen"))


@require_POST
def party_drop(request: AuthedRequest, pk: int) -> HttpResponse:
    party = _get_party(request, pk)
    promises = party.commitments.current().count()
    if permissions.may_edit_agreement(request.user, party.agreement) and promises:
        messages.warning(
            request, str(permissions.may_drop_party(request.user, party, promises).reason)
        )
        return redirect(_address(party, "partijen"))
    address = _address(party, "partijen")
    agreement_parties.drop_party(party, by=request.user)
    messages.success(request, _("De partij is weggehaald."))
    return redirect(address)


@GET_OR_POST
def party_sign(request: AuthedRequest, pk: int) -> HttpResponse:
    party = _get_party(request, pk)
    permissions.may_edit_agreement(request.user, party.agreement).or_403()
    form = SignForm(sent(request), instance=party)
    if form.is_valid():
        data = form.cleaned_data
        agreement_parties.sign(
            _get_party(request, pk), signatory=data["signatory"],
            function=data["signatory_function"], on=data["signed_on"], by=request.user,
        )  # fmt: skip
        messages.success(request, _("De ondertekening is bewaard."))
        return redirect(_address(party, "partijen"))
    lead = f"{party.agreement} · {party}"
    page = about(party.agreement, _("Ondertekening"), _("Bewaren"), lead=lead, anchor="#partijen")
    return show_form(request, form, page)


@GET_OR_POST
def commitment_create(request: AuthedRequest, pk: int) -> HttpResponse:
    agreement = get_agreement(request, pk)
    permissions.may_edit_agreement(request.user, agreement).or_403()
    form, row = try_save(
        lambda: CommitmentForm(sent(request), agreement=agreement),
        lambda form: form.once(commitments.promise, by=request.user),
        by=request.user,
    )
    if row:
        messages.success(request, _("Het engagement staat erbij."))
        return redirect(row)
    page = about(agreement, _("Nieuw engagement"), _("Toevoegen"), anchor="#engagementen")
    return show_form(request, form, page)


@GET_OR_POST
def commitment_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    row = _get_commitment(request, pk)
    agreement = row.agreement
    permissions.may_edit_agreement(request.user, agreement).or_403()
    form, saved = try_save(
        lambda: CommitmentEditForm(sent(request), instance=_get_commitment(request, pk)),
        lambda form: commitments.edit(form, by=request.user),
    )
    if saved:
        messages.success(request, _("Het engagement is bewaard."))
        return redirect(f"{agreement.get_absolute_url()}#engagement-{pk}")
    page = about(agreement, _("Engagement wijzigen"), _("Bewaren"), anchor="#engagementen")
    return show_form(request, form, page)


@GET_OR_POST
def commitment_judge(request: AuthedRequest, pk: int) -> HttpResponse:
    row = _get_commitment(request, pk)
    permissions.may_judge(request.user, row).or_403()
    reported = row.reports.waiting().first()

    def make() -> JudgeForm:
        return JudgeForm(sent(request), instance=_get_commitment(request, pk), reported=reported)

    form, saved = try_save(make, lambda form: commitments.judge(form, by=request.user))
    if saved:
        messages.success(request, _("Het oordeel is bewaard."))
        return redirect(row)
    lead = f"{row.party}: {row.gives}"
    if reported:
        said = {"status": reported.get_status_display(), "done": reported.done}
        lead += " – " + _("De partner meldt “%(status)s”: %(done)s") % said
    page = about(row.agreement, _("Engagement beoordelen"), _("Bewaren"), lead=lead,
                 anchor="#engagementen")  # fmt: skip
    return show_form(request, form, page)


@require_POST
def report_take(request: AuthedRequest, pk: int) -> HttpResponse:
    """What the partner reports becomes the status of its promise."""
    found = CommitmentReport.objects.visible_to(request.user)
    loaded = found.select_related("commitment__party__agreement", "commitment__party__partner")
    row = get_object_or_404(loaded, pk=pk)
    if commitment_reports.take_over(row, by=request.user):
        messages.success(request, _("De stand van het engagement is overgenomen."))
    else:
        messages.info(request, _("Hierover is intussen iets nieuws gezegd. Hier zie je wat."))
    return redirect(row.commitment)


@require_safe
def report_file(request: AuthedRequest, pk: int) -> HttpResponse:
    """What a partner sent along with its report."""
    reports = CommitmentReport.objects.visible_to(request.user).exclude(file="")
    return as_download(get_object_or_404(reports, pk=pk))


@require_POST
def commitment_take_off(request: AuthedRequest, pk: int) -> HttpResponse:
    row = _get_commitment(request, pk)
    commitments.take_off(row, by=request.user)
    messages.success(request, _("Het engagement is weggehaald. Het verloop bewaart het."))
    return redirect(_address(row.party, "engagementen"))
