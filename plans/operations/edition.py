"""A new edition of a plan: built on the former one, with a trace back to it."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from core import history, receipts
from plans import permissions
from plans.models import (
    Action,
    ActionPartner,
    Domain,
    DomainPartner,
    Indicator,
    Plan,
    PlanSection,
    Principle,
    StrategicGoal,
    SubTheme,
    TacticalGoal,
)
from plans.operations.plan import free_code
from plans.workflow import ACTION_OPEN, ActionStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

PLAN_FIELDS = (
    "kind", "zone_id", "municipality_id", "motto", "steering_body", "mandate", "mandate_date",
    "legal_status", "confidentiality",
)  # fmt: skip
# The wording comes along; the period, the lead's answer, the status and the news do not.
ACTION_FIELDS = (
    "code", "title", "why", "how", "expected_result", "dimension", "reactive_kind", "quick_win",
    "themes", "bbc_code", "chain", "structural", "whole_territory", "lead_partner_id",
    "confidentiality", "position",
)  # fmt: skip
INDICATOR_FIELDS = ("title", "kind", "unit", "steps", "source", "position")


@dataclass(frozen=True, slots=True)
class EditionChoices:
    """What the new edition is called and takes along."""

    title: str
    starts: dt.date
    ends: dt.date
    sections: bool = True
    principles: bool = True
    domains: bool = True
    actions: bool = False


def make_edition(plan: Plan, choices: EditionChoices, *, token: uuid.UUID, by: User) -> Plan:
    """Make the successor of a plan, once per form."""
    permissions.may_make_edition(by, plan).or_403()
    return receipts.once(token, Plan, lambda: _make(plan, choices, by=by), by=by)


def _make(plan: Plan, choices: EditionChoices, *, by: User) -> Plan:
    new = Plan(
        title=choices.title,
        starts=choices.starts,
        ends=choices.ends,
        edition=plan.edition + 1,
        predecessor=plan,
        predecessor_title=plan.title,
        **_values(plan, PLAN_FIELDS),
    )
    new.code = free_code(new, new.kind, new.edition)
    new.save()
    history.record("plan.made", new, by=by, reason=str(plan))
    _Copy(plan, new, by).take_along(choices)
    return new


def _values(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


class _Copy:
    """Copies the parts of one plan into another, level by level, each level in one query."""

    def __init__(self, plan: Plan, new: Plan, by: User) -> None:
        self.plan, self.new, self.by = plan, new, by

    def take_along(self, choices: EditionChoices) -> None:
        if choices.sections:
            self._level(PlanSection, {"plan": self.plan}, ("title", "body"), plan=self.new)
        principles = (
            self._level(Principle, {"plan": self.plan}, ("code", "title", "text"), plan=self.new)
            if choices.principles
            else {}
        )
        if choices.domains:
            sub_themes, goals = self._domains()
            if choices.actions:
                self._actions(sub_themes, goals, principles)

    def _level(
        self, model: type[models.Model], where: dict[str, Any], names: tuple[str, ...], **same: Any
    ) -> dict[int, Any]:
        """Copy the current rows of one kind; the copies by the key of their original."""
        rows = list(model._default_manager.filter(**where, archived_at=None))
        copies = [model(**_values(row, (*names, "position")), **same) for row in rows]
        model._default_manager.bulk_create(copies)
        return {row.pk: copy for row, copy in zip(rows, copies, strict=True)}

    def _below(
        self,
        model: type[models.Model],
        field: str,
        parents: dict[int, Any],
        names: tuple[str, ...],
    ) -> dict[int, Any]:
        rows = list(model._default_manager.filter(**{f"{field}__in": parents}, archived_at=None))
        copies = [
            model(
                **_values(row, (*names, "position")),
                **{field: parents[getattr(row, f"{field}_id")]},
            )
            for row in rows
        ]
        model._default_manager.bulk_create(copies)
        return {row.pk: copy for row, copy in zip(rows, copies, strict=True)}

    def _domains(self) -> tuple[dict[int, Any], dict[int, Any]]:
        text = ("number", "title", "is_supporting", "problem", "background", "balance_reason")
        domains = self._level(Domain, {"plan": self.plan}, text, plan=self.new)
        self._named_partners(domains)
        strategic = self._below(StrategicGoal, "domain", domains, ("text",))
        self._below(Indicator, "goal", strategic, INDICATOR_FIELDS[:-1])
        sub_themes = self._below(SubTheme, "domain", domains, ("code", "title", "why"))
        return sub_themes, self._below(TacticalGoal, "sub_theme", sub_themes, ("text",))

    def _named_partners(self, domains: dict[int, Any]) -> None:
        """Who counts comes along, with whom to turn to there as long as that person stays."""
        named = DomainPartner.objects.filter(domain__in=domains, partner__archived_at=None)
        DomainPartner.objects.bulk_create(
            DomainPartner(
                domain=domains[row.domain_id],
                partner_id=row.partner_id,
                contact=None if row.contact is None or row.contact.is_over else row.contact,
            )
            for row in named.select_related("contact")
        )

    def _actions(
        self, sub_themes: dict[int, Any], goals: dict[int, Any], principles: dict[int, Any]
    ) -> None:
        """Open actions come along as proposals; only those this person may read."""
        seen = Action.objects.visible_to(self.by).filter(plan=self.plan, status__in=ACTION_OPEN)
        rows = [row for row in seen.current() if row.sub_theme_id in sub_themes]
        copies = [self._action(row, sub_themes, goals) for row in rows]
        Action.objects.bulk_create(copies)
        pairs = {row.pk: copy for row, copy in zip(rows, copies, strict=True)}
        self._below(Indicator, "action", pairs, INDICATOR_FIELDS[:-1])
        self._links(Action.neighbourhoods.through, pairs, "neighbourhood_id")
        self._links(Action.practices.through, pairs, "goodpractice_id")
        self._partners(pairs)
        self._principles(pairs, principles)

    def _action(self, row: Action, sub_themes: dict[int, Any], goals: dict[int, Any]) -> Action:
        return Action(
            **_values(row, ACTION_FIELDS),
            plan=self.new,
            sub_theme=sub_themes[row.sub_theme_id],
            goal=goals.get(row.goal_id or 0),
            status=ActionStatus.PROPOSED,
            created_at=timezone.now(),
        )

    def _links(self, through: Any, pairs: dict[int, Any], other: str) -> None:
        rows = through.objects.filter(action__in=pairs)
        through.objects.bulk_create(
            through(action=pairs[row.action_id], **_values(row, [other])) for row in rows
        )

    def _partners(self, pairs: dict[int, Any]) -> None:
        rows = ActionPartner.objects.filter(action__in=pairs)
        ActionPartner.objects.bulk_create(
            ActionPartner(action=pairs[row.action_id], **_values(row, ("partner_id", "role")))
            for row in rows
        )

    def _principles(self, pairs: dict[int, Any], principles: dict[int, Any]) -> None:
        through: Any = Action.principles.through
        rows = through.objects.filter(action__in=pairs, principle__in=principles)
        through.objects.bulk_create(
            through(action=pairs[row.action_id], principle=principles[row.principle_id])
            for row in rows
        )
