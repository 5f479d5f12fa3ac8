"""A plan as plain JSON: what a kept version holds, and what two versions are compared by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plans.models import Action, Domain, Plan, StrategicGoal, SubTheme


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """The whole text of a plan in a fixed number of queries; names included, ids left out."""
    domains = plan.domains.filter(archived_at=None).prefetch_related(
        "goals__indicators", "sub_themes__goals"
    )
    actions: dict[int, list[Action]] = {}
    for action in plan.actions.current().in_plan_order().select_related("lead_partner"):
        actions.setdefault(action.sub_theme_id, []).append(action)
    return {
        "code": plan.code,
        "title": plan.title,
        "version": plan.version_label,
        "starts": plan.starts.isoformat(),
        "ends": plan.ends.isoformat(),
        "motto": plan.motto,
        "year_themes": [
            {"title": str(row), "focus": row.focus}
            for row in plan.year_themes.filter(archived_at=None)
        ],
        "related_plans": [
            {"code": row.code, "title": row.name, "subject": row.subject, "steering": row.steering}
            for row in plan.related_plans.filter(archived_at=None)
        ],
        "sections": [
            {"title": section.title, "body": section.body}
            for section in plan.plansections.filter(archived_at=None)
        ],
        "principles": [
            {"code": principle.code, "title": principle.title, "text": principle.text}
            for principle in plan.principles.filter(archived_at=None)
        ],
        "domains": [_domain(domain, actions) for domain in domains],
    }


# Logged, but not part of the text that a bijsturing guards.
NOT_TEXT = frozenset({"lead", "confidentiality"})


def same_text(one: Any, other: Any) -> bool:
    """Whether two snapshots say the same, whoever leads."""
    return bool(_text_of(one) == _text_of(other))


def _text_of(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _text_of(item) for key, item in value.items() if key not in NOT_TEXT}
    return [_text_of(item) for item in value] if isinstance(value, list) else value


def _goal(goal: StrategicGoal) -> dict[str, Any]:
    indicators = [row for row in goal.indicators.all() if not row.archived_at]
    return {
        "text": goal.text,
        "indicators": [
            {"title": row.title, "baseline": row.show(row.baseline), "target": row.show(row.target)}
            for row in indicators
        ],
    }


def _domain(domain: Domain, actions: dict[int, list[Action]]) -> dict[str, Any]:
    return {
        "number": domain.number,
        "title": domain.title,
        "problem": domain.problem,
        "background": domain.background,
        "is_supporting": domain.is_supporting,
        "balance_reason": domain.balance_reason,
        "goals": [_goal(goal) for goal in domain.goals.all() if not goal.archived_at],
        "sub_themes": [
            _sub_theme(sub_theme, actions.get(sub_theme.pk, []))
            for sub_theme in domain.sub_themes.all()
            if not sub_theme.archived_at
        ],
    }


def _sub_theme(sub_theme: SubTheme, actions: list[Action]) -> dict[str, Any]:
    return {
        "code": sub_theme.code,
        "title": sub_theme.title,
        "why": sub_theme.why,
        "goals": [goal.text for goal in sub_theme.goals.all() if not goal.archived_at],
        "actions": [_action(action) for action in actions],
    }


def _action(action: Action) -> dict[str, Any]:
    return {
        "code": action.code,
        "title": action.title,
        "why": action.why,
        "how": action.how,
        "expected_result": action.expected_result,
        "dimension": action.dimension,
        "lead": action.lead_partner.name if action.lead_partner else "",
        "start": action.start.isoformat() if action.start else "",
        "due": action.due.isoformat() if action.due else "",
        "structural": action.structural,
        "confidentiality": action.confidentiality,
    }
