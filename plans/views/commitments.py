"""The promises an action rests on, on the action's page and on that of the agreement."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.form_page import show_form
from core.http import AuthedRequest, sent
from partners.models import Agreement
from plans import permissions
from plans.forms.commitments import LinkForm
from plans.models import Action, ActionCommitment
from plans.operations.commitments import link, unlink
from plans.rows import light_badge, status_badge
from plans.views.action_edit import GET_OR_POST, about
from plans.views.actions import get_action


@GET_OR_POST
def commitment_link(request: AuthedRequest, pk: int) -> HttpResponse:
    action = get_action(request.user, pk)
    permissions.may_edit(request.user, action.plan).or_403()
    form = LinkForm(sent(request), action=action, user=request.user)
    if form.is_valid():
        link(action, form.cleaned_data["commitment"], by=request.user)
        messages.success(request, _("Het engagement hoort nu bij deze actie."))
        return redirect(f"{action.get_absolute_url()}#afspraken")
    page = about(action, _("Een engagement koppelen"), _("Koppelen"))
    return show_form(request, form, page)


@require_POST
def commitment_unlink(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = ActionCommitment.objects.visible_to(request.user)
    row = get_object_or_404(rows.select_related("action__plan", "commitment"), pk=pk)
    unlink(row, by=request.user)
    messages.success(request, _("Het engagement hoort niet meer bij deze actie."))
    return redirect(f"{row.action.get_absolute_url()}#afspraken")


@require_safe
def of_agreement(request: AuthedRequest, pk: int) -> HttpResponse:
    """The actions that rest on an agreement, as a part of that agreement's page."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    links = ActionCommitment.objects.filter(
        commitment__party__agreement=agreement, commitment__archived_at=None
    )
    actions = Action.objects.visible_to(request.user).current()
    found = actions.filter(pk__in=links.values("action")).in_plan_order()
    rows = [
        {"action": row, "status": status_badge(row.status), "light": light_badge(row.light)}
        for row in found
    ]
    template = "plans/of_agreement.html"
    context = {"agreement": agreement, "rows": rows}
    return render(request, f"{template}#actions" if request.htmx else template, context)
