"""The actions of the plan with all that hangs on them, as they stand today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Model

from core import history
from core.confidentiality import Level
from demo.loader.cast import Cast, moment
from plans.models import (
    Action,
    ActionPartner,
    BudgetLine,
    Indicator,
    IndicatorValue,
    Plan,
    PlanRevision,
    SubTheme,
    TacticalGoal,
    Theme,
    Update,
)
from plans.workflow import ActionStatus, LeadAnswer

WHOLE_TERRITORY = ["alle"]
Row = dict[str, Any]
Pairs = list[tuple[Row, Action]]
# The steps that brought an action where it is, each with the date it was taken on.
STEPS: dict[ActionStatus, tuple[tuple[ActionStatus, str], ...]] = {
    ActionStatus.RUNNING: ((ActionStatus.RUNNING, "start"),),
    ActionStatus.DONE: ((ActionStatus.RUNNING, "start"), (ActionStatus.DONE, "news")),
    ActionStatus.PARTLY_DONE: ((ActionStatus.RUNNING, "start"), (ActionStatus.PARTLY_DONE, "news")),
    ActionStatus.ON_HOLD: ((ActionStatus.RUNNING, "start"), (ActionStatus.ON_HOLD, "news")),
    ActionStatus.STOPPED: ((ActionStatus.STOPPED, "news"),),
}


class Actions:
    """Loads actions into one plan; what belongs to many actions goes in one insert."""

    def __init__(
        self, plan: Plan, cast: Cast, sub_themes: dict[str, SubTheme], today: dt.date
    ) -> None:
        self.plan, self.cast, self.sub_themes, self.today = plan, cast, sub_themes, today
        goals = TacticalGoal.objects.filter(sub_theme__in=sub_themes.values())
        self.goals = {goal.sub_theme_id: goal for goal in goals}
        self.year_themes = {theme.year: theme for theme in plan.year_themes.all()}
        self.principles = {item.code: item.pk for item in plan.principles.all()}
        self.related = {item.code: item.pk for item in plan.related_plans.all()}

    def load(self, rows: Iterable[Row], revision: PlanRevision | None = None) -> Pairs:
        pairs = [(row, self._action(row, revision)) for row in rows]
        Action.objects.bulk_create(action for _row, action in pairs)
        self._links(pairs)
        self._money(pairs)
        self._indicators(pairs)
        self._updates(pairs)
        for row, action in pairs:
            self._record(row, action)
        return pairs

    def adjust(self, pairs: Pairs, revision: PlanRevision) -> None:
        """Give the end dates that a bijsturing moved their new value."""
        for row, action in pairs:
            if row.get("adjusted", {}).get("decision") != revision.decision:
                continue
            was, action.due = action.due, row["due"]
            action.save(update_fields=["due"])
            self.cast.note(
                "action.edited",
                action,
                by=self.cast.coordinator,
                on=revision.decided_on,
                context=self.plan,
                changes=[history.change(action, "due", was, action.due)],
                reason=str(revision),
            )

    def _action(self, row: Row, revision: PlanRevision | None) -> Action:
        sub_theme = self.sub_themes[row["code"].rpartition(".")[0]]
        lead = self.cast.partner(row["lead"])
        accepted = row.get("lead_accepted", True)
        news = row["updates"][-1]["date"] if row["updates"] else None
        due = row.get("adjusted", {}).get("due_was", row["due"])
        return Action(
            plan=self.plan,
            sub_theme=sub_theme,
            goal=self.goals[sub_theme.pk],
            code=row["code"],
            position=int(row["code"].rpartition(".")[2]),
            title=row["title"],
            how=row["how"],
            dimension=row["dimension"],
            reactive_kind=row.get("reactive_kind", ""),
            quick_win=row.get("quick_win", False),
            themes=[Theme.SELF_RELIANCE] if row.get("self_reliance") else [],
            year_theme=self.year_themes.get(row.get("year_theme", 0)),
            chain=row.get("chain", []),
            start=row["start"],
            due=min(due, self.plan.ends),
            structural=row.get("structural", False),
            whole_territory=row["neighbourhoods"] == WHOLE_TERRITORY,
            lead_partner=lead,
            lead_person=self.cast.lead_of(lead),
            lead_answer=LeadAnswer.ACCEPTED if accepted else LeadAnswer.ASKED,
            lead_answered_at=moment(self.plan.starts) if accepted else None,
            status=ActionStatus(row["status"]),
            light=row["light"] or "",
            progress=row["progress"],
            last_update_on=news,
            confidentiality=Level(row.get("visibility", Level.PUBLIC)),
            revision=revision,
        )

    def _links(self, pairs: Pairs) -> None:
        ActionPartner.objects.bulk_create(
            ActionPartner(action=action, partner=self.cast.partner(code), role=role)
            for row, action in pairs
            for code, role in row["partners"].items()
        )
        places = {code: place.pk for code, place in self.cast.neighbourhoods.items()}
        for model, field, ids in (
            (Action.principles.through, "principles", self.principles),
            (Action.related_plans.through, "supports", self.related),
            (Action.neighbourhoods.through, "neighbourhoods", places),
        ):
            _link(model, pairs, field, ids)

    @staticmethod
    def _money(pairs: Pairs) -> None:
        BudgetLine.objects.bulk_create(
            BudgetLine(
                action=action,
                year=line["year"],
                source=line["source"],
                planned=line["planned"],
                committed=line["spent"],
                spent=line["spent"],
            )
            for row, action in pairs
            for line in row.get("budget", [])
        )

    def _indicators(self, pairs: Pairs) -> None:
        found = [
            (item, action, Indicator(action=action, position=place, title=item["title"],
                                     unit=item["unit"], baseline=item["baseline"],
                                     target=item["target"]))
            for row, action in pairs
            for place, item in enumerate(row.get("indicators", []))
        ]  # fmt: skip
        Indicator.objects.bulk_create(indicator for _item, _action, indicator in found)
        IndicatorValue.objects.bulk_create(
            IndicatorValue(
                indicator=indicator,
                on=value["date"],
                value=Decimal(value["value"]),
                entered_by=action.lead_person or self.cast.coordinator,
                entered_at=moment(value["date"]),
            )
            for item, action, indicator in found
            for value in item["values"]
        )

    def _updates(self, pairs: Pairs) -> None:
        Update.objects.bulk_create(
            self._update(news, action) for row, action in pairs for news in row["updates"]
        )

    def _update(self, news: Row, action: Action) -> Update:
        by = action.lead_person or self.cast.coordinator
        return Update(
            action=action,
            on=news["date"],
            done=news["text"],
            next=news["next"],
            light=action.light,
            progress=action.progress,
            cause=news.get("cause", ""),
            consequence=news.get("consequence", ""),
            proposal=news.get("proposal", ""),
            made_by=by,
            made_by_name=by.name,
            made_at=moment(news["date"]),
        )

    def _record(self, row: Row, action: Action) -> None:
        """Write how the action came where it is: its lead, its steps, its news."""
        asked = action.revision.decided_on if action.revision else self.plan.adopted_on
        by = action.lead_person or self.cast.coordinator
        note = self.cast.note
        assert asked is not None  # noqa: S101 - the plan is adopted
        lead = [history.change(action, "lead_partner", None, action.lead_partner)]
        note("action.lead_asked", action, by=self.cast.coordinator, on=asked,
             context=self.plan, changes=lead)  # fmt: skip
        if action.lead_answer == LeadAnswer.ACCEPTED:
            note("action.lead_accepted", action, by=by, on=asked, context=self.plan)
        self._record_steps(row, action)
        for news in row["updates"]:
            changes = [
                history.change(action, "light", "", action.light),
                history.change(action, "progress", 0, action.progress),
            ]
            note("action.updated", action, by=by, on=news["date"], context=self.plan,
                 changes=[change for change in changes if change["old"] != change["new"]])  # fmt: skip

    def _record_steps(self, row: Row, action: Action) -> None:
        before = ActionStatus.PLANNED
        for status, when in STEPS.get(ActionStatus(action.status), ()):
            day = action.start if when == "start" else action.last_update_on
            self.cast.note(
                "action.step",
                action,
                by=self.cast.coordinator,
                on=min(day or self.today, self.today),
                context=self.plan,
                changes=[history.change(action, "status", before, status)],
                reason=row.get("stop_reason", "") if status == action.status else "",
            )
            before = status


def _link(through: type[Model], pairs: Pairs, field: str, ids: dict[str, int]) -> None:
    """Fill a many-to-many table; codes that name nothing of this plan ("alle") are left out."""
    _own_id, _action, target = through._meta.local_fields
    through._default_manager.bulk_create(
        through(action_id=action.pk, **{target.attname: ids[code]})
        for row, action in pairs
        for code in row.get(field, [])
        if code in ids
    )
