"""The calendar of reports: kept by who makes them, and the drafts that it makes by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from core import history
from core.forms import save_edit
from plans.workflow import PLAN_IN_FORCE
from reports import permissions
from reports.models import Audience, Report, ReportRhythm
from reports.periods import since

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User
    from reports.forms.rhythms import RhythmEditForm, RhythmForm


LOADED = ("plan", "kept_by", "partner", "neighbourhood")


@transaction.atomic
def begin(form: RhythmForm, *, by: User) -> ReportRhythm:
    permissions.may_make(by, form.instance.municipality_id).or_403()
    form.instance.kept_by = by
    rhythm = form.save()
    history.record("report.rhythm_begun", rhythm, by=by, context=rhythm.plan)
    return rhythm


def edit(form: RhythmEditForm, *, by: User) -> ReportRhythm:
    permissions.may_make(by, form.instance.municipality_id).or_403()
    return save_edit(form, by=by, context=form.instance.plan)


@transaction.atomic
def end(rhythm: ReportRhythm, *, by: User) -> None:
    """No more drafts by themselves; those that are there stay."""
    permissions.may_make(by, rhythm.municipality_id).or_403()
    history.record("report.rhythm_ended", rhythm, by=by, context=rhythm.plan)
    rhythm.delete()


def make_drafts(*, on: dt.date) -> int:
    """Begin the drafts that are due on a day, each once, whoever else looks; give how many."""
    made = 0
    for pk in ReportRhythm.objects.due(on=on).values_list("pk", flat=True):
        with transaction.atomic():
            locked = ReportRhythm.objects.due(on=on).select_for_update(
                skip_locked=True, of=("self",)
            )
            if rhythm := locked.select_related(*LOADED).filter(pk=pk).first():
                made += _draft(rhythm, on)
                ReportRhythm.objects.filter(pk=pk).update(next_on=rhythm.after(on))
    return made


def _draft(rhythm: ReportRhythm, on: dt.date) -> bool:
    """Not where one is being written already, nor of a plan that is over or not for these eyes."""
    report = Report(
        plan=rhythm.plan, municipality_id=rhythm.municipality_id, audience=rhythm.audience,
        partner=rhythm.partner, neighbourhood=rhythm.neighbourhood, created_by=rhythm.kept_by,
    )  # fmt: skip
    readable = permissions.may_be_shown(rhythm.plan, Audience(rhythm.audience))
    written = Report.objects.of_same_kind(report).drafts().exists()
    if not readable or rhythm.plan.status not in PLAN_IN_FORCE or written or _is_gone(rhythm):
        return False
    report.previous = Report.objects.before(report)
    period = since(report.previous.period_end if report.previous else None, today=on)
    report.period_start, report.period_end = period.start, period.end
    report.title = report.title_for(period)
    report.save()
    history.record("report.started", report, by=None, context=rhythm.plan)
    return True


def _is_gone(rhythm: ReportRhythm) -> bool:
    return rhythm.partner is not None and rhythm.partner.archived_at is not None
