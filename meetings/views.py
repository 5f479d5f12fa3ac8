"""Meetings, what was decided at them, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from meetings import operations, permissions, story
from meetings.filters import ResolutionFilter
from meetings.forms import (
    AttendanceForm,
    CloseForm,
    MeetingEditForm,
    MeetingForm,
    ResolutionEditForm,
    ResolutionForm,
)
from meetings.models import AgendaItem, Meeting, Resolution, points_for
from meetings.rows import resolution_rows
from meetings.tabs import tabs
from plans.models import Action

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

    from accounts.models import User

    Words = str | _StrPromise

PER_PAGE = 30
RECORD = _lazy("Wat is er beslist?")
FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])


# --- Meetings ---------------------------------------------------------------------------------


@require_safe
def meeting_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_read_meetings(request.user).or_403()
    seen = Meeting.objects.visible_to(request.user).select_related("municipality")
    context = {
        "page": Paginator(seen, PER_PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
        "may_record": permissions.may_record(request.user),
        "tabs": tabs(request.user, "meetings:list"),
        "request": request,
    }
    return render(request, "meetings/meeting_list.html", context)


def get_meeting(request: AuthedRequest, pk: int) -> Meeting:
    seen = Meeting.objects.visible_to(request.user).select_related("municipality")
    return get_object_or_404(seen, pk=pk)


@require_safe
def meeting_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(request, pk)
    rows = Resolution.objects.visible_to(request.user).filter(meeting=meeting)
    context = {
        "meeting": meeting,
        "rows": _rows(rows.for_list().order_by("pk"), request.user),
        "may_record": permissions.may_record(request.user, meeting.municipality_id),
        "items": _items(request, meeting),
        "attendances": meeting.attendances.select_related("partner"),
        **_points(request, meeting),
    }
    return render(request, "meetings/meeting_detail.html", context)


def _items(request: AuthedRequest, meeting: Meeting) -> list[dict[str, Any]]:
    """The points on its agenda; what was decided shows to who reads that."""
    found = list(meeting.agenda_items.for_page())
    read = set(
        Resolution.objects.visible_to(request.user)
        .filter(pk__in=[row.resolution_id for row in found if row.resolution_id])
        .values_list("pk", flat=True)
    ) if found else set()  # fmt: skip
    return [
        {"row": row, "resolution": row.resolution if row.resolution_id in read else None}
        for row in found
    ]


def _points(request: AuthedRequest, meeting: Meeting) -> dict[str, Any]:
    """What may still be put on it, for who prepares it."""
    may_take = permissions.may_take_points(request.user, meeting)
    today = timezone.localdate()
    points = points_for(meeting, request.user, on=today) if may_take else ()
    return {"may_take": may_take, "points": points}


@require_POST
def take_points(request: AuthedRequest, pk: int) -> HttpResponse:
    """All open points for the core group onto this agenda, with one button."""
    meeting = get_meeting(request, pk)
    number = operations.take_points(meeting, by=request.user)
    if number:
        told = ngettext(
            "%d punt staat op de agenda.", "%d punten staan op de agenda.", number
        )  # fmt: skip
        messages.success(request, told % number)
    else:
        messages.info(request, _("Er is niets meer over: alles staat al op een agenda."))
    return redirect(meeting)


@FORM_METHODS
def point_resolve(request: AuthedRequest, pk: int) -> HttpResponse:
    """What was decided about one point of the agenda: with that it is handled."""
    rows = AgendaItem.objects.visible_to(request.user)
    found = rows.select_related("meeting__municipality", "item", "resolution")
    point = get_object_or_404(found, pk=pk)
    permissions.may_take_points(request.user, point.meeting).or_403()
    meeting = point.meeting
    form, made = try_save(
        lambda: ResolutionForm(sent(request), by=request.user, known=meeting.says),
        lambda form: form.once(
            lambda form, by: operations.resolve_point(form, point, by=by), by=request.user
        ),
        by=request.user,
    )
    if made:
        messages.success(request, _("Genoteerd. Het punt is afgehandeld."))
        return redirect(meeting)
    back = meeting.get_absolute_url()
    page = _page(RECORD, back, str(meeting), _("Noteren"), f"{point.item.rule_name}: {point}")
    return show_form(request, form, page)


@FORM_METHODS
def meeting_create(request: AuthedRequest) -> HttpResponse:
    permissions.may_record(request.user).or_403()
    form, made = try_save(
        lambda: MeetingForm(sent(request), by=request.user),
        lambda form: form.once(operations.hold, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("Het overleg staat erbij. Noteer wat er beslist is."))
        return redirect(made)
    page = _page(_("Overleg toevoegen"), reverse("meetings:list"), _("Overleg"), _("Toevoegen"))
    return show_form(request, form, page)


@FORM_METHODS
def meeting_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(request, pk)
    permissions.may_record(request.user, meeting.municipality_id).or_403()
    form, saved = try_save(
        lambda: MeetingEditForm(sent(request), instance=get_meeting(request, pk)),
        lambda form: operations.edit_meeting(form, by=request.user),
    )
    if saved:
        messages.success(request, _("Het overleg is bewaard."))
        return redirect(saved)
    back = meeting.get_absolute_url()
    return show_form(request, form, _page(_("Overleg wijzigen"), back, str(meeting), _("Bewaren")))


@FORM_METHODS
def attendance(request: AuthedRequest, pk: int) -> HttpResponse:
    """Which organisations were asked to this meeting, and which came."""
    meeting = get_meeting(request, pk)
    permissions.may_record(request.user, meeting.municipality_id).or_403()
    form, saved = try_save(
        lambda: AttendanceForm(sent(request), meeting=get_meeting(request, pk)),
        lambda form: operations.note_attendance(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De aanwezigheid is bewaard."))
        return redirect(saved)
    back = meeting.get_absolute_url()
    lead = _("Organisaties, geen personen. Het telt mee in hun engagement.")
    page = _page(_("Aanwezigheid"), back, str(meeting), _("Bewaren"), lead)
    return show_form(request, form, page)


# --- What was decided -------------------------------------------------------------------------


@require_safe
def resolution_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_read_resolutions(request.user).or_403()
    asked = ResolutionFilter(request.user, request.GET)
    page = Paginator(asked.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": asked.form,
        "active": asked.active_count,
        "page": page,
        "rows": _rows(page.object_list, request.user),
        "narrowed": bool(asked.active_count or asked.form.cleaned_data.get("q")),
        "may_record": permissions.may_record(request.user),
        "tabs": tabs(request.user, "meetings:resolutions"),
        "request": request,
    }
    template = "meetings/resolution_list.html"
    return render(request, f"{template}#results" if request.htmx else template, context)


def get_resolution(request: AuthedRequest, pk: int) -> Resolution:
    seen = Resolution.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("municipality", "meeting", "owner"), pk=pk)


@require_safe
def resolution_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    resolution = get_resolution(request, pk)
    meetings = Meeting.objects.visible_to(request.user).filter(resolutions=resolution)
    context = {
        "row": _rows([resolution], request.user)[0],
        "resolution": resolution,
        "meeting": meetings.first(),
        "may_edit": permissions.may_record(request.user, resolution.municipality_id),
        "may_close": permissions.may_close(request.user, resolution),
        "may_reopen": permissions.may_reopen(request.user, resolution),
        "story": story.told(resolution)
        if permissions.may_read_history(request.user, resolution)
        else None,
    }
    return render(request, "meetings/resolution_detail.html", context)


@FORM_METHODS
def resolution_create(request: AuthedRequest) -> HttpResponse:
    """Decided outside a meeting that is on record."""
    permissions.may_record(request.user).or_403()
    back = reverse("meetings:resolutions")
    return _record(request, None, _page(RECORD, back, _("Beslissingen"), _("Noteren")))


@FORM_METHODS
def resolution_at(request: AuthedRequest, pk: int) -> HttpResponse:
    """Decided at this meeting."""
    meeting = get_meeting(request, pk)
    permissions.may_record(request.user, meeting.municipality_id).or_403()
    back = meeting.get_absolute_url()
    return _record(request, meeting, _page(RECORD, back, str(meeting), _("Noteren")))


def _record(request: AuthedRequest, meeting: Meeting | None, page: FormPage) -> HttpResponse:
    form, made = try_save(
        lambda: ResolutionForm(
            sent(request), by=request.user, known=meeting.says if meeting else None
        ),
        lambda form: form.once(operations.resolve, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("Genoteerd."))
        return redirect(meeting or made)
    return show_form(request, form, page)


@FORM_METHODS
def resolution_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    resolution = get_resolution(request, pk)
    permissions.may_record(request.user, resolution.municipality_id).or_403()
    form, saved = try_save(
        lambda: ResolutionEditForm(
            sent(request), instance=get_resolution(request, pk), by=request.user
        ),
        lambda form: operations.edit(form, by=request.user),
    )
    if saved:
        messages.success(request, _("Bewaard."))
        return redirect(saved)
    back = resolution.get_absolute_url()
    return show_form(request, form, _page(_("Wijzigen"), back, str(resolution), _("Bewaren")))


@FORM_METHODS
def resolution_close(request: AuthedRequest, pk: int) -> HttpResponse:
    resolution = get_resolution(request, pk)
    permissions.may_answer_for(request.user, resolution).or_403()
    if request.method != "POST" and not permissions.may_close(request.user, resolution):
        return redirect(resolution)  # somebody was before: there it says what came of it
    form, saved = try_save(
        lambda: CloseForm(sent(request), instance=get_resolution(request, pk)),
        lambda form: operations.close(form, by=request.user),
    )
    if saved:
        messages.success(request, _("Wat ervan kwam, is genoteerd."))
        return redirect(saved)
    back = resolution.get_absolute_url()
    page = _page(_("Wat kwam ervan?"), back, str(resolution), _("Bewaren"), resolution.text)
    return show_form(request, form, page)


@require_POST
def resolution_reopen(request: AuthedRequest, pk: int) -> HttpResponse:
    resolution = get_resolution(request, pk)
    operations.reopen(resolution, by=request.user)
    messages.success(request, _("Het staat weer open."))
    return redirect(resolution)


@require_safe
def of_action(request: AuthedRequest, pk: int) -> HttpResponse:
    """What was decided about one action: a part of its page."""
    action = get_object_or_404(Action.objects.visible_to(request.user), pk=pk)
    found = Resolution.objects.visible_to(request.user).about(action)
    context = {"action": action, "rows": _rows(found.for_list(), request.user)}
    template = "meetings/of_action.html"
    return render(request, f"{template}#resolutions" if request.htmx else template, context)


def _rows(found: Iterable[Resolution], user: User) -> list[dict[str, Any]]:
    rows = list(found)
    asked = {one.pk for row in rows for one in row.actions.all()}
    seen = Action.objects.visible_to(user).filter(pk__in=asked).values_list("pk", flat=True)
    return resolution_rows(rows, on=timezone.localdate(), seen=set(seen) if asked else ())


def _page(title: Words, back: str, back_label: str, submit: str, lead: str = "") -> FormPage:
    crumbs = ((_("Rapporten"), reverse("reports:list")), (back_label, back))
    return FormPage(title, submit, back, lead, crumbs)
