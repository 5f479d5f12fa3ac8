"""The space of a partner: what was shared with it, and its answers. Nothing else exists there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.days import in_figures
from core.files import as_download
from core.http import AuthedRequest
from core.paging import page_of
from partners.models import Referral, space_partners
from partners.permissions import may_use_space
from plans import permissions
from plans.forms.actions import ReasonForm
from plans.forms.shares import ContributionForm, HandInForm
from plans.models import Attachment, Share
from plans.models.shares import last_day
from plans.operations import shares
from plans.operations.plan import MovedError
from plans.rows import answer_badge
from plans.shared import shared_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plans.models.shares import ShareQuerySet

PER_PAGE = 100
COLUMNS = ("pk", "title", "partner__name", "answer", "last_contribution", "ends_at")


def _shares(request: AuthedRequest) -> ShareQuerySet:
    return Share.objects.in_space_of(request.user, at=timezone.now())


def _get_share(request: AuthedRequest, pk: int) -> Share:
    """A share that ended, was withdrawn or is another's: all the same 404."""
    rows = _shares(request).select_related("action__lead_partner", "action__plan", "partner")
    return get_object_or_404(rows, pk=pk)


@require_safe
def overview(request: AuthedRequest) -> HttpResponse:
    may_use_space(request.user).or_403()
    rows = _shares(request).in_order_of_work()
    page = page_of(rows, COLUMNS, request.GET.get("page"), PER_PAGE)
    several = len(space_partners(request.user)) > 1
    context = {
        "partners": space_partners(request.user),
        "page": page,
        "waiting": Referral.objects.visible_to(request.user).waiting().count(),
        "rows": list(_rows(page.object_list, several=several)),
    }
    return render(request, "space/overview.html", context)


def _rows(shares: Iterable[Any], *, several: bool) -> Iterator[dict[str, Any]]:
    """Rows ready to draw; what is the same for all is made once."""
    begin = reverse("space:share", args=[0]).removesuffix("0/")
    for share in shares:
        last = share.last_contribution
        yield {
            "url": f"{begin}{share.pk}/",
            "title": share.title,
            "partner": share.partner__name if several else "",
            "answer": answer_badge(share.answer),
            "last": in_figures(timezone.localdate(last)) if last else "–",
            "until": in_figures(last_day(share.ends_at)),
        }


@require_safe
def share_page(request: AuthedRequest, pk: int) -> HttpResponse:
    return _show(request, _get_share(request, pk))


def _show(
    request: AuthedRequest,
    share: Share,
    *,
    form: ContributionForm | None = None,
    refusal: ReasonForm | None = None,
    upload: HandInForm | None = None,
    status: int = 200,
) -> HttpResponse:
    may_work = permissions.may_contribute(request.user, share)
    context = {
        "share": share,
        "item": shared_item(share),
        "answer": answer_badge(share.answer),
        "may_answer": permissions.may_answer_share(request.user, share),
        "refusal": refusal or ReasonForm(),
        "refused": refusal is not None,
        "form": form or (ContributionForm() if may_work else None),
        "upload": upload or (HandInForm() if may_work else None),
        "contributions": share.contributions.select_related("by"),
        "files": share.files.filter(archived_at=None),
    }
    return render(request, "space/share.html", context, status=status)


@require_POST
def share_answer(request: AuthedRequest, pk: int) -> HttpResponse:
    share = _get_share(request, pk)
    permissions.may_answer_share(request.user, share).or_403()
    accept = request.POST.get("antwoord") == "ja"
    form = ReasonForm(None if accept else request.POST)
    if not accept and not form.is_valid():
        return _show(request, share, refusal=form, status=422)
    try:
        reason = "" if accept else form.cleaned_data["reason"]
        shares.answer(share, accept=accept, by=request.user, reason=reason)
    except MovedError:
        messages.info(request, _("Een collega heeft net geantwoord. Hier zie je wat."))
    else:
        messages.success(request, _("Dank je. De gemeente krijgt je antwoord."))
    return redirect(share)


@require_POST
def contribute(request: AuthedRequest, pk: int) -> HttpResponse:
    share = _get_share(request, pk)
    permissions.may_contribute(request.user, share).or_403()
    form = ContributionForm(request.POST)
    if not form.is_valid():
        return _show(request, share, form=form, status=422)
    shares.contribute(form, share, by=request.user)
    messages.success(request, _("Dank je. De gemeente ziet je bijdrage."))
    return redirect(share)


@require_POST
def hand_in(request: AuthedRequest, pk: int) -> HttpResponse:
    share = _get_share(request, pk)
    permissions.may_contribute(request.user, share).or_403()
    form = HandInForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, share, upload=form, status=422)
    token = form.cleaned_data["form_token"]
    shares.hand_in(share, form.cleaned_data["file"], token=token, by=request.user)
    messages.success(request, _("Het bestand is bezorgd."))
    return redirect(share)


@require_safe
def own_file(request: AuthedRequest, pk: int) -> HttpResponse:
    """A file that the partner itself handed in, as long as its share runs."""
    files = Attachment.objects.filter(share__in=_shares(request), archived_at=None)
    return as_download(get_object_or_404(files, pk=pk))
