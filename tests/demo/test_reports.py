"""The demo starts with one report that the college has read, and one in the making."""

from __future__ import annotations

from typing import Any

import pytest

from core.models import OutboxEntry
from plans.models import Action
from plans.workflow import Light
from reports.models import Audience, Report


@pytest.fixture
def first(demo: dict[str, Any]) -> Report:
    return Report.objects.frozen().get()


def test_the_first_report_is_frozen_and_its_pdf_promised(first: Report) -> None:
    assert first.audience == Audience.COLLEGE
    assert first.pdf_work == OutboxEntry.objects.get(queue="pdf")
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
    draft = Report.objects.drafts().get()
    assert (draft.previous, draft.audience) == (first, Audience.CORE_GROUP)
    assert draft.remarks.count() == 1
