"""What the pages of evaluations share: loading in scope, and what stands around a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core.form_page import FormPage
from core.http import AuthedRequest
from evaluations.models import Evaluation, What
from evaluations.models.subjects import LOADED, subjects

if TYPE_CHECKING:
    from evaluations.models.subjects import Subject

TOP = ((_("Evaluaties"), reverse_lazy("evaluations:list")),)
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def get_evaluation(request: AuthedRequest, pk: int) -> Evaluation:
    """An evaluation outside someone's view does not exist for them: 404, never 403."""
    return get_object_or_404(Evaluation.objects.visible_to(request.user).for_list(), pk=pk)


def get_subject(request: AuthedRequest, what: str, pk: int) -> Subject:
    """What is to be evaluated, by its kind in the address."""
    if what not in What.values:
        raise Http404
    rows = subjects(what, request.user).select_related(*LOADED[What(what)])
    found: Subject = get_object_or_404(rows, pk=pk)
    return found


def about(evaluation: Evaluation, title: str, submit: str, **more: Any) -> FormPage:
    """A page about one evaluation: back leads to that evaluation."""
    address = evaluation.get_absolute_url()
    back = address + more.pop("anchor", "")
    crumbs = (*TOP, (evaluation.title, address))
    lead = more.pop("lead", str(evaluation.subject))
    return FormPage(title, submit, back, lead, crumbs, **more)
