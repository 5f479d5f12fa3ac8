"""The evaluations of the demo."""

from __future__ import annotations

from typing import Any

from demo.loader import evaluations as loader
from evaluations.models import Evaluation
from evaluations.workflow import EvaluationStatus
from tests.conftest import DEMO_DAY


def test_all_six_stand_there(demo: dict[str, Any]) -> None:
    kept = {row.title: row for row in Evaluation.objects.for_list()}
    assert len(kept) == len(demo["interim_evaluations"]) == 6
    for row in demo["interim_evaluations"]:
        evaluation = kept[row["title"]]
        assert evaluation.planned_on == row["planned"]
        assert evaluation.happened == row.get("finding", "")
        assert evaluation.judgement_reason == row.get("conclusion", "")
        assert row["object"].removeprefix(loader.DOMAIN) in str(evaluation.subject)


def test_what_is_late_is_late_by_its_day(demo: dict[str, Any]) -> None:
    late = Evaluation.objects.late(on=DEMO_DAY).filter(status=EvaluationStatus.PLANNED)
    written = [row["title"] for row in demo["interim_evaluations"] if row["status"] == loader.LATE]
    assert [row.title for row in late] == written
