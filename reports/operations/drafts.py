"""Making, freezing and building a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import history, pdf_work
from core.pdf_work import checksum
from reports import permissions
from reports.models import Report
from reports.snapshot import take

if TYPE_CHECKING:
    from accounts.models import User

PDF_KIND = "report_pdf"


class StaleError(Exception):
    """The draft was changed after this person looked at it."""

    message = _("Het ontwerp is intussen gewijzigd. Kijk het voorbeeld opnieuw na.")


@transaction.atomic
def start_report(report: Report, *, by: User) -> Report:
    """Keep a new draft."""
    permissions.may_make(by, report.municipality_id).or_403()
    report.created_by = by
    report.save()
    history.record("report.started", report, by=by, context=report.plan)
    return report


@transaction.atomic
def discard(report: Report, *, by: User) -> None:
    """Throw a draft away. What was written in it stays to be read in the history."""
    locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    permissions.may_discard(by, locked).or_403()
    texts = [
        history.change(locked, name, getattr(locked, name), "")
        for name in ("title", "foreword", "decisions_asked", "outlook")
        if getattr(locked, name)
    ]
    remarks: list[history.Change] = [
        {"field": "remark", "label": str(remark.domain), "old": remark.text, "new": ""}
        for remark in locked.remarks.exclude(text="").select_related("domain")
    ]
    history.record("report.discarded", locked, by=by, context=locked.plan, changes=texts + remarks)
    locked.delete()


@transaction.atomic
def freeze(report: Report, *, version: int, by: User) -> Report:
    """Store what the report says now, and promise its PDF. Of two at once, one freezes."""
    rows = Report.objects.select_related("plan", "municipality").select_for_update(of=("self",))
    locked = rows.get(pk=report.pk)
    if locked.is_frozen:
        return locked
    permissions.may_freeze(by, locked).or_403()
    if locked.version != version:
        raise StaleError
    locked.snapshot = take(locked, by=by) | {"frozen_by": by.name}
    locked.checksum = checksum(locked.snapshot)
    locked.frozen_at, locked.frozen_by = timezone.now(), by
    locked.pdf_work = pdf_work.promise(locked, PDF_KIND, key=pdf_key(locked), by=by)
    fields = ["snapshot", "checksum", "frozen_at", "frozen_by", "pdf_work"]
    locked.save(update_fields=fields)
    history.record("report.frozen", locked, by=by, context=locked.plan, reason=locked.checksum)
    return locked


@transaction.atomic
def build_again(report: Report, *, by: User) -> None:
    """Try a failed PDF once more."""
    permissions.may_build(by, report).or_403()
    pdf_work.again(report, PDF_KIND, key=pdf_key(report), by=by)
    history.record("report.build_again", report, by=by, context=report.plan)


def pdf_key(report: Report) -> str:
    return f"pdf:report:{report.pk}:{report.checksum}"
