"""The warden's phone: the rounds of today, box by box."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import receipts
from core.form_page import FormPage, show_form, try_save
from core.forms import OvertakenError, form_status
from core.http import AuthedRequest, sent
from meldingen import permissions, public_texts
from meldingen.forms.rounds import EmptyForm, FinishForm, SkipForm
from meldingen.maps import map_of_round
from meldingen.models import Mailbox, MailboxRound, MailboxVisit, Melding, Route, VisitResult
from meldingen.operations import rounds as operations
from meldingen.views.rounds import lately_missed

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def phone_home(request: AuthedRequest) -> HttpResponse:
    """Today: which route is to be walked, what is mine, and the button for what I see."""
    permissions.may_read(request.user).or_403()
    user, today = request.user, timezone.localdate()
    own = Melding.objects.visible_to(user).open().of(user)
    context = {
        "routes": _routes_today(request),
        "today": today,
        "open": own.count(),
        "late": own.beyond_norm(on=today).count(),
        "missed": lately_missed(user)[:2],
        "may_walk": permissions.may_see_boxes(user),
    }
    return render(request, "meldingen/phone/home.html", context)


def _routes_today(request: AuthedRequest) -> list[tuple[Route, MailboxRound | None]]:
    """Each route that is due today or was begun anyway, with its round."""
    today = timezone.localdate()
    begun = {row.route_id: row for row in _rounds(request).filter(on=today)}
    routes = Route.objects.visible_to(request.user).current()
    return [(row, begun.get(row.pk)) for row in routes if row.is_due(today) or row.pk in begun]


def _rounds(request: AuthedRequest) -> Any:
    return MailboxRound.objects.visible_to(request.user).with_counts().select_related("route")


@require_POST
def round_begin(request: AuthedRequest, pk: int) -> HttpResponse:
    route = get_object_or_404(Route.objects.visible_to(request.user).current(), pk=pk)
    made = operations.begin(route, by=request.user, on=timezone.localdate())
    return redirect("meldingen:phone-round", made.pk)


@require_safe
def round_walk(request: AuthedRequest, pk: int) -> HttpResponse:
    """The next box large, with what can be tapped; the others below."""
    walked = get_object_or_404(_rounds(request), pk=pk)
    visits = list(walked.visits.select_related("mailbox", "by"))
    done = [visit for visit in visits if visit.is_done]
    last = max(done, key=lambda visit: visit.at or walked.started_at, default=None)
    chosen = request.GET.get("bus", "")
    waiting = [visit for visit in visits if not visit.is_done]
    following = next((row for row in waiting if str(row.pk) == chosen), None)
    following = following or (waiting[0] if waiting else None)
    context = {
        "round": walked,
        "visits": visits,
        "next": following,
        "map": map_of_round(walked, visits, None if walked.finished_at else following),
        "last": last if walked.on == timezone.localdate() else None,
        "done": len(done),
        "is_over": bool(walked.finished_at),
    }
    return render(request, "meldingen/phone/round.html", context)


def get_visit(request: AuthedRequest, pk: int) -> MailboxVisit:
    seen = MailboxVisit.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("round__route", "mailbox"), pk=pk)


def _back(visit: MailboxVisit) -> HttpResponse:
    return redirect("meldingen:phone-round", visit.round_id)


@require_POST
def visit_empty(request: AuthedRequest, pk: int) -> HttpResponse:
    """One tap: nothing in it. A second tap finds it done, and that is no mistake."""
    visit = get_visit(request, pk)
    try:
        operations.empty(visit, by=request.user)
    except OvertakenError as error:
        if get_visit(request, pk).result != VisitResult.EMPTY:
            messages.warning(request, str(error.message))
    return _back(visit)


@GET_OR_POST
def visit_notes(request: AuthedRequest, pk: int) -> HttpResponse:
    """Notes, photos and how the box is."""
    visit = get_visit(request, pk)
    files = request.FILES if request.method == "POST" else None

    def save(form: EmptyForm) -> MailboxVisit:
        data = dict(form.cleaned_data)
        token = data.pop("form_token")
        return receipts.once(
            token, MailboxVisit, lambda: operations.empty(visit, by=request.user, **data),
            by=request.user,
        )  # fmt: skip

    form, saved = try_save(lambda: EmptyForm(sent(request), files), save)
    if saved:
        notes = saved.notes
        said = ngettext("%d briefje genoteerd.", "%d briefjes genoteerd.", notes) % notes
        messages.success(request, said if notes else _("Leeg, genoteerd."))
        return _back(visit)
    privacy = public_texts.box_privacy(visit.mailbox.municipality)
    context = {"form": form, "visit": visit, "privacy": privacy}
    return render(request, "meldingen/phone/notes.html", context, status=form_status(form))


@GET_OR_POST
def visit_skip(request: AuthedRequest, pk: int) -> HttpResponse:
    visit = get_visit(request, pk)
    form, saved = try_save(
        lambda: SkipForm(sent(request)),
        lambda form: operations.skip(
            visit, form.cleaned_data["reason"], remark=form.cleaned_data["remark"], by=request.user
        ),
    )
    if saved:
        return _back(visit)
    back = reverse("meldingen:phone-round", args=[visit.round_id])
    page = FormPage(_("%s overslaan") % visit.mailbox.name, _("Overslaan"), back)
    return show_form(request, form, page)


@require_POST
def visit_undo(request: AuthedRequest, pk: int) -> HttpResponse:
    visit = get_visit(request, pk)
    operations.undo(visit, by=request.user)
    messages.success(request, _("%s staat weer open.") % visit.mailbox.name)
    return _back(visit)


@GET_OR_POST
def round_finish(request: AuthedRequest, pk: int) -> HttpResponse:
    walked = get_object_or_404(_rounds(request), pk=pk)
    form, saved = try_save(
        lambda: FinishForm(sent(request), left=walked.left),
        lambda form: operations.finish(walked, by=request.user, **form.cleaned_data),
    )
    if saved:
        messages.success(request, _("De ronde is klaar. Bedankt!"))
        return redirect("meldingen:phone")
    back = reverse("meldingen:phone-round", args=[walked.pk])
    page = FormPage(_("Ronde %s afsluiten") % walked.route, _("Klaar"), back)
    return show_form(request, form, page)


@require_safe
def box_scanned(request: AuthedRequest, code: str) -> HttpResponse:
    """Where the QR code in a box leads: that box in the round of today, or the start of one."""
    permissions.may_see_boxes(request.user).or_403()
    seen = Mailbox.objects.visible_to(request.user).current()
    box = get_object_or_404(seen.filter(code__iexact=code)[:1])
    today = MailboxVisit.objects.filter(mailbox=box, round__on=timezone.localdate())
    visit = today.order_by("result", "pk").first()
    if visit is None:
        routes = Route.objects.visible_to(request.user).current().filter(mailboxes=box)
        return render(request, "meldingen/phone/box.html", {"box": box, "routes": routes})
    address = reverse("meldingen:phone-round", args=[visit.round_id])
    return redirect(f"{address}?bus={visit.pk}")
