"""The list of evaluations, and those of one subject on the page of that subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.http import AuthedRequest
from evaluations import permissions
from evaluations.filters import EvaluationFilter
from evaluations.models import Evaluation, EvaluationRhythm, What
from evaluations.models.rhythms import WITH_RHYTHM
from evaluations.models.subjects import FIELDS, address_of
from evaluations.rows import evaluation_row
from evaluations.views.common import get_subject
from evaluations.workflow import EvaluationStatus
from plans.models import Domain, TacticalGoal

if TYPE_CHECKING:
    from evaluations.models.subjects import Subject

PER_PAGE = 50
MOST = 10


@require_safe
def evaluation_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_read_evaluations(request.user).or_403()
    found = EvaluationFilter(request.user, request.GET)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "form": found.form,
        "active": found.active_count,
        "page": page,
        "rows": [evaluation_row(row, on=today) for row in page],
        "narrowed": found.active_count or found.form.cleaned_data.get("q"),
    }
    template = "evaluations/list.html"
    return render(request, f"{template}#results" if request.htmx else template, context)


@require_safe
def of_subject(request: AuthedRequest, what: str, pk: int) -> HttpResponse:
    """The evaluations of one thing, as a part of the page of that thing."""
    subject = get_subject(request, what, pk)
    today = timezone.localdate()
    seen = Evaluation.objects.visible_to(request.user)
    found = seen.about(subject).exclude(status=EvaluationStatus.DROPPED).for_list()
    may_make = permissions.may_make(request.user, subject)
    context = {
        "subject": subject,
        "subject_url": address_of(subject),
        "rows": [evaluation_row(row, on=today) for row in found.order_by("-planned_on")[:MOST]],
        "may_make": may_make,
        "create_url": reverse("evaluations:create", args=[what, pk]),
        "rhythm": _rhythm(subject, what) if may_make else None,
        "goals": _goals(subject) if may_make and isinstance(subject, Domain) else [],
    }
    template = "evaluations/of_subject.html"
    return render(request, f"{template}#evaluations" if request.htmx else template, context)


def _rhythm(subject: Subject, what: str) -> dict[str, Any] | None:
    """How often it is evaluated and how to change that; an agreement says so itself."""
    if what not in WITH_RHYTHM:
        return None
    running = EvaluationRhythm.objects.running().filter(**{FIELDS[What(what)]: subject}).first()
    if running:
        said = _("Om de %(months)d maanden, vanaf %(day)s.")
        day = f"{running.starts:%d/%m/%Y}"
        text = said % {"months": running.months, "day": day}
        return {"text": text, "end_url": reverse("evaluations:rhythm-end", args=[running.pk])}
    return {"text": "", "begin_url": reverse("evaluations:rhythm", args=[what, subject.pk])}


def _goals(domain: Domain) -> list[dict[str, str]]:
    """The tactical goals of a domain: they have no page of their own."""
    goals = TacticalGoal.objects.filter(sub_theme__domain=domain).current()
    return [
        {"text": str(row), "url": reverse("evaluations:create", args=[What.GOAL, row.pk])}
        for row in goals.order_by("sub_theme__position", "position", "pk")
    ]
