"""The plan of Zandrode: its text, its decisions, its bijsturing and its kept versions."""

from __future__ import annotations

from typing import Any

from core import history
from core.confidentiality import Level
from demo.loader.actions import Actions
from demo.loader.cast import Cast, moment
from demo.loader.goals import load_domains
from demo.loader.reports import load_calendar, load_draft, load_first_report
from demo.loader.states import with_first_news
from partners.models import ContactOfficer, GoodPractice, Partner
from plans.models import (
    Decision,
    DomainPartner,
    Plan,
    PlanRevision,
    PlanSection,
    PlanVersion,
    Principle,
    RelatedPlan,
    YearTheme,
)
from plans.snapshot import plan_as_json
from plans.workflow import PlanStatus

# Which decision of the data brought the plan to which status.
STEPS = (
    ("KG", PlanStatus.DISCUSSION, PlanStatus.EDITING),
    ("GR", PlanStatus.EDITING, PlanStatus.ADOPTED),
)
FEW_DOMAINS = 2  # who counts in more has somebody apart for the first and the last of them


def load_plan(data: dict[str, Any], cast: Cast) -> Plan:
    """Load the plan in the order in which it happened.

    The text as adopted, the first report, the bijsturing that followed, and the news until today.
    """
    row, today = data["plan"], data["meta"]["reference_date"]
    plan = _plan(row, cast)
    _parts(plan, row)
    actions = Actions(plan, cast, load_domains(plan, data["domains"]))
    _record_steps(plan, row, cast)
    first = data["reports"]["first"]
    reported = first["frozen"]
    told = with_first_news(_actions(data), first["first_news"], first["asked"])
    adopted = actions.load((row for row in told if "origin" not in row), on=reported)
    _keep(plan, cast, on=plan.adopted_on, note="Goedgekeurde tekst")
    report = load_first_report(plan, first, cast)
    for revision in row["revisions"]:
        made = _revise(plan, revision, cast)
        actions.adjust(adopted, made)
        actions.load((row for row in told if "origin" in row), on=today, revision=made)
        _keep(plan, cast, on=made.decided_on, note=str(made.get_reason_display()))
    actions.forward(adopted, since=reported, on=today)
    load_draft(plan, data["reports"]["draft"], report, cast)
    load_calendar(plan, data["reports"]["calendar"], cast)
    cast.write_history()
    return plan


def name_partners(plan: Plan, rows: list[dict[str, Any]], cast: Cast) -> None:
    """Which partners count in which domain."""
    domains = {domain.number: domain for domain in plan.domains.all()}
    DomainPartner.objects.bulk_create(
        DomainPartner(
            domain=domains[number],
            partner=cast.partner(row["code"]),
            contact=_contact(cast.partner(row["code"]), row["domains"], number),
        )
        for row in rows
        for number in row["domains"]
    )


def _contact(partner: Partner, numbers: list[int], number: int) -> ContactOfficer | None:
    """Who works in several domains has a contact for the first, and the deputy for the last."""
    if len(numbers) <= FEW_DOMAINS or number not in {numbers[0], numbers[-1]}:
        return None
    return partner.contact_officers.filter(is_deputy=number == numbers[-1]).first()


def base_actions(
    plan: Plan, rows: list[dict[str, Any]], practices: dict[str, GoodPractice]
) -> None:
    """On which good practice an action is based."""
    actions = {action.code: action for action in plan.actions.all()}
    for row in rows:
        for code in row["used_in"]:
            actions[code].practices.add(practices[row["title"]])


def _actions(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        action
        for domain in data["domains"]
        for sub_theme in domain["sub_themes"]
        for action in sub_theme["actions"]
    ]


def _plan(row: dict[str, Any], cast: Cast) -> Plan:
    place = cast.places[row["municipality"]]
    adoption = next(item for item in row["decisions"] if item["number"].startswith("GR"))
    return Plan.objects.create(
        code=row["code"],
        title=row["title"],
        short_title=row["short_title"],
        edition=row["edition"],
        predecessor_title=row["predecessor"],
        zone=place.zone,
        municipality=place,
        motto=row["motto"],
        starts=row["period"]["start"],
        ends=row["period"]["end"],
        steering_body=row["steering_body"],
        mandate=row["mandate"]["source"],
        mandate_date=row["mandate"]["date"],
        legal_status=row["legal_status"],
        confidentiality=Level(row["visibility"]),
        status=PlanStatus(row["status"]),
        adopted_on=adoption["date"],
        version_label="1.0",
    )


def _parts(plan: Plan, row: dict[str, Any]) -> None:
    PlanSection.objects.bulk_create(
        PlanSection(plan=plan, position=item["order"], title=item["title"], body=item["body"])
        for item in row["sections"]
    )
    Principle.objects.bulk_create(
        Principle(plan=plan, position=place, **item) for place, item in enumerate(row["principles"])
    )
    YearTheme.objects.bulk_create(
        YearTheme(plan=plan, year=item["year"], title=item["theme"], focus=item["focus"])
        for item in row["year_themes"]
    )
    Decision.objects.bulk_create(
        Decision(
            plan=plan,
            body=item["body"],
            on=item["date"],
            number=item["number"],
            outcome=item["outcome"],
        )
        for item in row["decisions"]
    )
    _related_plans(plan, row["related_plans"])


def _related_plans(plan: Plan, rows: list[dict[str, Any]]) -> None:
    RelatedPlan.objects.bulk_create(
        RelatedPlan(
            plan=plan,
            code=item["code"],
            name=item["name"],
            subject=item["object"],
            steering=item["steering"],
            territory=item["territory"],
            cycle=item["cycle"],
            from_year=item["from"],
            to_year=item["to"],
            obligation=item["obligation"],
        )
        for item in rows
    )


def _record_steps(plan: Plan, row: dict[str, Any], cast: Cast) -> None:
    dates = {item["number"][:2]: item["date"] for item in row["decisions"]}
    for body, old, new in STEPS:
        cast.note(
            "plan.step",
            plan,
            by=cast.coordinator,
            on=dates[body],
            changes=[history.change(plan, "status", old, new)],
        )
    cast.note(
        "plan.step",
        plan,
        by=cast.coordinator,
        on=dates["GR"],
        changes=[history.change(plan, "status", PlanStatus.ADOPTED, PlanStatus.RUNNING)],
    )


def _keep(plan: Plan, cast: Cast, *, on: Any, note: str) -> None:
    PlanVersion.objects.create(
        plan=plan,
        label=plan.version_label,
        note=note,
        snapshot=plan_as_json(plan),
        made_by=cast.coordinator,
        made_at=moment(on, 16),
    )
    reason = f"{plan.version_label} {note}"
    cast.note("plan.version_kept", plan, by=cast.coordinator, on=on, reason=reason)


def _revise(plan: Plan, row: dict[str, Any], cast: Cast) -> PlanRevision:
    plan.version_label = row["version"]
    plan.save(update_fields=["version_label"])
    made = PlanRevision.objects.create(
        plan=plan,
        version_label=row["version"],
        reason=row["reason"],
        decision=row["decision"],
        decided_on=row["date"],
        text=row["text"],
        made_by=cast.coordinator,
        made_at=moment(row["date"], 15),
    )
    cast.note("plan.revised", plan, by=cast.coordinator, on=row["date"], reason=str(made))
    return made
