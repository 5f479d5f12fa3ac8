"""What partners report about their promises, and what the municipality makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from core import files, history, receipts
from core.days import in_figures
from partners import permissions
from partners.models import Commitment, CommitmentReport, Direction
from partners.operations.sharing import record_sharing
from partners.workflow import CommitmentStatus, ReportOutcome

if TYPE_CHECKING:
    from accounts.models import User
    from core.uploads import CleanFile
    from partners.forms.commitments import ReportForm
    from partners.models import CommitmentReportQuerySet


@transaction.atomic
def report(form: ReportForm, commitment: Commitment, *, by: User) -> CommitmentReport:
    """Say how it goes with an own promise, once per form. The promise itself does not change."""
    permissions.may_report_on_promise(by, commitment).or_403()
    token = form.cleaned_data["form_token"]
    return receipts.once(token, CommitmentReport, lambda: _report(form, commitment, by), by=by)


def _report(form: ReportForm, commitment: Commitment, by: User) -> CommitmentReport:
    """What was reported before and still waits gives way; of two at once both are kept."""
    Commitment.objects.select_for_update().get(pk=commitment.pk)
    before = CommitmentReport.objects.waiting().filter(commitment=commitment)
    _close(before, ReportOutcome.REPLACED, by=None)
    row: CommitmentReport = form.instance
    row.commitment, row.by = commitment, by
    clean: CleanFile | None = form.cleaned_data["file"]
    if clean is None:
        form.save()
        _tell(row, by)
        return row
    for name, value in files.about(clean).items():
        setattr(row, name, value)
    with files.stored(row, clean):
        _tell(row, by)
    return row


def _tell(row: CommitmentReport, by: User) -> None:
    """A line that says so, and never what was written: more people read the history."""
    agreement, partner = row.commitment.agreement, row.commitment.party.partner
    told = history.change(row, "status", None, row.status)
    history.record("commitment.reported", row.commitment, by=by, context=agreement,
                   changes=[told], happened_on=row.done_on)  # fmt: skip
    record_sharing(partner, agreement, _("Stand van een engagement"), by=by,
                   direction=Direction.IN)  # fmt: skip


@transaction.atomic
def take_over(row: CommitmentReport, *, by: User) -> bool:
    """Make what the partner says the status of the promise; False when somebody was before."""
    permissions.may_judge(by, row.commitment).or_403()
    promise = Commitment.objects.select_for_update().get(pk=row.commitment_id)
    if not _close(_seen(promise, row.pk), ReportOutcome.TAKEN, by=by):
        return False
    running = row.status == CommitmentStatus.RUNNING
    values = {"status": row.status, "judged_on": None if running else timezone.localdate()}
    changes = [
        history.change(promise, name, getattr(promise, name), value)
        for name, value in values.items()
        if getattr(promise, name) != value
    ]
    if changes:
        Commitment.objects.filter(pk=promise.pk).update(**values, version=F("version") + 1)
    reason = _("Zoals %(party)s meldde op %(day)s.") % {
        "party": row.commitment.party, "day": in_figures(timezone.localdate(row.at)),
    }  # fmt: skip
    history.record("commitment.judged", promise, by=by, context=row.commitment.agreement,
                   changes=changes, reason=reason)  # fmt: skip
    return True


def settle(promise: Commitment, seen: int | None, *, by: User) -> bool:
    """Close the report that was in view while judging; a newer one goes on waiting."""
    rows = _seen(promise, seen)
    agreed = _close(rows.filter(status=promise.status), ReportOutcome.TAKEN, by=by)
    return agreed or _close(rows, ReportOutcome.JUDGED, by=by)


def _seen(promise: Commitment, key: int | None) -> CommitmentReportQuerySet:
    return CommitmentReport.objects.waiting().filter(commitment=promise, pk=key or 0)


def _close(rows: CommitmentReportQuerySet, outcome: ReportOutcome, *, by: User | None) -> bool:
    return bool(rows.update(decided_at=timezone.now(), decided_by=by, outcome=outcome))
