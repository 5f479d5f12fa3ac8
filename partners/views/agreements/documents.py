"""Papers of an agreement: in through the allow-list, out through the agreement's level."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.files import as_download
from core.form_page import show_form
from core.http import AuthedRequest
from partners import permissions
from partners.forms.agreement_documents import DocumentForm, VersionForm
from partners.models import Agreement, AgreementDocument, DocumentVersion
from partners.operations import agreement_documents
from partners.views.agreements.common import GET_OR_POST, about, get_agreement


def _get_document(request: AuthedRequest, pk: int) -> AgreementDocument:
    rows = AgreementDocument.objects.visible_to(request.user).current()
    return get_object_or_404(rows.select_related("agreement"), pk=pk)


def _back(agreement: Agreement) -> str:
    return f"{agreement.get_absolute_url()}#documenten"


@GET_OR_POST
def document_create(request: AuthedRequest, pk: int) -> HttpResponse:
    agreement = get_agreement(request, pk)
    permissions.may_edit_agreement(request.user, agreement).or_403()
    bound = request.method == "POST"
    form = DocumentForm(request.POST, request.FILES) if bound else DocumentForm()
    if form.is_valid():
        data = form.cleaned_data
        agreement_documents.file_document(
            agreement, data["file"], kind=data["kind"], title=data["title"],
            token=data["form_token"], by=request.user,
        )  # fmt: skip
        messages.success(request, _("Het document is toegevoegd."))
        return redirect(_back(agreement))
    page = about(agreement, _("Document toevoegen"), _("Toevoegen"), lead=_lead(agreement),
                 upload=True, anchor="#documenten")  # fmt: skip
    return show_form(request, form, page)


def _lead(what: object) -> str:
    return f"{what}. " + _("Zet hier geen strafdossiers, politiegegevens of namen van verdachten.")


@GET_OR_POST
def version_create(request: AuthedRequest, pk: int) -> HttpResponse:
    paper = _get_document(request, pk)
    permissions.may_edit_agreement(request.user, paper.agreement).or_403()
    bound = request.method == "POST"
    form = VersionForm(request.POST, request.FILES) if bound else VersionForm()
    if form.is_valid():
        data = form.cleaned_data
        agreement_documents.file_version(
            paper, data["file"], token=data["form_token"], by=request.user
        )
        messages.success(request, _("De nieuwe versie staat erbij. De vorige blijft bewaard."))
        return redirect(_back(paper.agreement))
    page = about(paper.agreement, _("Nieuwe versie"), _("Toevoegen"), lead=_lead(paper),
                 upload=True, anchor="#documenten")  # fmt: skip
    return show_form(request, form, page)


@require_safe
def version_download(request: AuthedRequest, pk: int) -> HttpResponse:
    visible = DocumentVersion.objects.visible_to(request.user)
    return as_download(get_object_or_404(visible, pk=pk))


@require_POST
def document_archive(request: AuthedRequest, pk: int) -> HttpResponse:
    paper = _get_document(request, pk)
    agreement_documents.archive_document(paper, by=request.user)
    messages.success(request, _("Het document is gearchiveerd."))
    return redirect(_back(paper.agreement))
