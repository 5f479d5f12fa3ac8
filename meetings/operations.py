"""Meetings and resolutions: written down, changed, closed, opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from core import history
from core.forms import OvertakenError, save_edit
from meetings import permissions
from meetings.models import AgendaItem, Followed, Meeting, Resolution, points_for
from reminders.operations import settle_item

if TYPE_CHECKING:
    from accounts.models import User
    from meetings.forms import (
        AttendanceForm,
        CloseForm,
        MeetingEditForm,
        MeetingForm,
        ResolutionEditForm,
        ResolutionForm,
    )


class IsHandledError(OvertakenError):
    message = _("Over dit punt noteerde iemand net al een beslissing.")


class AlreadyClosedError(OvertakenError):
    message = _("Iemand anders sloot dit net af.")


@transaction.atomic
def hold(form: MeetingForm, *, by: User) -> Meeting:
    """Write down that a body met, or will."""
    permissions.may_record(by, form.instance.municipality_id).or_403()
    meeting = form.save()
    history.record("meeting.held", meeting, by=by)
    return meeting


def edit_meeting(form: MeetingEditForm, *, by: User) -> Meeting:
    """A meeting that moves takes what it decided along: one sitting has one date."""
    permissions.may_record(by, form.instance.municipality_id).or_403()
    with transaction.atomic():
        meeting = save_edit(form, by=by)
        meeting.resolutions.update(on=meeting.on, body=meeting.body)
    return meeting


@transaction.atomic
def note_attendance(form: AttendanceForm, *, by: User) -> Meeting:
    """Write down which organisations were asked and came. Of two people each keeps what they said."""
    permissions.may_record(by, form.meeting.municipality_id).or_403()
    meeting = Meeting.objects.select_for_update().get(pk=form.meeting.pk)
    before = _attendance(meeting)
    for partner, presence in form.said.items():
        if presence:
            meeting.attendances.update_or_create(
                partner_id=partner, defaults={"presence": presence}
            )
        else:
            meeting.attendances.filter(partner=partner).delete()
    after = _attendance(meeting)
    if before != after:
        label = str(_("aanwezigheid"))
        shown: history.Change = {"field": "rows", "label": label, "old": before, "new": after}
        history.record("meeting.attendance", meeting, by=by, changes=[shown])
    return meeting


def _attendance(meeting: Meeting) -> str:
    return "; ".join(str(row) for row in meeting.attendances.select_related("partner"))


def resolve(form: ResolutionForm, *, by: User) -> Resolution:
    """Write down what was decided; it shows on the actions it is about."""
    permissions.may_record(by, form.instance.municipality_id).or_403()
    return write_down(form, by=by)


@transaction.atomic
def write_down(form: ResolutionForm, *, by: User) -> Resolution:
    """The same for a later app, which asked its own rule whether this person may."""
    resolution = form.save()
    history.record("resolution.made", resolution, by=by, context=resolution.meeting)
    return resolution


@transaction.atomic
def take_points(meeting: Meeting, *, by: User) -> int:
    """Put the open points for the core group on its agenda; of two people at once, one does."""
    permissions.may_take_points(by, meeting).or_403()
    Municipality.objects.select_for_update().get(pk=meeting.municipality_id)
    points = list(points_for(meeting, by, on=timezone.localdate()))
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, item=point, by=by) for point in points
    )
    if points:
        told = "; ".join(str(point) for point in points)
        history.record("meeting.points_taken", meeting, by=by, reason=told[:1000])
    return len(points)


@transaction.atomic
def resolve_point(form: ResolutionForm, point: AgendaItem, *, by: User) -> Resolution:
    """What was decided about a point: with that it is handled. Of two at once, one decides."""
    permissions.may_take_points(by, point.meeting).or_403()
    locked = AgendaItem.objects.select_for_update(of=("self",)).get(pk=point.pk)
    if locked.resolution_id:
        raise IsHandledError
    locked.resolution = write_down(form, by=by)
    locked.save(update_fields=["resolution"])
    words = f"{locked.resolution.get_kind_display()}: {locked.resolution.text}"
    settle_item(locked.item, words, by=by)
    return locked.resolution


def edit(form: ResolutionEditForm, *, by: User) -> Resolution:
    permissions.may_record(by, form.instance.municipality_id).or_403()
    return save_edit(form, by=by, context=form.instance.meeting)


def close(form: CloseForm, *, by: User) -> Resolution:
    """Say what came of it. Of two at once, one wins and the other sees what the first said."""
    stored = Resolution.objects.get(pk=form.instance.pk)
    permissions.may_answer_for(by, stored).or_403()
    if not permissions.may_close(by, stored):
        raise AlreadyClosedError
    return save_edit(form, by=by, context=form.instance.meeting)


@transaction.atomic
def reopen(resolution: Resolution, *, by: User) -> None:
    """It was not finished after all."""
    permissions.may_reopen(by, resolution).or_403()
    rows = Resolution.objects.filter(pk=resolution.pk, status=resolution.status)
    reset = {"status": Followed.OPEN, "closed_on": None}
    if rows.update(**reset, version=resolution.version + 1):
        change = history.change(resolution, "status", resolution.status, Followed.OPEN)
        history.record("resolution.reopened", resolution, by=by, context=resolution.meeting,
                       changes=[change])  # fmt: skip
