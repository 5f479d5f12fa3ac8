"""Referrals: the list, one of them, a new one, and the answer to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.roles import Right
from core import receipts
from core.forms import ClashError, form_status
from core.http import AuthedRequest, sent
from core.models import LogEntry
from core.paging import page_number
from partners import permissions
from partners.filters import ReferralFilter
from partners.forms.referrals import AnswerForm, ReferralEditForm, ReferralForm, WhereForm
from partners.models import Partner, PartnerCompetence, Referral
from partners.models.register import own_partner_ids
from partners.operations import referrals
from partners.referral_rows import referral_badge
from partners.sharing import cautions
from partners.workflow import (
    REFERRAL_STEPS,
    ReferralStatus,
    ReferralStep,
    referral_steps_from,
)

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 50
MOST = 999_999_999  # as high as the key of a partner gets
STEP_NAMES = frozenset(step.name for step in REFERRAL_STEPS)


def get_referral(request: AuthedRequest, pk: int) -> Referral:
    rows = Referral.objects.visible_to(request.user).for_list().select_related("municipality")
    return get_object_or_404(rows, pk=pk)


@require_safe
def referral_list(request: AuthedRequest) -> HttpResponse:
    visible = Referral.objects.visible_to(request.user)
    found = ReferralFilter(request.GET, visible, partners=_partners_of(visible))
    page = Paginator(found.qs.for_list(), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "filter": found,
        "page": page,
        "rows": [(row, referral_badge(row, on=today)) for row in page],
        "may_refer": permissions.may_refer(request.user),
        "may_look_up": permissions.may_look_up(request.user),
        "may_use_space": permissions.may_use_space(request.user),
    }
    template = "partners/referral_list.html"
    return render(request, f"{template}#results" if request.htmx else template, context)


def _partners_of(visible: QuerySet[Referral]) -> QuerySet[Partner]:
    """Only partners that this person sees a referral to, so that the choice tells nothing new."""
    return Partner.objects.filter(pk__in=visible.values("partner"))


@require_safe
def referral_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    referral = get_referral(request, pk)
    referrals.note_reading(referral, by=request.user)
    steps = referral_steps_from(referral.status)
    may = permissions.may_take_referral_step
    context = {
        "referral": referral,
        "badge": referral_badge(referral, on=timezone.localdate()),
        "steps": [step for step in steps if may(request.user, referral, step)],
        "lines": LogEntry.objects.about(referral),
        "may_edit": permissions.may_edit_referral(request.user, referral),
        "may_read_reason": permissions.may_read_reason(request.user, referral),
        "is_asked": _is_asked(request.user, referral),
    }
    return render(request, "partners/referral_detail.html", context)


def _is_asked(user: User, referral: Referral) -> bool:
    """Whether it was sent to this person's own organisation: then it is told to them."""
    return referral.partner_id in own_partner_ids(user)


@GET_OR_POST
def referral_create(request: AuthedRequest) -> HttpResponse:
    """From nothing but who is competent; from an action see `plans.views.referrals`."""
    permissions.may_refer(request.user).or_403()
    places = request.user.municipality_ids_with(Right.REFERRAL_MAKE)
    return write_referral(request, places, lambda row: referrals.refer(row, by=request.user))


def write_referral(
    request: AuthedRequest,
    places: frozenset[int],
    send: Callable[[Referral], Referral],
    *,
    subject: Any = None,
) -> HttpResponse:
    """Two pages, one address: first to whom and for what (`?aan=`), then what that partner reads."""
    if referral := receipts.found(request.POST, Referral, by=request.user):
        return redirect(referral)
    where = WhereForm(request.GET if "aan" in request.GET else None, places=places)
    if not where.is_valid():
        return _ask_where(request, where, places, subject)
    held = where.cleaned_data["aan"]
    form = ReferralForm(sent(request), held=held)
    if form.is_valid():
        token = form.cleaned_data["form_token"]
        referral = receipts.once(
            token, Referral, lambda: send(form.save(commit=False)), by=request.user
        )
        messages.success(request, _("De doorverwijzing is verzonden."))
        return redirect(referral)
    told = cautions(held.partner, on=timezone.localdate())
    context = {"form": form, "held": held, "subject": subject, "cautions": told}
    return render(request, "partners/referral_form.html", context, status=form_status(form))


def _ask_where(
    request: AuthedRequest, form: WhereForm, places: frozenset[int], subject: Any
) -> HttpResponse:
    """To whom? Who came from the page of a partner (`?partner=`) finds what that one does first."""
    asked = (
        page_number(request.GET.get("partner"), furthest=MOST) if "partner" in request.GET else 0
    )
    held = PartnerCompetence.objects.to_refer_to(places).filter(partner=asked)
    context = {"form": form, "subject": subject, "held": held}
    status = 422 if request.method == "POST" or form.is_bound else 200
    return render(request, "partners/referral_where.html", context, status=status)


@GET_OR_POST
def referral_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    """Change what was sent, until the partner answers."""
    referral = get_referral(request, pk)
    if request.method == "POST" and referral.status != ReferralStatus.SENT:
        messages.error(request, str(referrals.AlreadyAnsweredError.message))
        return redirect(referral)
    permissions.may_edit_referral(request.user, referral).or_403()
    form = ReferralEditForm(sent(request), instance=referral)
    if form.is_valid():
        try:
            referrals.edit(form, by=request.user)
        except ClashError:
            form.note_clash()
        except referrals.AlreadyAnsweredError as error:
            messages.error(request, str(error.message))
            return redirect(referral)
        else:
            messages.success(request, _("De doorverwijzing is gewijzigd."))
            return redirect(referral)
    told = cautions(referral.partner, on=timezone.localdate())
    context = {"form": form, "referral": get_referral(request, pk), "cautions": told}
    return render(request, "partners/referral_edit.html", context, status=form_status(form))


@GET_OR_POST
def referral_step(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    referral = get_referral(request, pk)
    step = _step(referral, name)
    if step is None:
        messages.error(request, str(referrals.AlreadyAnsweredError.message))
        return redirect(referral)
    permissions.may_take_referral_step(request.user, referral, step).or_403()
    is_asked = _is_asked(request.user, referral)
    form = AnswerForm(sent(request), step=step, is_asked=is_asked)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        if _taken(request, referral, step, form):
            return redirect(referral)
        status = 409
    context = {"form": form, "referral": referral, "step": step}
    return render(request, "partners/referral_step.html", context, status=status)


def _step(referral: Referral, name: str) -> ReferralStep | None:
    """A step that exists but not from here is told; a name that never was is nothing."""
    from_here = (step for step in referral_steps_from(referral.status) if step.name == name)
    found = next(from_here, None)
    if found is None and name not in STEP_NAMES:
        raise Http404
    return found


def _taken(
    request: AuthedRequest, referral: Referral, step: ReferralStep, form: AnswerForm
) -> bool:
    try:
        referrals.take_step(referral, step, form.cleaned_data["text"], by=request.user)
    except referrals.AlreadyAnsweredError as error:
        form.add_error(None, str(error.message))
        return False
    messages.success(request, _("Bewaard."))
    return True
