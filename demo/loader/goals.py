"""Domains with their strategic goals, sub-themes with their tactical goals."""

from __future__ import annotations

from typing import Any

from plans.models import Domain, Indicator, Plan, StrategicGoal, SubTheme, TacticalGoal


def load_domains(plan: Plan, rows: list[dict[str, Any]]) -> dict[str, SubTheme]:
    """Load the tree above the actions; give the sub-themes by their code."""
    domains = Domain.objects.bulk_create(
        Domain(
            plan=plan,
            position=row["number"],
            number=row["number"],
            title=row["title"],
            is_supporting=row["is_supporting"],
            problem=row["problem"],
            background=row["context"],
        )
        for row in rows
    )
    _strategic_goals(domains, rows)
    return _sub_themes(domains, rows)


def _strategic_goals(domains: list[Domain], rows: list[dict[str, Any]]) -> None:
    goals = StrategicGoal.objects.bulk_create(
        StrategicGoal(domain=domain, text=row["strategic_goal"])
        for domain, row in zip(domains, rows, strict=True)
    )
    Indicator.objects.bulk_create(
        Indicator(
            goal=goal,
            position=place,
            title=item["title"],
            unit=item["unit"],
            baseline=item["baseline"],
            baseline_year=item["baseline_year"],
            target=item["target"],
            target_year=item["target_year"],
            source=item["source"],
        )
        for goal, row in zip(goals, rows, strict=True)
        for place, item in enumerate(row["strategic_indicators"])
    )


def _sub_themes(domains: list[Domain], rows: list[dict[str, Any]]) -> dict[str, SubTheme]:
    found = [
        (item, SubTheme(domain=domain, position=place, code=item["code"],
                        title=item["title"], why=item["why"]))
        for domain, row in zip(domains, rows, strict=True)
        for place, item in enumerate(row["sub_themes"])
    ]  # fmt: skip
    SubTheme.objects.bulk_create(sub_theme for _item, sub_theme in found)
    TacticalGoal.objects.bulk_create(
        TacticalGoal(sub_theme=sub_theme, text=item["tactical_goal"]) for item, sub_theme in found
    )
    return {sub_theme.code: sub_theme for _item, sub_theme in found}
