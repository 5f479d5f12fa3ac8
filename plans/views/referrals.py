"""Referrals from an action, and back to the action from the referral."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.roles import Right
from core.http import AuthedRequest
from partners.models import Referral
from partners.views.referrals import write_referral
from plans import permissions
from plans.models import Action
from plans.operations import referrals
from plans.views.action_edit import GET_OR_POST
from plans.views.actions import get_action


@GET_OR_POST
def referral_create(request: AuthedRequest, pk: int) -> HttpResponse:
    action = get_action(request.user, pk)
    permissions.may_refer(request.user, action).or_403()
    place = permissions.place_for(request.user, action, Right.REFERRAL_MAKE)
    if place is None:
        raise PermissionDenied

    def send(row: Referral) -> Referral:
        return referrals.refer(action, row, by=request.user)

    return write_referral(request, frozenset({place}), send, subject=action)


@require_safe
def of_referral(request: AuthedRequest, pk: int) -> HttpResponse:
    """Where a referral came from, as a part of its page: the action, for who also reads that."""
    referral = get_object_or_404(Referral.objects.visible_to(request.user), pk=pk)
    actions = Action.objects.visible_to(request.user).filter(referral_links__referral=referral)
    context = {"referral": referral, "action": actions.first()}
    template = "plans/of_referral.html"
    return render(request, f"{template}#source" if request.htmx else template, context)
