"""The first draft of Meldebeke: a plan in the making that shows its warnings."""

from __future__ import annotations

from typing import Any

from demo.loader.cast import Cast
from plans.models import Action, Domain, Plan, StrategicGoal, SubTheme, TacticalGoal
from plans.workflow import ActionStatus, LeadAnswer, PlanStatus


def load_second_plan(data: dict[str, Any], example: Plan, cast: Cast) -> Plan:
    row = data["plan_second"]
    place = cast.places[row["municipality"]]
    plan = Plan.objects.create(
        code=row["code"],
        title=row["title"],
        edition=row["edition"],
        zone=place.zone,
        municipality=place,
        starts=row["period"]["start"],
        ends=row["period"]["end"],
        status=PlanStatus(row["status"]),
        version_label=row["version"],
    )
    copied = {item["number"]: item for item in data["domains"]}
    for item in row["domains"]:
        _copy_domain(plan, item, copied[item["number"]])
    for item in row["draft_actions"]:
        _draft_action(plan, item, cast)
    cast.note("plan.created", plan, by=cast.users["coordinator.mel"],
              on=data["meta"]["reference_date"], reason=str(example))  # fmt: skip
    cast.write_history()
    return plan


def _copy_domain(plan: Plan, row: dict[str, Any], source: dict[str, Any]) -> None:
    """Take over the structure and the goals; the problem statement each municipality writes itself."""
    domain = Domain.objects.create(
        plan=plan,
        number=row["number"],
        position=row["number"],
        title=row["title"],
        is_supporting=source["is_supporting"],
    )
    StrategicGoal.objects.create(domain=domain, text=source["strategic_goal"])
    first = source["sub_themes"][0]
    sub_theme = SubTheme.objects.create(
        domain=domain, code=first["code"], title=first["title"], why=first["why"]
    )
    TacticalGoal.objects.create(sub_theme=sub_theme, text=first["tactical_goal"])


def _draft_action(plan: Plan, row: dict[str, Any], cast: Cast) -> None:
    sub_theme = SubTheme.objects.get(domain__plan=plan, code=row["code"].rpartition(".")[0])
    Action.objects.create(
        plan=plan,
        sub_theme=sub_theme,
        goal=sub_theme.goals.first(),
        code=row["code"],
        position=int(row["code"].rpartition(".")[2]),
        title=row["title"],
        dimension=row["dimension"],
        lead_partner=cast.partner(row["lead"], "MEL"),
        lead_answer=LeadAnswer.ASKED,
        status=ActionStatus.PROPOSED,
    )
