"""What the pages of an agreement share: loading in scope, and what stands around a form."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core.form_page import FormPage
from core.http import AuthedRequest
from partners.models import Agreement

TOP = ((_("Afspraken"), reverse_lazy("agreements:list")),)
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def get_agreement(request: AuthedRequest, pk: int) -> Agreement:
    """An agreement outside someone's view does not exist for them: 404, never 403."""
    rows = Agreement.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("type", "municipality", "predecessor"), pk=pk)


def about(agreement: Agreement, title: str, submit: str, **more: Any) -> FormPage:
    """A page about one agreement: back leads to that agreement."""
    address = agreement.get_absolute_url()
    back = address + more.pop("anchor", "")
    crumbs = (*TOP, (agreement.code, address))
    return FormPage(title, submit, back, more.pop("lead", str(agreement)), crumbs, **more)
