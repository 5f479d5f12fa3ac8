"""The actions of the plan with all that hangs on them, as they stand today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Model

from accounts.models import User
from core import history
from core.confidentiality import Level
from demo.loader.cast import Cast, moment
from demo.loader.states import FIELDS, Row, state, steps
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
from plans.workflow import LeadAnswer

WHOLE_TERRITORY = ["alle"]
Pairs = list[tuple[Row, Action]]


@dataclass(frozen=True, slots=True)
class Between:
    """The days after one day, up to and including another."""

    after: dt.date
    until: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.after < day <= self.until


class Actions:
    """Loads actions into one plan; what belongs to many actions goes in one insert."""

    def __init__(self, plan: Plan, cast: Cast, sub_themes: dict[str, SubTheme]) -> None:
        self.plan, self.cast, self.sub_themes = plan, cast, sub_themes
        goals = TacticalGoal.objects.filter(sub_theme__in=sub_themes.values())
        self.goals = {goal.sub_theme_id: goal for goal in goals}
        self.year_themes = {theme.year: theme for theme in plan.year_themes.all()}
        self.principles = {item.code: item.pk for item in plan.principles.all()}
        self.indicators: dict[tuple[int | None, int], Indicator] = {}
        self.adopted_on = plan.adopted_on or plan.starts
        self.related = {item.code: item.pk for item in plan.related_plans.all()}

    def load(
        self, rows: Iterable[Row], *, on: dt.date, revision: PlanRevision | None = None
    ) -> Pairs:
        """Load actions as they stood on a day."""
        pairs = [(row, self._action(row, on, revision)) for row in rows]
        Action.objects.bulk_create(action for _row, action in pairs)
        self._links(pairs)
        self._money(pairs)
        self._indicators(pairs)
        for row, action in pairs:
            self._record_lead(row, action)
        self._happened(pairs, dt.date.min, on)
        return pairs

    def forward(self, pairs: Pairs, *, since: dt.date, on: dt.date) -> None:
        """Bring actions from how they stood on one day to how they stand on a later one."""
        for row, action in pairs:
            for name, value in state(row, on).as_fields().items():
                setattr(action, name, value)
        Action.objects.bulk_update([action for _row, action in pairs], FIELDS)
        self._happened(pairs, since, on)

    def _happened(self, pairs: Pairs, since: dt.date, on: dt.date) -> None:
        """Add what was measured, told and decided after one day, up to and including another."""
        fresh = Between(since, on)
        self._values(pairs, fresh)
        self._updates(pairs, fresh)
        for row, action in pairs:
            self._record(row, action, fresh)

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

    def _action(self, row: Row, on: dt.date, revision: PlanRevision | None) -> Action:
        sub_theme = self.sub_themes[row["code"].rpartition(".")[0]]
        lead = self.cast.partner(row["lead"])
        accepted = row.get("lead_accepted", True)
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
            lead_answered_at=self._asked_at(revision) if accepted else None,
            **state(row, on).as_fields(),
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
        found = Indicator.objects.bulk_create(
            Indicator(action=action, position=place, title=item["title"], unit=item["unit"],
                      baseline=item["baseline"], target=item["target"])
            for row, action in pairs
            for place, item in enumerate(row.get("indicators", []))
        )  # fmt: skip
        self.indicators |= {(item.action_id, item.position): item for item in found}

    def _values(self, pairs: Pairs, fresh: Between) -> None:
        IndicatorValue.objects.bulk_create(
            IndicatorValue(
                indicator=self.indicators[action.pk, place],
                on=value["date"],
                value=Decimal(value["value"]),
                entered_by=action.lead_person or self.cast.coordinator,
                entered_at=moment(value["date"]),
            )
            for row, action in pairs
            for place, item in enumerate(row.get("indicators", []))
            for value in item["values"]
            if value["date"] in fresh
        )

    def _updates(self, pairs: Pairs, fresh: Between) -> None:
        Update.objects.bulk_create(
            self._update(row, news, action)
            for row, action in pairs
            for news in row["updates"]
            if news["date"] in fresh
        )

    def _update(self, row: Row, news: Row, action: Action) -> Update:
        by = action.lead_person or self.cast.coordinator
        then = state(row, news["date"])
        return Update(
            action=action,
            on=news["date"],
            done=news["text"],
            next=news["next"],
            light=then.light,
            progress=then.progress,
            cause=news.get("cause", ""),
            consequence=news.get("consequence", ""),
            proposal=news.get("proposal", ""),
            made_by=by,
            made_by_name=by.name,
            made_at=moment(news["date"]),
        )

    # --- The history ------------------------------------------------------------------------

    def _asked_on(self, revision: PlanRevision | None) -> dt.date:
        """Leads were asked when the plan, or the bijsturing, was decided."""
        return revision.decided_on if revision else self.adopted_on

    def _asked_at(self, revision: PlanRevision | None) -> dt.datetime:
        return moment(self._asked_on(revision))

    def _record_lead(self, _row: Row, action: Action) -> None:
        on, coordinator = self._asked_on(action.revision), self.cast.coordinator
        asked = [history.change(action, "lead_partner", None, action.lead_partner)]
        self._note("action.lead_asked", action, coordinator, on, asked)
        if action.lead_answer == LeadAnswer.ACCEPTED:
            self._note("action.lead_accepted", action, action.lead_person or coordinator, on)

    def _record(self, row: Row, action: Action, fresh: Between) -> None:
        for before, status, day in steps(row):
            if day in fresh:
                change = history.change(action, "status", before, status)
                reason = row.get("stop_reason", "") if status == row["status"] else ""
                self._note("action.step", action, self.cast.coordinator, day, [change], reason)
        for news in row["updates"]:
            if news["date"] in fresh:
                by = action.lead_person or self.cast.coordinator
                self._note("action.updated", action, by, news["date"], _told(row, news, action))

    def _note(  # noqa: PLR0917 - what a line of history says, in its order
        self,
        verb: str,
        action: Action,
        by: User,
        on: dt.date,
        changes: list[history.Change] | None = None,
        reason: str = "",
    ) -> None:
        self.cast.note(verb, action, by=by, on=on, context=self.plan, changes=changes,
                       reason=reason)  # fmt: skip


def _told(row: Row, news: Row, action: Action) -> list[history.Change]:
    """What an update changed in the light and the progress."""
    before, after = state(row, news["date"] - dt.timedelta(days=1)), state(row, news["date"])
    return [
        history.change(action, name, getattr(before, name), getattr(after, name))
        for name in ("light", "progress")
        if getattr(before, name) != getattr(after, name)
    ]


def _link(through: type[Model], pairs: Pairs, field: str, ids: dict[str, int]) -> None:
    """Fill a many-to-many table; codes that name nothing of this plan ("alle") are left out."""
    _own_id, _action, target = through._meta.local_fields
    through._default_manager.bulk_create(
        through(action_id=action.pk, **{target.attname: ids[code]})
        for row, action in pairs
        for code in row.get(field, [])
        if code in ids
    )
