"""What a plan was: kept versions, the differences between two, bijsturingen and history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.forms import form_status
from core.http import AuthedRequest, sent
from plans import comparison, permissions, story
from plans.forms.plan import VersionForm
from plans.models import Plan, PlanVersion
from plans.operations.plan import keep_version_by_hand
from plans.snapshot import plan_as_json
from plans.views.common import get_plan

LINES_PER_PAGE = 40
LONGEST_KEY = 18  # digits


def _versions(request: AuthedRequest, plan: Plan) -> Any:
    """The versions this person may read: those of the making are for those who make."""
    permissions.may_read_story(request.user, plan).or_403()
    rows = plan.versions.select_related("made_by").defer("snapshot")
    if permissions.may_read_drafts(request.user, plan):
        return rows
    return rows.exclude(label__startswith="0.")


@require_http_methods(["GET", "HEAD", "POST"])
def version_list(request: AuthedRequest, code: str) -> HttpResponse:
    plan = get_plan(request, code)
    versions = _versions(request, plan)
    may_keep = permissions.may_edit(request.user, plan)
    form: Any = VersionForm(sent(request))
    if request.method == "POST":
        may_keep.or_403()
    if form.is_valid():
        kept = keep_version_by_hand(plan, form.cleaned_data["note"], by=request.user)
        messages.success(request, _("Versie %s is bewaard.") % kept.label)
        return redirect("plans:versions", plan.code)
    context = {"plan": plan, "versions": versions, "form": form, "may_keep": may_keep}
    return render(request, "plans/version_list.html", context, status=form_status(form))


@require_safe
def version_detail(request: AuthedRequest, code: str, pk: int) -> HttpResponse:
    plan = get_plan(request, code)
    version: PlanVersion = get_object_or_404(_versions(request, plan).defer(None), pk=pk)
    text = comparison.readable(version.snapshot, plan, request.user)
    context = {"plan": plan, "version": version, "elements": comparison.elements(text).values()}
    return render(request, "plans/version_detail.html", context)


@require_safe
def version_compare(request: AuthedRequest, code: str) -> HttpResponse:
    """Two versions, or a version and the text of now, beside each other."""
    plan = get_plan(request, code)
    versions = _versions(request, plan)
    old = _chosen(request.GET.get("van"), versions)
    new = _chosen(request.GET.get("tot"), versions)
    if old is None:
        raise Http404
    texts = [
        comparison.readable(version.snapshot if version else plan_as_json(plan), plan, request.user)
        for version in (old, new)
    ]
    context = {"plan": plan, "old": old, "new": new, "differences": comparison.compare(*texts)}
    return render(request, "plans/version_compare.html", context)


def _chosen(text: str | None, versions: Any) -> PlanVersion | None:
    """A version by its key; "nu" and nothing mean the text of now."""
    if text in {None, "", "nu"}:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY):
        raise Http404
    found: PlanVersion = get_object_or_404(versions.defer(None), pk=int(text))
    return found


@require_safe
def revisions(request: AuthedRequest, code: str) -> HttpResponse:
    plan = get_plan(request, code)
    permissions.may_read_story(request.user, plan).or_403()
    context = {"plan": plan, "revisions": story.revisions(plan, request.user)}
    return render(request, "plans/revision_list.html", context)


@require_safe
def plan_history(request: AuthedRequest, code: str) -> HttpResponse:
    plan = get_plan(request, code)
    permissions.may_read_drafts(request.user, plan).or_403()
    pages = Paginator(story.lines(plan, request.user), LINES_PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {"plan": plan, "page": page, "events": [story.event(line) for line in page]}
    return render(request, "plans/plan_history.html", context)
