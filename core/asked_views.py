"""A PDF that was asked for: how far it is, make it again, take it along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import asked, pdf_work
from core.models import AskedPdf

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from core.http import AuthedRequest


def get_paper(request: AuthedRequest, pk: int) -> tuple[AskedPdf, str]:
    """One's own, with the page it came from. Once one may not read that, it is not there: 404."""
    papers = AskedPdf.objects.visible_to(request.user).select_related("pdf_work")
    paper = get_object_or_404(papers.defer("snapshot"), pk=pk)
    if back := asked.origin_of(paper, request.user):
        return paper, back
    raise Http404


@require_safe
def page(request: AuthedRequest, pk: int) -> HttpResponse:
    paper, back = get_paper(request, pk)
    context = {"paper": paper, "back": back, "kept_days": asked.KEPT_DAYS}
    return render(request, "core/asked_pdf.html", context)


@require_safe
def build(request: AuthedRequest, pk: int) -> HttpResponse:
    """How far the PDF is: a piece of the page that asks again while there is work."""
    paper, _back = get_paper(request, pk)
    return render(request, "core/asked_pdf_build.html", {"paper": paper})


@require_POST
def again(request: AuthedRequest, pk: int) -> HttpResponse:
    paper, _back = get_paper(request, pk)
    asked.again(paper, by=request.user)
    messages.info(request, _("We maken de PDF opnieuw."))
    return redirect(paper)


@require_safe
def file(request: AuthedRequest, pk: int) -> HttpResponseBase:
    paper, _back = get_paper(request, pk)
    if not paper.is_built:
        messages.info(request, _("De PDF is nog niet klaar."))
        return redirect(paper)
    if found := pdf_work.as_download(paper):
        return found
    messages.error(request, pdf_work.LOST)
    return redirect(paper)
