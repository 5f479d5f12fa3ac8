"""The evaluations of the demo: planned, late, underway and established."""

from __future__ import annotations

import datetime as dt
from typing import Any

from demo.loader.cast import Cast
from evaluations.figures import figures_of
from evaluations.models import Evaluation, Participant, Question
from evaluations.workflow import EvaluationKind, EvaluationStatus, Judgement
from partners.models import Agreement
from plans.models import Action, Domain, Plan

Row = dict[str, Any]
DAY = dt.timedelta(days=1)
LATE = "te laat"  # no status: planned, with its day past
DOMAIN = "domein-"


def load_evaluations(data: Row, plan: Plan, cast: Cast, today: dt.date) -> None:
    for row in data["interim_evaluations"]:
        _load(row, plan, cast, today)
    cast.write_history()


def _load(row: Row, plan: Plan, cast: Cast, today: dt.date) -> None:
    status = EvaluationStatus.PLANNED if row["status"] == LATE else row["status"]
    done = status == EvaluationStatus.ESTABLISHED
    finding, conclusion = row.get("finding", ""), row.get("conclusion", "")
    evaluation = Evaluation.objects.create(
        municipality=cast.places["ZAN"],
        title=row["title"],
        kind=_kind(row["object"]),
        planned_on=row["planned"],
        status=status,
        responsible=cast.coordinator,
        happened=finding,
        judgement=Judgement.ADJUST if conclusion else "",
        judgement_reason=conclusion,
        established_on=row["planned"] if done else None,
        **_subject(row["object"], plan),
    )
    _freeze(evaluation, row["planned"])
    questions = enumerate(row.get("questions", []))
    Question.objects.bulk_create(
        Question(evaluation=evaluation, position=number, text=text) for number, text in questions
    )
    _ask(evaluation)
    made = min(row["planned"] - 60 * DAY, today - DAY)
    cast.note("evaluation.made", evaluation, by=cast.coordinator, on=made)


def _kind(name: str) -> EvaluationKind:
    """The wide look back at a domain comes half way."""
    return EvaluationKind.MID_TERM if name.startswith(DOMAIN) else EvaluationKind.INTERIM


def _subject(name: str, plan: Plan) -> Row:
    """An agreement by its code, a domain by its number, else an action."""
    if name.startswith("AF-"):
        return {"agreement": Agreement.objects.get(municipality=plan.municipality, code=name)}
    if name.startswith(DOMAIN):
        number = int(name.removeprefix(DOMAIN))
        return {"domain": Domain.objects.get(plan=plan, number=number)}
    return {"action": Action.objects.get(plan=plan, code=name)}


def _freeze(evaluation: Evaluation, on: dt.date) -> None:
    """What began has its figures; what was established has them twice."""
    if evaluation.status in {EvaluationStatus.BUSY, EvaluationStatus.ESTABLISHED}:
        evaluation.figures_begun = figures_of(evaluation, on=on)
    if evaluation.status == EvaluationStatus.ESTABLISHED:
        evaluation.figures_established = figures_of(evaluation, on=on)
    evaluation.save(update_fields=["figures_begun", "figures_established"])


def _ask(evaluation: Evaluation) -> None:
    """Of an agreement every party is asked."""
    if evaluation.agreement:
        Participant.objects.bulk_create(
            Participant(evaluation=evaluation, partner=party.partner)
            for party in evaluation.agreement.parties.select_related("partner")
        )
