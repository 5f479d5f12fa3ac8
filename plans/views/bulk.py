"""Many actions at once: choose them in the list, say what changes, read what came of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.forms import form_status
from core.http import AuthedRequest, sent
from core.models import LogEntry, key_of
from plans import permissions
from plans.filters import ActionSearch
from plans.forms.bulk import BulkAdjustForm, BulkLeadForm
from plans.models import Action, Plan
from plans.operations import bulk
from plans.views.action_edit import GET_OR_POST

if TYPE_CHECKING:
    from accounts.models import User

LEAD, ADJUST = "trekker", "bijsturen"
FORMS: dict[str, Any] = {LEAD: BulkLeadForm, ADJUST: BulkAdjustForm}


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen in the list, and the one plan it lies in."""

    actions: list[Action]
    plan: Plan


def _chosen(request: AuthedRequest) -> Choice | str:
    """The chosen actions, or the sentence that says what is wrong with the choice."""
    if request.GET.get("alle"):
        rows = ActionSearch(request.user, QueryDict(request.GET.get("zoek", ""))).rows
    else:
        keys = {key for key in request.GET.getlist("actie") if _is_key(key)}
        visible = Action.objects.visible_to(request.user)
        rows = visible.filter(pk__in=keys).in_plan_order()
    actions = list(rows.select_related("plan", "lead_partner", "lead_person")[: bulk.MOST + 1])
    plans = {action.plan for action in actions}
    if not actions:
        return _("Kies eerst acties in de lijst.")
    if len(actions) > bulk.MOST:
        return _("Kies hoogstens %d acties.") % bulk.MOST
    if len(plans) > 1:
        return _("Kies acties van één plan: één besluit gaat over één plan.")
    return Choice(actions, plans.pop())


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < len(str(2**63))


@GET_OR_POST
def actions_bulk(request: AuthedRequest) -> HttpResponse:
    chosen = _chosen(request)
    if isinstance(chosen, str):
        messages.warning(request, chosen)
        return redirect("plans:actions")
    what = ADJUST if request.GET.get("doen") == ADJUST else LEAD
    _may(request.user, chosen.plan, what)
    form = _form(request, chosen.plan, what)
    if form.is_valid():
        entry = _do(chosen, what, form, by=request.user)
        return redirect("plans:bulk-result", pk=entry.pk)
    context = {"form": form, "choice": chosen, "adjusts": what == ADJUST}
    return render(request, "plans/action_bulk.html", context, status=form_status(form))


def _may(user: User, plan: Plan, what: str) -> None:
    permissions.may_edit(user, plan).or_403()
    if what == ADJUST:
        permissions.may_revise(user, plan).or_403()


def _form(request: AuthedRequest, plan: Plan, what: str) -> Any:
    data = sent(request)
    initial = {"form_token": uuid.uuid4()}
    return FORMS[what](data, plan=plan, by=request.user, initial=initial)


def _do(chosen: Choice, what: str, form: Any, *, by: User) -> LogEntry:
    token = form.cleaned_data["form_token"]
    if what == LEAD:
        partner = form.cleaned_data["partner"]
        return bulk.assign_lead(chosen.actions, chosen.plan, partner, None, token=token, by=by)
    data, change = form.revision_data(), form.adjustment()
    return bulk.adjust(chosen.actions, chosen.plan, change, data, token=token, by=by)


@require_safe
def bulk_result(request: AuthedRequest, pk: int) -> HttpResponse:
    """What was done and what was refused, for the person who asked and still reads the plan."""
    own = LogEntry.objects.filter(actor=request.user, verb__in=[bulk.LEAD_VERB, bulk.ADJUST_VERB])
    entry = get_object_or_404(own, pk=pk)
    get_object_or_404(Plan.objects.visible_to(request.user), pk=key_of(entry.subject))
    context = {
        "done": [line for line in entry.changes if not line["old"]],
        "refused": [line for line in entry.changes if line["old"]],
        "entry": entry,
    }
    return render(request, "plans/action_bulk_result.html", context)
