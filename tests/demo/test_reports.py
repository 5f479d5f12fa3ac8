"""The demo starts with one report that the college has read, and one in the making."""

from __future__ import annotations

from typing import Any

import pytest

from core.models import OutboxEntry
from plans.models import Action
from plans.workflow import Light
from reports.models import Audience, Report, Variant


@pytest.fixture
def first(demo: dict[str, Any]) -> Report:
    return Report.objects.frozen().get(audience=Audience.COLLEGE)


def test_the_first_report_is_frozen_and_its_pdf_promised(first: Report) -> None:
    assert first.audience == Audience.COLLEGE
    assert first.pdf_work == OutboxEntry.objects.get(payload={"report": first.pk})
    assert first.pdf_work.is_waiting


def test_the_first_report_tells_how_it_was_then(first: Report) -> None:
    assert first.snapshot
    assert first.snapshot["plan"]["version"] == "1.0"
    assert len(first.snapshot["domains"]) == 7
    then = {action["code"]: action for action in first.snapshot["actions"]}
    assert "1.2.2" not in then
    assert then["1.4.2"]["light"] != Light.RED
    assert Action.objects.get(plan=first.plan, code="1.4.2").light == Light.RED


def test_the_draft_follows_the_first_report(first: Report) -> None:
    draft = Report.objects.drafts().of_variant(Variant.CORE_GROUP).get()
    assert (draft.previous, draft.audience) == (first, Audience.CORE_GROUP)
    assert draft.remarks.count() == 1


def test_there_is_one_of_each_other_kind(demo: dict[str, Any]) -> None:
    rows = {report.variant: report for report in Report.objects.all()}
    drafts = {Variant.CORE_GROUP, Variant.NEIGHBOURHOOD}
    assert set(rows) == set(Variant) - {Variant.COUNCIL}
    assert {variant for variant, report in rows.items() if not report.is_frozen} == drafts
    given = rows[Variant.PARTNER_GIVEN].content
    assert given["gedeeld"]
    assert "engagement" not in given
    assert "actions" not in given
