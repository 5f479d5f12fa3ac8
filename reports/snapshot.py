"""What a report says, as plain JSON: names included, nothing above the level of its readers.

The snapshot is the same whoever makes it: the audience decides what is in it. The PDF, the reading
view, the spreadsheet and the comparison of two reports are all drawn from it, and from it alone.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.confidentiality import Level
from core.models import LogEntry, ref
from plans.models import (
    Action,
    BudgetLine,
    Dimension,
    Domain,
    Indicator,
    PlanRevision,
    Update,
)
from plans.models.actions import (
    is_overdue,
    is_realised_between,
    is_without_news,
    lacks_active_lead,
)
from plans.workflow import (
    ACTION_DECIDED,
    ACTION_OPEN,
    ACTION_REALISED,
    NEEDS_EXPLANATION,
    ActionStatus,
    LeadAnswer,
    Light,
)
from reports import (
    about_neighbourhood,
    about_partner,
    compare,
    engagement,
    meldingen,
    permissions,
    resolutions,
)
from reports.models import Audience, Chapter, Report, shown_in
from reports.models.chapters import label_of
from reports.periods import Period

if TYPE_CHECKING:
    from accounts.models import User
    from partners.models import Partner
    from plans.models import Plan

FORMAT = 2
SILENT_DAYS = 90
MAX_REALISATIONS = 3
MAX_DONE = 15
MAX_LOGO_BYTES = 500_000
Json = dict[str, Any]


def take(
    report: Report,
    *,
    by: User | None = None,
    on: dt.date | None = None,
    remarks: dict[int, str] | None = None,
) -> Json:
    """What the report says now. What has an order is a list: the database sorts keys its own way.

    `on` is the day on which "late" and "silent" are judged.

    `remarks` are those being written, by the key of their domain, instead of the kept ones.

    `by` is who takes it: only who follows the engagement of partners tells the core group of it.
    """
    taking = _Taking(report, on or timezone.localdate(), by, _chapters(report, by))
    told = _given(taking) if report.audience == Audience.PARTNER else _of_actions(taking, remarks)
    found = {
        "format": FORMAT,
        "made_on": taking.day.isoformat(),
        **_head(report),
        **_written(taking),
        "labels": _labels(),
        "chapters": [
            {"code": one.value, "label": label_of(report.variant, one)} for one in taking.chapters
        ],
        **told,
        **taking.only(Chapter.FOLLOWED, "resolutions", lambda: _resolutions(taking)),
    }
    return found | taking.only(Chapter.COMPARED, "comparison", lambda: _comparison(report, found))


@dataclass(frozen=True, slots=True)
class _Taking:
    """One taking of one report: on which day, by whom, and with which chapters."""

    report: Report
    day: dt.date
    by: User | None
    chapters: list[Chapter]

    @property
    def period(self) -> Period:
        return Period(self.report.period_start, self.report.period_end)

    def only(self, chapter: Chapter, key: str, make: Callable[[], Any]) -> Json:
        """What a chapter says, under its key; not even the key is there without the chapter."""
        found = make() if chapter in self.chapters else None
        return {} if found is None else {key: found}


def _chapters(report: Report, by: User | None) -> list[Chapter]:
    """What the municipality wants in it, and the one who takes it may tell."""
    shown = shown_in(report.municipality_id, report.variant)
    if by is None or not permissions.may_tell_engagement(by, report):
        return [chapter for chapter in shown if chapter != Chapter.ENGAGEMENT]
    return shown


def _of_actions(taking: _Taking, remarks: dict[int, str] | None) -> Json:
    """What is made of the actions that it is about: all of the plan, or of one partner or place."""
    report, only = taking.report, taking.only
    material = _Material.of(report, taking.day, remarks)
    found = {
        "orders": {
            "status": ActionStatus.values,
            "light": [*Light.values, ""],
            "dimension": Dimension.values,
        },
        "figures": _figures(material),
        "statuses": _counts(ActionStatus.values, (a.status for a in material.actions)),
        "lights": _counts([*Light.values, ""], (a.light for a in material.actions)),
        "dimensions": _counts(Dimension.values, (a.dimension for a in material.actions)),
        "domains": [_domain(domain, material) for domain in material.domains],
        **only(Chapter.BUDGET, "budget", lambda: _budget(material.budget)),
        **only(Chapter.CHANGES, "changes", lambda: _changes(material)),
        **only(Chapter.COMING, "coming", lambda: _coming(material)),
        "actions": [_action(action) for action in material.actions],
        **only(Chapter.ENGAGEMENT, "engagement", lambda: _engagement(taking)),
        **only(
            Chapter.MELDINGEN, "meldingen",
            lambda: meldingen.chapter(report, taking.period, on=taking.day),
        ),
    }  # fmt: skip
    return found | _about(taking, material, found)


def _about(taking: _Taking, material: _Material, found: Json) -> Json:
    """What a report about one partner or one neighbourhood says besides."""
    report, period, day = taking.report, taking.period, taking.day
    if report.partner:
        told = about_partner.chapters(report, period, on=day)
        tiles = about_partner.tiles(report, told, material.actions)
        told["roles"] = _roles(report.partner, material)
    elif report.neighbourhood_id:
        told = about_neighbourhood.chapters(report, period, material.actions, on=day)
        tiles = about_neighbourhood.tiles(told, found.get("meldingen"), material.actions)
        told[Chapter.DONE.value] = _realisations(material.actions, material, most=MAX_DONE)
    else:
        return {}
    if report.audience == Audience.CORE_GROUP:
        told["troubles"] = [row for domain in found["domains"] for row in domain["troubles"]]
    domains = [{"number": row["number"], "title": row["title"]} for row in found["domains"]]
    return _without_hidden(told, taking.chapters) | {"tiles": tiles, "domains": domains}


def _roles(partner: Partner, material: _Material) -> dict[str, str]:
    """What the partner does in each action, by its code."""
    parts = about_partner.roles_of(partner)
    return {
        action.code: str(_("Trekker"))
        if action.lead_partner_id == partner.pk
        else parts.get(action.pk, "")
        for action in material.actions
    }


def _without_hidden(told: Json, chapters: list[Chapter]) -> Json:
    """Nothing is kept of a chapter that is not in the report."""
    hidden = {chapter.value for chapter in Chapter} - {chapter.value for chapter in chapters}
    return {key: value for key, value in told.items() if key not in hidden}


def _given(taking: _Taking) -> Json:
    """What may be given to the partner: no action is read, only what was shared."""
    report = taking.report
    told = about_partner.chapters(report, taking.period, on=taking.day)
    tiles = about_partner.tiles(report, told, [])
    return _without_hidden(told, taking.chapters) | {"tiles": tiles}


def _engagement(taking: _Taking) -> Json:
    assert taking.by is not None  # noqa: S101 - the chapter is there for who may tell
    return engagement.chapter(taking.report, taking.period, on=taking.day, by=taking.by)


def _resolutions(taking: _Taking) -> list[Json]:
    return resolutions.chapter(taking.report, taking.period, on=taking.day)


def _comparison(report: Report, found: Json) -> Json:
    """Beside the previous report of this kind, as far as its readers may still hear of it."""
    old = report.previous.content if report.previous else None
    if not old:
        return compare.since(None, found)
    codes = {row["code"] for row in old.get("actions", [])}
    codes -= {row["code"] for row in found.get("actions", [])}
    rows = Action.objects.filter(
        plan=report.plan, code__in=codes, confidentiality__in=report.levels
    )
    named = set(rows.values_list("code", flat=True)) if codes else set()
    return compare.since(old, found, named=named)


# --- What is read from the database, in a fixed number of queries --------------------------------


@dataclass(frozen=True, slots=True)
class _Material:
    """Everything a report is made of, read once."""

    period: Period
    domains: list[Domain]
    actions: list[Any]  # plans.models.Action with the measures of _measured()
    updates: list[Update]  # in the period, the newest first
    troubles: dict[int, Update]  # the newest explanation per action
    indicators: dict[tuple[str, int], list[Indicator]]
    budget: list[BudgetLine]
    revisions: list[PlanRevision]
    steps: list[LogEntry]
    remarks: dict[int, str]

    @classmethod
    def of(cls, report: Report, day: dt.date, remarks: dict[int, str] | None) -> _Material:
        period = Period(report.period_start, report.period_end)
        actions = list(_measured(report, period, day))
        ids = [action.pk for action in actions]
        domains = report.plan.domains.current().prefetch_related("goals")
        if report.subject:  # only those in which it has a part
            domains = domains.filter(pk__in={action.sub_theme.domain_id for action in actions})
        during = Q(on__range=(period.start, period.end))
        budget = BudgetLine.objects.filter(action__in=ids).select_related(
            "action__sub_theme__domain"
        )
        revisions = report.plan.revisions.filter(decided_on__range=(period.start, period.end))
        return cls(
            period=period,
            domains=list(domains),
            actions=actions,
            updates=list(Update.objects.filter(during, action__in=ids)),
            troubles=_troubles(actions),
            indicators=_indicators(report, ids),
            budget=list(budget.defer("action__search")),
            revisions=list(revisions.order_by("decided_on", "pk")),
            steps=_steps(report, period, ids),
            remarks=kept_remarks(report) if remarks is None else remarks,
        )

    def of_domain(self, domain: Domain) -> list[Any]:
        return [action for action in self.actions if action.sub_theme.domain_id == domain.pk]


def kept_remarks(report: Report) -> dict[int, str]:
    """What the coordinator wrote beside each domain, by the key of the domain."""
    return dict(report.remarks.values_list("domain_id", "text"))


def _measured(report: Report, period: Period, day: dt.date) -> Iterable[Action]:
    """The actions that this audience may read about, each with the answers that reports count."""
    measures = {
        "is_late": is_overdue(on=day),
        "is_silent": is_without_news(on=day, days=SILENT_DAYS),
        "is_leaderless": lacks_active_lead(),
        "is_realised_now": is_realised_between(period.start, period.end),
    }
    answers = {
        name: ExpressionWrapper(rule, output_field=BooleanField())
        for name, rule in measures.items()
    }
    shown = report.actions.in_plan_order().select_related(
        "sub_theme__domain", "lead_partner", "revision"
    )
    return shown.annotate(**answers).defer("search", "how", "why")


def _troubles(actions: list[Any]) -> dict[int, Update]:
    """The newest explanation of each action that is amber or red."""
    ids = [action.pk for action in actions if action.light in NEEDS_EXPLANATION]
    newest = Update.objects.filter(action__in=ids, light__in=NEEDS_EXPLANATION)
    found = newest.order_by("action_id", "-on", "-pk").distinct("action")
    return {update.action_id: update for update in found}


def _indicators(report: Report, action_ids: list[int]) -> dict[tuple[str, int], list[Indicator]]:
    """Indicators by what they measure: ("action", id) or ("goal", id)."""
    ours = Q(action__in=action_ids) | Q(
        goal__domain__plan=report.plan, goal__archived_at=None, goal__domain__archived_at=None
    )
    rows = Indicator.objects.filter(ours, archived_at=None).prefetch_related("values")
    found: dict[tuple[str, int], list[Indicator]] = defaultdict(list)
    for row in rows:
        owner = ("action", row.action_id) if row.action_id else ("goal", row.goal_id)
        found[owner].append(row)  # type: ignore[index]
    return found


def _steps(report: Report, period: Period, action_ids: list[int]) -> list[LogEntry]:
    """The changes of status in the period, of actions that this audience may read about."""
    subjects = {f"action:{pk}" for pk in action_ids}
    rows = LogEntry.objects.filter(
        context=ref(report.plan),
        verb="action.step",
        at__date__range=(period.start, period.end),
    )
    return [row for row in rows.order_by("at", "pk") if row.subject in subjects]


# --- The parts of the report ------------------------------------------------------------------------


def _head(report: Report) -> Json:
    place, plan, previous = report.municipality, report.plan, report.previous
    period = Period(report.period_start, report.period_end)
    return {
        "title": report.title,
        "audience": {"code": report.audience, "label": report.get_audience_display()},
        "variant": {
            "code": report.variant.value,
            "label": str(report.variant.label),
            "subject": report.subject,
        },
        "municipality": {
            "name": place.name,
            "motto": place.motto,
            "colour": place.colour,
            "logo": _logo(place.logo),
        },
        "plan": _plan(plan) if _names_plan(report) else None,
        "period": {
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
            "label": period.label,
            "short": period.short,
        },
        "previous": {"title": previous.title, "checksum": previous.checksum} if previous else None,
    }


def _written(taking: _Taking) -> Json:
    """What was written for the chapters that are in it."""
    report, chapters = taking.report, taking.chapters
    asked = report.decisions_asked if Chapter.ASKED in chapters else ""
    return {
        "foreword": report.foreword if Chapter.FOREWORD in chapters else "",
        "decisions": _lines(asked),
        "outlook": report.outlook if Chapter.COMING in chapters else "",
    }


def _names_plan(report: Report) -> bool:
    """A partner knows of a plan by name when everybody does."""
    return report.audience != Audience.PARTNER or report.plan.confidentiality == Level.PUBLIC


def _plan(plan: Plan) -> Json:
    return {
        "code": plan.code,
        "title": plan.title,
        "short_title": str(plan),
        "version": plan.version_label,
        "starts": plan.starts.isoformat(),
        "ends": plan.ends.isoformat(),
    }


def _logo(file: Any) -> str:
    """The logo itself, so that the report needs nothing else later."""
    if not file:
        return ""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_LOGO_BYTES + 1)
    except OSError:
        return ""  # the file is gone; a report without logo is better than none
    kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
    if len(data) > MAX_LOGO_BYTES:
        return ""
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def _lines(text: str) -> list[str]:
    return [line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t")]


def _labels() -> Json:
    """The words of this moment; later words do not change an old report."""
    return {
        "status": {value: str(label) for value, label in ActionStatus.choices},
        "light": {value: str(label) for value, label in Light.choices},
        "dimension": {value: str(label) for value, label in Dimension.choices},
        "lead_answer": {value: str(label) for value, label in LeadAnswer.choices},
    }


def _figures(material: _Material) -> Json:
    actions = material.actions
    return {
        "actions": len(actions),
        "decided": sum(action.status in ACTION_DECIDED for action in actions),
        "open": sum(action.status in ACTION_OPEN for action in actions),
        "realised": sum(action.status in ACTION_REALISED for action in actions),
        "realised_now": sum(bool(action.is_realised_now) for action in actions),
        "quick_wins": sum(action.quick_win for action in actions),
        "quick_wins_done": sum(
            action.quick_win and action.status in ACTION_REALISED for action in actions
        ),
        "late": sum(bool(action.is_late) for action in actions),
        "silent": sum(bool(action.is_silent) for action in actions),
        "leaderless": sum(bool(action.is_leaderless) for action in actions),
        "updated": len({update.action_id for update in material.updates}),
    }


def _counts(order: list[str], values: Iterable[str]) -> Json:
    found = Counter(values)
    return {value: found[value] for value in order}


def _domain(domain: Domain, material: _Material) -> Json:
    actions = material.of_domain(domain)
    goals = [goal for goal in domain.goals.all() if not goal.archived_at]
    return {
        "number": domain.number,
        "title": domain.title,
        "supporting": domain.is_supporting,
        "goals": [goal.text for goal in goals],
        "actions": len(actions),
        "decided": sum(action.status in ACTION_DECIDED for action in actions),
        "realised": sum(action.status in ACTION_REALISED for action in actions),
        "statuses": _counts(ActionStatus.values, (action.status for action in actions)),
        "lights": _counts([*Light.values, ""], (action.light for action in actions)),
        "dimensions": _counts(Dimension.values, (action.dimension for action in actions)),
        "balance_reason": domain.balance_reason,
        "realisations": _realisations(actions, material),
        "troubles": [_trouble(a, material) for a in actions if a.light in NEEDS_EXPLANATION],
        "goal_indicators": [
            _indicator(row, "") for goal in goals for row in material.indicators["goal", goal.pk]
        ],
        "action_indicators": [
            _indicator(row, action.code)
            for action in actions
            for row in material.indicators["action", action.pk]
        ],
        "remark": material.remarks.get(domain.pk, ""),
    }


def _realisations(
    actions: list[Any], material: _Material, *, most: int = MAX_REALISATIONS
) -> list[Json]:
    """At most so many: what was finished first, then the newest news of what goes well."""
    news: dict[int, Update] = {}
    for update in material.updates:  # the newest first
        news.setdefault(update.action_id, update)
    found = [a for a in actions if a.is_realised_now or (a.pk in news and _goes_well(a))]
    found.sort(key=lambda a: a.last_update_on or dt.date.min, reverse=True)
    found.sort(key=lambda a: not a.is_realised_now)
    return [
        {
            "code": action.code,
            "title": action.title,
            "realised": bool(action.is_realised_now),
            "on": _day(news[action.pk].on if action.pk in news else action.last_update_on),
            "text": news[action.pk].done if action.pk in news else action.expected_result,
        }
        for action in found[:most]
    ]


def _goes_well(action: Any) -> bool:
    decided = action.status in ACTION_DECIDED - {ActionStatus.STOPPED, ActionStatus.POSTPONED}
    return decided and action.light not in NEEDS_EXPLANATION


def _trouble(action: Any, material: _Material) -> Json:
    update = material.troubles.get(action.pk)
    return {
        "code": action.code,
        "title": action.title,
        "light": action.light,
        "lead": _lead(action),
        "on": _day(update.on if update else None),
        "cause": update.cause if update else "",
        "consequence": update.consequence if update else "",
        "proposal": update.proposal if update else "",
    }


def _indicator(row: Indicator, code: str) -> Json:
    values = list(row.values.all())
    last = values[-1] if values else None
    return {
        "action": code,
        "title": row.title,
        "kind": row.kind,
        "unit": row.unit,
        "source": row.source,
        "baseline": _number(row.baseline),
        "baseline_text": row.show(row.baseline),
        "baseline_year": row.baseline_year,
        "target": _number(row.target),
        "target_text": row.show(row.target),
        "target_year": row.target_year,
        "last_text": row.show(last.value if last else None),
        "last_on": _day(last.on if last else None),
        "values": [{"on": value.on.isoformat(), "value": _number(value.value)} for value in values],
    }


def _budget(lines: list[BudgetLine]) -> Json:
    """Money per year and source, with totals, and per domain; as text, so no cent is lost."""
    rows: dict[tuple[int, str], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
    years: dict[int, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
    domains: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
    total = [Decimal(0)] * 3
    for line in lines:
        amounts = [line.planned, line.committed, line.spent]
        label = line.get_source_display()
        for sums, key in (
            (rows, (line.year, label)),
            (years, line.year),
            (domains, str(line.action.sub_theme.domain)),
        ):
            sums[key] = _add(sums[key], amounts)  # type: ignore[index]
        total = _add(total, amounts)
    return {
        "years": [
            {
                "year": year,
                "rows": [
                    {"source": source, **_money(rows[key])}
                    for key in sorted(rows)
                    if key[0] == year
                    for source in [key[1]]
                ],
                "total": _money(years[year]),
            }
            for year in sorted(years)
        ],
        "domains": [{"domain": name, **_money(domains[name])} for name in sorted(domains)],
        "total": _money(total),
    }


def _add(left: list[Decimal], right: list[Decimal]) -> list[Decimal]:
    return [one + other for one, other in zip(left, right, strict=True)]


def _money(amounts: list[Decimal]) -> dict[str, str]:
    names = ("planned", "committed", "spent")
    return {name: f"{amount:.2f}" for name, amount in zip(names, amounts, strict=True)}


def _changes(material: _Material) -> Json:
    """New and adjusted in the period."""
    new = [
        action
        for action in material.actions
        if action.revision and action.revision.decided_on in material.period
    ]
    titles = {ref(action): (action.code, action.title) for action in material.actions}
    return {
        "new": [
            {"code": a.code, "title": a.title, "decision": a.revision.decision, "lead": _lead(a)}
            for a in new
        ],
        "revisions": [
            {
                "version": revision.version_label,
                "reason": revision.get_reason_display(),
                "decision": revision.decision,
                "on": revision.decided_on.isoformat(),
                "text": revision.text,
            }
            for revision in material.revisions
        ],
        "steps": [
            {
                "code": titles[step.subject][0],
                "title": titles[step.subject][1],
                "on": timezone.localtime(step.at).date().isoformat(),
                "old": change["old"],
                "new": change["new"],
                "reason": step.reason,
            }
            for step in material.steps
            for change in step.changes
            if change["field"] == "status"
        ],
    }


def _coming(material: _Material) -> Json:
    """What the quarter after the period brings."""
    soon = material.period.next_quarter()
    going = [action for action in material.actions if action.status in ACTION_OPEN]
    asked = [a for a in material.actions if a.lead_answer == LeadAnswer.ASKED]
    return {
        "until": soon.end.isoformat(),
        "starting": [_coming_line(a, a.start) for a in going if a.start in soon],
        "ending": [_coming_line(a, a.due) for a in going if a.due in soon],
        "asked": [_coming_line(action, None) for action in asked],
    }


def _coming_line(action: Any, day: dt.date | None) -> Json:
    return {
        "code": action.code, "title": action.title, "lead": _lead(action), "on": _day(day),
    }  # fmt: skip


def _action(action: Any) -> Json:
    """One row of the action table."""
    return {
        "code": action.code,
        "title": action.title,
        "sub_theme": str(action.sub_theme),
        "domain": action.sub_theme.domain.number,
        "lead": _lead(action),
        "lead_answer": action.lead_answer,
        "status": action.status,
        "light": action.light,
        "progress": action.progress,
        "dimension": action.dimension,
        "quick_win": action.quick_win,
        "start": _day(action.start),
        "due": _day(action.due),
        "structural": action.structural,
        "late": bool(action.is_late),
        "silent": bool(action.is_silent),
        "new": action.revision_id is not None,
        "last_update_on": _day(action.last_update_on),
    }


def _lead(action: Any) -> str:
    return action.lead_partner.name if action.lead_partner else ""


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
