"""The first progress report, frozen as it was then, and the next one in the making."""

from __future__ import annotations

from typing import Any

from core import outbox
from core.pdf_work import checksum
from demo.loader.cast import Cast, moment
from meetings.models import Resolution
from plans.models import Plan
from reports.document import Document
from reports.models import (
    DomainRemark,
    ReaderRemark,
    Report,
    ReportResolution,
    ReportRhythm,
    Sending,
    TakenNote,
    Variant,
)
from reports.operations import PDF_KIND
from reports.operations.readers import known_of, readers_of
from reports.periods import Period
from reports.snapshot import take


def load_first_report(plan: Plan, row: dict[str, Any], cast: Cast) -> Report:
    """Freeze the report with the plan as it stands now; a worker then makes its PDF."""
    cast.write_history()  # the report tells which steps were taken
    report = _draft(plan, row, cast)
    _freeze(report, row, cast)
    _read(report, row, cast)
    return report


def load_variants(plan: Plan, rows: list[dict[str, Any]], cast: Cast) -> None:
    """One of each other kind, of the plan as it stands; what has no day of freezing is a draft."""
    for row in rows:
        report = _variant(plan, row, cast)
        if "frozen" in row:
            _freeze(report, row, cast)
    cast.write_history()


def _variant(plan: Plan, row: dict[str, Any], cast: Cast) -> Report:
    variant, period = Variant(row["variant"]), Period(**row["period"])
    report = Report(
        plan=plan,
        municipality=plan.municipality,
        audience=variant.audience,
        partner=cast.partner(row["partner"]) if "partner" in row else None,
        neighbourhood=cast.neighbourhoods[row["neighbourhood"]] if "neighbourhood" in row else None,
        period_start=period.start,
        period_end=period.end,
        foreword=row["foreword"],
        decisions_asked=row.get("decisions", ""),
        outlook=row["outlook"],
        created_by=cast.coordinator,
        created_at=moment(period.end),
    )
    report.title = report.title_for(period)
    report.save()
    cast.note("report.started", report, by=cast.coordinator, on=period.end, context=plan)
    return report


def _freeze(report: Report, row: dict[str, Any], cast: Cast) -> None:
    """As on that day; a worker then makes the PDF."""
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
    cast.note("report.frozen", report, by=cast.coordinator, on=row["frozen"], context=report.plan,
              reason=report.checksum)  # fmt: skip


def _read(report: Report, row: dict[str, Any], cast: Cast) -> None:
    """Sent to its readers without a mail, for it was long ago; then remarked upon and decided."""
    readers = list(readers_of(report, on=row["sent"]))
    Sending.objects.create(report=report, on=row["sent"], by=cast.coordinator,
                           at=moment(row["sent"]), sent_at=moment(row["sent"]),
                           readers=len(readers))  # fmt: skip
    labels = {one.anchor: one.label for one in Document.of(report.content).sections}
    for said in row["said"]:
        at = moment(said["date"])
        ReaderRemark.objects.create(
            report=report, section=said["section"], section_label=labels[said["section"]],
            text=said["text"], by=cast.users[said["by"]], at=at, answer=said["answer"],
            answered_by=cast.coordinator, answered_at=at,
        )  # fmt: skip
    for decided in row["decided"]:
        resolution = Resolution.objects.create(
            **known_of(report), on=decided["date"], kind=decided["kind"],
            number=decided["number"], text=decided["text"], status=decided.get("status", ""),
            owner=cast.partner(decided["owner"]) if "owner" in decided else None,
            due=decided.get("due"), closed_on=decided["date"] if decided.get("status") else None,
        )  # fmt: skip
        ReportResolution.objects.create(report=report, resolution=resolution)
        cast.note("resolution.made", resolution, by=cast.coordinator, on=decided["date"])
    TakenNote.objects.bulk_create(
        TakenNote(report=report, by=reader, at=moment(row["sent"], 16)) for reader in readers[:1]
    )


def load_calendar(plan: Plan, rows: list[dict[str, Any]], cast: Cast) -> None:
    ReportRhythm.objects.bulk_create(
        ReportRhythm(
            plan=plan, municipality=plan.municipality, audience=row["audience"],
            weeks=row["weeks"], next_on=row["next"], kept_by=cast.coordinator,
        )
        for row in rows
    )  # fmt: skip


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
