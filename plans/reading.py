"""A plan made ready to read: everything fetched in a fixed number of queries, worded in Python."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Avg, Count, OuterRef, Prefetch, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import charts
from core.templatetags.house import badge, progress
from plans import marks, permissions, rows, workflow
from plans.models import (
    Action,
    Decision,
    Dimension,
    Domain,
    Indicator,
    IndicatorValue,
    Plan,
    PlanSection,
    Principle,
    RelatedPlan,
    StrategicGoal,
    SubTheme,
    TacticalGoal,
    YearTheme,
)
from plans.models.plan import seen_plans
from plans.workflow import (
    ACTION_DECIDED,
    ACTION_OPEN,
    ACTION_REALISED,
    ActionStatus,
    Light,
    PlanStatus,
)

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from accounts.models import User
    from core.charts import Chart
    from core.permissions import Verdict
    from plans.workflow import Step


def day(value: dt.date | None) -> str:
    return date_format(value, "j b Y") if value else ""


def years(plan: Plan) -> str:
    return f"{plan.starts.year}–{plan.ends.year}"


# --- The list of plans ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan in the list: what it is and how far it stands."""

    url: str
    title: str
    owner: str
    years: str
    badge: SafeString
    level: SafeString | str
    progress: SafeString
    facts: list[tuple[str, int]]


def plan_cards(user: User) -> list[PlanCard]:
    """The plans this person sees, with counts over the actions this person sees."""
    plans = [plan for plan in seen_plans(user) if plan.archived_at is None]
    counted = {row["plan"]: row for row in _counts(user, plans)}
    return [_card(plan, counted.get(plan.pk, {})) for plan in plans]


def _counts(user: User, plans: list[Plan]) -> Any:
    seen = Action.objects.visible_to(user).current().filter(plan__in=plans)
    return (
        seen.order_by()
        .values("plan")
        .annotate(
            total=Count("pk"),
            open=Count("pk", filter=Q(status__in=ACTION_OPEN)),
            realised=Count("pk", filter=Q(status__in=ACTION_REALISED)),
            red=Count("pk", filter=Q(status__in=ACTION_OPEN, light=Light.RED)),
            share=Avg("progress", filter=Q(status__in=ACTION_DECIDED)),
        )
    )


def _card(plan: Plan, counted: dict[str, Any]) -> PlanCard:
    words = (
        (_("acties"), "total"),
        (_("open"), "open"),
        (_("gerealiseerd"), "realised"),
        (_("vertraagd"), "red"),
    )
    share = counted.get("share")
    return PlanCard(
        url=plan.get_absolute_url(),
        title=plan.title,
        owner=plan.owner.name,
        years=years(plan),
        badge=marks.plan_badge(plan.status),
        level=marks.level_badge(plan.confidentiality),
        progress=progress(None if share is None else round(share), _("Voortgang van %s") % plan),
        facts=[(word, counted.get(name, 0)) for word, name in words],
    )


# --- One plan as a document -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action as one line of the plan."""

    url: str
    code: str
    title: str
    about: str  # who leads it, and when
    how: str
    marks: tuple[SafeString | str, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """A measure of a strategic goal: where it began, is now and should be."""

    pk: int
    title: str
    baseline: str
    now: str
    target: str
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class GoalLine:
    text: str
    indicators: list[IndicatorLine]


@dataclass(frozen=True, slots=True)
class SubThemeText:
    """What: a sub-theme with its justification, its goals and its actions."""

    code: str
    title: str
    why: str
    goals: list[str]
    actions: list[ActionLine]
    is_new: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """How a set of actions stands. Ideas and proposals do not count in the progress."""

    total: int
    decided: int
    realised: int
    share: int | None
    statuses: Counter[str] = field(default_factory=Counter)
    lights: Counter[str] = field(default_factory=Counter)
    dimensions: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, actions: list[Action]) -> Figures:
        decided = [action for action in actions if action.status in ACTION_DECIDED]
        total = sum(action.progress for action in decided)
        return cls(
            total=len(actions),
            decided=len(decided),
            realised=sum(action.status in ACTION_REALISED for action in actions),
            share=round(total / len(decided)) if decided else None,
            statuses=Counter(action.status for action in actions),
            lights=Counter(action.light for action in actions if action.status in ACTION_OPEN),
            dimensions=Counter(action.dimension for action in actions),
        )

    def missing(self) -> list[str]:
        """The dimensions that no action covers."""
        return [str(item.label) for item in Dimension if not self.dimensions[item]]


@dataclass(frozen=True, slots=True)
class DomainText:
    """Why, what and how of one domain."""

    pk: int
    url: str
    number: int
    title: str
    anchor: str
    problem: str
    background: str
    is_supporting: bool
    is_new: bool
    goals: list[GoalLine]
    sub_themes: list[SubThemeText]
    figures: Figures
    progress: SafeString
    status_chart: Chart | None
    balance_chart: Chart | None
    lights: list[SafeString]
    warning: str  # that a dimension is missing, where nobody said why
    balance_reason: str


@dataclass(frozen=True, slots=True)
class PlanText:
    """The plan as it is read, from Waarom to Hoe."""

    years: str
    facts: list[tuple[str, str]]
    editions: list[Plan]  # the one before and those after, as far as this person sees them
    sections: list[dict[str, Any]]
    principles: list[dict[str, Any]]
    year_themes: list[dict[str, Any]]
    related: list[dict[str, Any]]
    decisions: list[dict[str, Any]]
    domains: list[DomainText]
    figures: Figures
    progress: SafeString
    status_chart: Chart | None


def read_plan(plan: Plan, user: User, *, number: int | None = None) -> PlanText:
    """The plan, or one domain of it, with the actions this person may see and no others."""
    whole = number is None
    actions = _actions(plan, user, number)
    parts = _small_parts(plan) if whole else defaultdict(list)
    domains = [
        _domain_text(plan, row, actions, with_charts=not whole) for row in _domains(plan, number)
    ]
    shown = list(chain.from_iterable(actions.values()))
    figures = Figures.of(shown)
    return PlanText(
        years=years(plan),
        facts=_facts(plan),
        editions=_editions(plan, user) if whole else [],
        sections=parts["sections"],
        principles=parts["principles"],
        year_themes=parts["year_themes"],
        related=parts["related"],
        decisions=[
            {**row, "on": day(dt.date.fromisoformat(row["on"]))} for row in parts["decisions"]
        ],
        domains=domains,
        figures=figures,
        progress=progress(figures.share, _("Voortgang van het plan")),
        status_chart=_status_chart(_("Acties van het plan naar status"), figures),
    )


def _editions(plan: Plan, user: User) -> list[Plan]:
    near = (
        other
        for other in seen_plans(user)
        if other.pk == plan.predecessor_id or other.predecessor_id == plan.pk
    )
    return sorted(near, key=lambda other: (other.edition, other.pk))


def _facts(plan: Plan) -> list[tuple[str, str]]:
    facts = [
        (_("Looptijd"), f"{day(plan.starts)} – {day(plan.ends)}"),
        (_("Goedgekeurd op"), day(plan.adopted_on)),
        (_("Versie"), plan.version_label),
        (_("Sturend orgaan"), plan.steering_body),
        (_("Mandaat"), ", ".join(filter(None, [plan.mandate, day(plan.mandate_date)]))),
        (_("Statuut"), plan.legal_status),
        (_("Vorige editie"), plan.predecessor_title),
    ]
    return [(word, value) for word, value in facts if value]


def _json(found: Any, **names: str) -> ArraySubquery:
    return ArraySubquery(found.values(json=JSONObject(**names)))


def _small_parts(plan: Plan) -> dict[str, Any]:
    """The short lists of a plan, in one query."""
    mine = {"plan": OuterRef("pk")}
    now = {**mine, "archived_at": None}
    found = Plan.objects.filter(pk=plan.pk).values(
        sections_list=_json(PlanSection.objects.filter(**now), title="title", body="body"),
        principles_list=_json(
            Principle.objects.filter(**now), code="code", title="title", text="text"
        ),
        year_themes_list=_json(
            YearTheme.objects.filter(**now), year="year", title="title", focus="focus"
        ),
        related_list=_json(
            RelatedPlan.objects.filter(**now),
            name="name",
            subject="subject",
            steering="steering",
            territory="territory",
            cycle="cycle",
            from_year="from_year",
            to_year="to_year",
        ),
        decisions_list=_json(
            Decision.objects.filter(**mine),
            body="body",
            on="on",
            number="number",
            outcome="outcome",
        ),
    )
    return {name.removesuffix("_list"): value for name, value in found.get().items()}


def _domains(plan: Plan, number: int | None) -> list[Domain]:
    domains = plan.domains.filter(archived_at=None)
    if number is not None:
        domains = domains.filter(number=number)
    measures = Indicator.objects.filter(archived_at=None).annotate(
        readings=_json(
            IndicatorValue.objects.filter(indicator=OuterRef("pk")), on="on", value="value"
        )
    )
    tactical = TacticalGoal.objects.filter(sub_theme=OuterRef("pk"), archived_at=None)
    return list(
        domains.prefetch_related(
            Prefetch("goals", StrategicGoal.objects.filter(archived_at=None)),
            Prefetch("goals__indicators", measures),
            Prefetch(
                "sub_themes",
                SubTheme.objects.filter(archived_at=None).annotate(
                    aims=ArraySubquery(tactical.values("text"))
                ),
            ),
        )
    )


def _actions(plan: Plan, user: User, number: int | None) -> dict[int, list[Action]]:
    """The visible actions by sub-theme, with only what a line shows."""
    seen = Action.objects.visible_to(user).filter(plan=plan).current().in_plan_order()
    if number is not None:
        seen = seen.filter(sub_theme__domain__number=number)
    shown = seen.select_related("lead_partner").only(
        "code", "title", "how", "dimension", "quick_win", "status", "light", "progress", "start",
        "due", "structural", "confidentiality", "revision_id", "sub_theme_id",
        "lead_partner__name",
    )  # fmt: skip
    found: dict[int, list[Action]] = defaultdict(list)
    for action in shown:
        found[action.sub_theme_id].append(action)
    return found


def _domain_text(
    plan: Plan, row: Domain, actions: dict[int, list[Action]], *, with_charts: bool
) -> DomainText:
    sub_themes = list(row.sub_themes.all())
    figures = Figures.of([action for theme in sub_themes for action in actions[theme.pk]])
    missing = figures.missing() if figures.total else []
    return DomainText(
        pk=row.pk,
        url=reverse("plans:domain", args=[plan.code, row.number]),
        number=row.number,
        title=row.title,
        anchor=f"domein-{row.number}",
        problem=row.problem,
        background=row.background,
        is_supporting=row.is_supporting,
        is_new=row.revision_id is not None,
        goals=[_goal(goal, with_charts=with_charts) for goal in row.goals.all()],
        sub_themes=[_sub_theme(theme, actions[theme.pk]) for theme in sub_themes],
        figures=figures,
        progress=progress(figures.share, _("Voortgang van domein %d") % row.number),
        status_chart=_status_chart(_("Acties naar status"), figures),
        balance_chart=_balance_chart(figures),
        lights=_lights(figures),
        warning="" if row.balance_reason else _imbalance(missing),
        balance_reason=row.balance_reason if missing else "",
    )


def _imbalance(missing: list[str]) -> str:
    if not missing:
        return ""
    words = _(" en ").join(word.lower() for word in missing)
    return _("Dit domein heeft geen acties van de dimensie %s.") % words


def _goal(goal: StrategicGoal, *, with_charts: bool) -> GoalLine:
    lines = [_indicator(item, with_chart=with_charts) for item in goal.indicators.all()]
    return GoalLine(goal.text, lines)


def _indicator(item: Any, *, with_chart: bool) -> IndicatorLine:
    readings = [
        charts.Reading(dt.date.fromisoformat(row["on"]), row["value"]) for row in item.readings
    ]
    return IndicatorLine(
        pk=item.pk,
        title=item.title,
        baseline=item.show(item.baseline),
        now=item.show(Decimal(str(readings[-1].value)) if readings else None),
        target=item.show(item.target),
        chart=charts.sparkline_to_target(
            item.title, readings, baseline=item.baseline, target=item.target
        )
        if with_chart and readings
        else None,
    )


@cache
def _address() -> list[str]:
    """What stands around the key in the address of an action: looked up once, not per line."""
    return reverse("plans:action", args=[0]).split("0")


def _sub_theme(row: Any, actions: list[Action]) -> SubThemeText:
    return SubThemeText(
        code=row.code,
        title=row.title,
        why=row.why,
        goals=list(row.aims),
        actions=[_line(action) for action in actions],
        is_new=row.revision_id is not None,
    )


def _line(action: Action) -> ActionLine:
    prefix, suffix = _address()
    lead = action.lead_partner.name if action.lead_partner else _("nog geen trekker")
    return ActionLine(
        url=f"{prefix}{action.pk}{suffix}",
        code=action.code,
        title=action.title,
        about=" · ".join(filter(None, [lead, rows.period(action)])),
        how=action.how,
        marks=(
            marks.level_badge(action.confidentiality),
            rows.light_badge(action.light) if action.light else rows.status_badge(action.status),
        ),
        is_new=action.revision_id is not None,
    )


def _status_chart(title: str, figures: Figures) -> Chart | None:
    if not figures.total:
        return None
    parts = [
        charts.Part(status.label, figures.statuses[status], rows.STATUS_TONES[status])
        for status in ActionStatus
        if figures.statuses[status]
    ]
    return charts.stacked_bar(title, parts)


def _balance_chart(figures: Figures) -> Chart | None:
    if not figures.total:
        return None
    parts = [
        charts.Part(item.label, figures.dimensions[item], marks.DIMENSION_TONES[item])
        for item in Dimension
    ]
    return charts.balance(_("Proactief, preventief en reactief"), parts)


def _lights(figures: Figures) -> list[SafeString]:
    """How many open actions carry each light."""
    return [
        badge(
            f"{figures.lights[light]} {light.label.lower()}",
            rows.LIGHT_TONES[light],
            rows.LIGHT_ICONS[light],
        )
        for light in Light
        if figures.lights[light]
    ]


# --- What one can do with a plan ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tool:
    """A step or a page of the plan, and whether this person may go there."""

    label: str
    url: str
    verdict: Verdict


def plan_tools(plan: Plan, user: User) -> dict[str, list[Tool]]:
    """The steps from here, and the pages around the plan for who may use them."""
    steps = [
        Tool(
            str(step.label),
            reverse("plans:step", args=[plan.code, step.name]),
            permissions.may_take_plan_step(user, plan, step),
        )
        for step in workflow.plan_steps_from(plan.status)
    ]
    may_read = permissions.may_read_story(user, plan)
    pages = (
        (_("Partners per domein"), "partners", permissions.may_read_partners(user, plan)),
        (_("Bijsturingen"), "revisions", may_read),
        (_("Versies"), "versions", may_read),
        (_("Geschiedenis"), "history", permissions.may_read_drafts(user, plan)),
        (_("Gegevens wijzigen"), "edit", permissions.may_revise(user, plan)),
        (_("Besluit vastleggen"), "decision", permissions.may_decide(user, plan)),
        (_("Wie leest dit plan"), "level", permissions.may_decide(user, plan)),
        (_("Wie helpt mee"), "helpers", permissions.may_grant_help(user, plan)),
        (_("Nieuwe editie"), "edition", permissions.may_make_edition(user, plan)),
    )
    return {
        "steps": steps,
        "pages": [
            Tool(label, reverse(f"plans:{name}", args=[plan.code]), verdict)
            for label, name, verdict in pages
            if verdict
        ],
    }


def effect_of(step: Step) -> str:
    """What a step brings about, where that is more than another status."""
    if step.target != PlanStatus.ADOPTED:
        return ""
    return _(
        "De tekst ligt daarna vast en verandert alleen nog met een bijsturing. De goedgekeurde "
        "tekst wordt bewaard als versie 1.0."
    )


def next_edition(plan: Plan) -> dict[str, Any]:
    """Where the form of a new edition starts: as many years, from the day after this one."""
    starts = plan.ends + dt.timedelta(days=1)
    ends = dt.date(starts.year + plan.ends.year - plan.starts.year, 12, 31)
    everything = dict.fromkeys(("sections", "principles", "domains", "actions"), True)
    years = {str(plan.starts.year): str(starts.year), str(plan.ends.year): str(ends.year)}
    title = re.sub(r"\d{4}", lambda year: years.get(year[0], year[0]), plan.title)
    return {"title": title, "starts": starts, "ends": ends, **everything}
