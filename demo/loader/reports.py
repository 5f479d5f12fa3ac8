"""The first progress report, frozen as it was then, and the next one in the making."""

from __future__ import annotations

from typing import Any

from core import outbox
from core.pdf_work import checksum
from demo.loader.cast import Cast, moment
from plans.models import Plan
from reports.models import DomainRemark, Report
from reports.operations import PDF_KIND
from reports.snapshot import take


def load_first_report(plan: Plan, row: dict[str, Any], cast: Cast) -> Report:
    """Freeze the report with the plan as it stands now; a worker then makes its PDF."""
    cast.write_history()  # the report tells which steps were taken
    report = _draft(plan, row, cast)
    report.snapshot = take(report, by=cast.coordinator, on=row["frozen"]) | {
        "frozen_by": cast.coordinator.name
    }
    report.checksum = checksum(report.snapshot)
    report.frozen_at, report.frozen_by = moment(row["frozen"], 14), cast.coordinator
    report.pdf_work = outbox.promise(
        PDF_KIND,
        key=f"pdf:report:{report.pk}:{report.checksum}",
        by=cast.coordinator,
        report=report.pk,
    )
    report.save()
    cast.note("report.frozen", report, by=cast.coordinator, on=row["frozen"], context=plan,
              reason=report.checksum)  # fmt: skip
    return report


def load_draft(plan: Plan, row: dict[str, Any], previous: Report, cast: Cast) -> Report:
    return _draft(plan, row, cast, previous)


def _draft(plan: Plan, row: dict[str, Any], cast: Cast, previous: Report | None = None) -> Report:
    assert plan.municipality is not None  # noqa: S101 - the demo's plans are municipal
    end = row["period"]["end"]
    report = Report.objects.create(
        plan=plan,
        municipality=plan.municipality,
        audience=row["audience"],
        title=row["title"],
        period_start=row["period"]["start"],
        period_end=end,
        previous=previous,
        foreword=row["foreword"],
        decisions_asked=row["decisions"],
        outlook=row["outlook"],
        created_by=cast.coordinator,
        created_at=moment(end),
    )
    numbers = {domain.number: domain for domain in plan.domains.all()}
    DomainRemark.objects.bulk_create(
        DomainRemark(report=report, domain=numbers[number], text=text)
        for number, text in row["remarks"].items()
    )
    cast.note("report.started", report, by=cast.coordinator, on=end, context=plan)
    return report
