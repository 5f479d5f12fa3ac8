"""A plan of 600 actions, the same each time: as large as the product has to carry."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.models import Membership, Municipality, User, Zone
from accounts.roles import Role
from core.confidentiality import Level
from partners.models import Kind, Partner, PartnerMember
from plans.models import (
    Action,
    ActionPartner,
    BudgetLine,
    Dimension,
    Domain,
    Indicator,
    IndicatorValue,
    PartnerRole,
    Plan,
    ReactiveKind,
    StrategicGoal,
    SubTheme,
    TacticalGoal,
    Update,
)
from plans.workflow import ActionStatus, LeadAnswer, Light, PlanStatus
from reports.models import Audience, Report

DOMAINS, SUB_THEMES, ACTIONS = 10, 6, 10  # each inside the one before
PARTNERS = 30
UPDATES = 3
TODAY = dt.date(2026, 11, 21)
STATUSES = [ActionStatus.RUNNING] * 7 + [ActionStatus.PLANNED, ActionStatus.DONE, ActionStatus.IDEA]
LIGHTS = [Light.GREEN] * 8 + [Light.AMBER, Light.RED]
DIMENSIONS = list(Dimension)
PROSE = (
    "Het team bekijkt elke maand de open punten, spreekt met bewoners en handelaars, en legt vast "
    "wie wat doet tegen wanneer. Wie niet komt opdagen krijgt dezelfde dag nog een bericht. "
)


@dataclass(frozen=True)
class Made:
    plan: Plan
    coordinator: User
    lead: User  # of the first organisation


def make(*, domains: int = DOMAINS, sub_themes: int = SUB_THEMES) -> Made:
    """Fill an empty database with one municipality, its partners and its plan."""
    zone = Zone.objects.create(code="bench", name="Politiezone Bench")
    place = Municipality.objects.create(zone=zone, code="BEN", name="Benchegem")
    partners = Partner.objects.bulk_create(
        Partner(municipality=place, code=f"p{n}", name=f"Partner {n}", kind=Kind.SERVICE)
        for n in range(PARTNERS)
    )
    plan = Plan.objects.create(
        code="IVP-BEN", title="Integraal veiligheidsplan Benchegem", zone=zone, municipality=place,
        starts=dt.date(2026, 1, 1), ends=dt.date(2031, 12, 31), status=PlanStatus.RUNNING,
        adopted_on=dt.date(2026, 3, 26), version_label="1.0", confidentiality=Level.PUBLIC,
    )  # fmt: skip
    _fill(plan, partners, domains, sub_themes)
    coordinator = _person(place, Role.COORDINATOR)
    return Made(plan, coordinator, _person(place, Role.SERVICE, partners[0]))


def draft(made: Made) -> Report:
    assert made.plan.municipality is not None  # noqa: S101 - made above
    return Report.objects.create(
        plan=made.plan, municipality=made.plan.municipality, audience=Audience.CORE_GROUP,
        title="Voortgangsrapport", period_start=dt.date(2026, 1, 1), period_end=TODAY,
        created_by=made.coordinator, foreword=PROSE * 3,
    )  # fmt: skip


def _person(place: Municipality, role: Role, partner: Partner | None = None) -> User:
    user = User.objects.create(email=f"{role}@bench.example", name=str(role.label))
    Membership.objects.create(user=user, municipality=place, role=role, starts=dt.date(2026, 1, 1))
    if partner:
        PartnerMember.objects.create(user=user, partner=partner, starts=dt.date(2026, 1, 1))
    return user


def _fill(plan: Plan, partners: list[Partner], size: int, depth: int) -> None:
    domains = Domain.objects.bulk_create(
        Domain(plan=plan, number=n, position=n, title=f"Domein {n}", problem=PROSE * 3)
        for n in range(1, size + 1)
    )
    StrategicGoal.objects.bulk_create(StrategicGoal(domain=item, text=PROSE) for item in domains)
    sub_themes = SubTheme.objects.bulk_create(
        SubTheme(domain=item, code=f"{item.number}.{n}", position=n, title=f"Deelthema {n}")
        for item in domains
        for n in range(1, depth + 1)
    )
    TacticalGoal.objects.bulk_create(
        TacticalGoal(sub_theme=item, text=PROSE) for item in sub_themes
    )
    actions = Action.objects.bulk_create(
        _action(plan, sub_theme, n, partners[(index + n) % PARTNERS])
        for index, sub_theme in enumerate(sub_themes)
        for n in range(1, ACTIONS + 1)
    )
    _hang_on(actions, partners)


def _action(plan: Plan, sub_theme: SubTheme, number: int, lead: Partner) -> Action:
    dimension = DIMENSIONS[number % len(DIMENSIONS)]
    reactive = dimension == Dimension.REACTIVE
    return Action(
        plan=plan,
        sub_theme=sub_theme,
        code=f"{sub_theme.code}.{number}",
        position=number,
        title=f"Wijkgerichte aanpak nummer {number} van {sub_theme.title.lower()}",
        why=PROSE,
        how=PROSE * 2,
        dimension=dimension,
        reactive_kind=ReactiveKind.RESTORATIVE if reactive else "",
        quick_win=number == 1,
        start=dt.date(2026, 2, 2),
        due=dt.date(2026, 10, 1) + dt.timedelta(weeks=13 * number),
        lead_partner=lead,
        lead_answer=LeadAnswer.ACCEPTED,
        status=STATUSES[number % len(STATUSES)],
        light=LIGHTS[number % len(LIGHTS)],
        progress=number * 9,
        last_update_on=dt.date(2026, 10, 5),
    )


def _hang_on(actions: list[Action], partners: list[Partner]) -> None:
    ActionPartner.objects.bulk_create(
        ActionPartner(action=action, partner=partners[(n + 7 * k) % PARTNERS], role=role)
        for n, action in enumerate(actions)
        for k, role in enumerate((PartnerRole.EXECUTOR, PartnerRole.SUPPORTER), 1)
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(action=action, year=2026, source="gemeente", planned=5000, spent=3200)
        for action in actions
    )
    Update.objects.bulk_create(
        _update(action, month) for action in actions for month in range(10 - UPDATES, 10)
    )
    _measures(actions)


def _measures(actions: list[Action]) -> None:
    found = Indicator.objects.bulk_create(
        Indicator(action=action, title="Gehouden overleggen", unit="keer", baseline=0, target=12)
        for action in actions
    )
    IndicatorValue.objects.bulk_create(
        IndicatorValue(indicator=item, on=dt.date(2026, month, 1), value=month)
        for item in found
        for month in range(10 - UPDATES, 10)
    )


def _update(action: Action, month: int) -> Update:
    return Update(
        action=action, on=dt.date(2026, month, 5), done=PROSE, next="Volgend overleg.",
        light=action.light, progress=action.progress, cause="Ziekte.",
        consequence="Drie weken later.", proposal="Vervanging afspreken.", made_by_name="Trekker",
    )  # fmt: skip
