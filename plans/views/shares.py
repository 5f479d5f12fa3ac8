"""The municipality's side of sharing: show an action to a partner, see what came of it, stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.form_page import show_form
from core.forms import ClashError, form_status
from core.http import AuthedRequest, sent
from core.models import ref
from partners.models import PartnerMember
from plans import permissions
from plans.forms.shares import ShareEditForm, ShareForm, WithdrawForm
from plans.models import Action, Contribution, Share
from plans.operations import shares
from plans.shared import shared_item
from plans.views.action_edit import GET_OR_POST
from plans.views.actions import get_action
from plans.views.common import plan_page

if TYPE_CHECKING:
    from accounts.models import User
    from plans.forms.shares import ShareFields


def get_share(user: User, pk: int) -> Share:
    rows = Share.objects.visible_to(user).select_related("action__plan", "partner__group")
    return get_object_or_404(rows.select_related("action__lead_partner"), pk=pk)


@require_safe
def cooperation(request: AuthedRequest, pk: int) -> HttpResponse:
    """With whom an action is shared and what those partners say: a page, and a part of another."""
    action = get_action(request.user, pk)
    permissions.may_read_sharing(request.user, action).or_403()
    now = timezone.now()
    seen = Share.objects.visible_to(request.user).filter(action=action)
    rows = list(seen.select_related("partner", "given_by").order_by("partner__name", "-pk"))
    told = Contribution.objects.filter(share__in=rows).select_related("share__partner", "by")
    context = {
        "action": action,
        "running": [share for share in rows if _is_running(share, now)],
        "over": [share for share in rows if not _is_running(share, now)],
        "contributions": told[:20],
        "may_share": permissions.may_share(request.user, action),
        "subject": ref(action),
    }
    template = "plans/cooperation.html"
    return render(request, f"{template}#cooperation" if request.htmx else template, context)


def _is_running(share: Share, now: Any) -> bool:
    return share.closed_at is None and share.ends_at > now


@GET_OR_POST
def share_create(request: AuthedRequest, pk: int) -> HttpResponse:
    action = get_action(request.user, pk)
    permissions.may_share(request.user, action).or_403()
    form = ShareForm(sent(request), action=action)
    if form.is_valid() and form.was_seen and (share := _given(form, request.user)):
        messages.success(request, _("Gedeeld met %s.") % share.partner)
        return redirect("plans:cooperation", action.pk)
    return _ask(request, form, action, _("Delen met een partner"))


def _given(form: ShareForm, by: User) -> Share | None:
    try:
        return shares.give(form, by=by)
    except IntegrityError:  # a colleague was a moment earlier
        form.add_error("partner", _("Deze actie is al met deze partner gedeeld."))
        return None


@GET_OR_POST
def share_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    share = get_share(request.user, pk)
    permissions.may_change_share(request.user, share).or_403()
    form = ShareEditForm(sent(request), instance=share)
    if form.is_valid() and form.was_seen:
        try:
            shares.change(form, by=request.user)
        except ClashError:
            form.note_clash()
        else:
            messages.success(request, _("Gewijzigd. %s ziet dit meteen.") % share.partner)
            return redirect("plans:cooperation", share.action_id)
    return _ask(request, form, share.action, _("Wat %s ziet") % share.partner)


def _ask(request: AuthedRequest, form: ShareFields, action: Action, title: str) -> HttpResponse:
    """The form; once it is in order, above it exactly what the partner will see."""
    previewed = form.is_bound and form.is_valid()
    running = Share.objects.running(at=timezone.now()).filter(action=action)
    context = {
        "form": form,
        "action": action,
        "title": title,
        "sees": form.instance.partner if form.instance.pk else None,
        "others": running.exclude(pk=form.instance.pk).partner_names(),
        "item": shared_item(form.instance) if previewed else None,
        "partner": form.instance.partner if previewed else None,
        "readers": _readers(form.instance) if previewed else 0,
        "seen": form.print_of_preview if previewed else "",
    }
    status = 200 if previewed else form_status(form)
    return render(request, "plans/share_form.html", context, status=status)


def _readers(share: Share) -> int:
    """How many people of the partner will see it today."""
    today = timezone.localdate()
    return PartnerMember.objects.active(on=today).filter(partner=share.partner_id).count()


@GET_OR_POST
def share_withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    share = get_share(request.user, pk)
    permissions.may_end_share(request.user, share).or_403()
    form = WithdrawForm(sent(request))
    if form.is_valid():
        shares.withdraw(share, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("%s ziet deze actie niet meer.") % share.partner)
        return redirect("plans:cooperation", share.action_id)
    back = share.action.get_absolute_url()
    page = plan_page(
        _("Niet langer delen met %s") % share.partner, share.action.plan, back, _("Trek in"),
        lead=_("De partner ziet de actie dan meteen nergens meer, ook niet met een oude link."),
        danger=True,
    )  # fmt: skip
    return show_form(request, form, page)
