"""A year by the clock: which rule tells whom on which days, in a small world where nobody acts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import pytest

from accounts.roles import Role
from evaluations.models import Participant
from evaluations.workflow import EvaluationStatus
from meldingen.models import Melding
from meldingen.workflow import MeldingStatus
from partners.models import EscalationStep
from partners.workflow import AgreementStatus
from plans.models import Action
from reminders import engine
from reminders.models import CoreGroupItem, Reminder
from reminders.rules import all_rules
from tests.conftest import World
from tests.factories import (
    ActionFactory,
    AgreementFactory,
    AgreementPartyFactory,
    CommitmentFactory,
    ContactOfficerFactory,
    DomainFactory,
    EvaluationFactory,
    KeyFigureFactory,
    MeldingFactory,
    NeighbourhoodFactory,
    ParticipantFactory,
    PlanFactory,
    ResolutionFactory,
    ShareFactory,
    SubThemeFactory,
    route_along,
)
from tests.reminders.clock import at, day

SERVICE, COORDINATOR, PARTNER = Role.SERVICE, Role.COORDINATOR, Role.PARTNER
WALKERS = (
    Role.COORDINATOR, Role.CIV_STAFF, Role.WARDEN, Role.FINDER, Role.NEIGHBOURHOOD_POLICE,
)  # fmt: skip


def every(days: int, start: int, end: int) -> list[int]:
    """From a moment on, each so many days, up to the end of the year."""
    return list(range(start, end + 1, days))


# rule → who → the days after it was due on which they heard of it, in the whole of 2026.
EXPECTED: dict[str, dict[Role, list[int]]] = {
    # due on 12 April, never brought up to date
    "actie-bijwerken": {
        SERVICE: [-14, -3, 1, 7, *every(30, 14, 263)],
        COORDINATOR: every(30, 14, 263),
    },
    # asked on 1 September
    "trekker-gevraagd": {SERVICE: [3, 7, *every(30, 14, 121)], COORDINATOR: every(30, 14, 121)},
    # of a plan that was adopted on 26 March
    "domein-evenwicht": {COORDINATOR: every(90, 14, 280)},
    # shown to the partner until 1 June
    "deling-eindigt": {COORDINATOR: [-14, -3]},
    # the same, as the partner hears of it: asked on 10 March, until 1 June
    "deling-antwoord": {PARTNER: [3, 7, *every(30, 14, 83)]},
    "deling-loopt-af": {PARTNER: [-7]},
    # an action that the partner leads wants news on 1 December
    "deling-bijdrage": {PARTNER: [-14, -3, 1, 7, 14]},
    # begins on 1 May
    "afspraak-ondertekenen": {COORDINATOR: [-14, -3, 1, 7, *every(30, 14, 244)]},
    # on 15 June, held by the service, with somebody of the CIV who stands in
    "evaluatie": {
        SERVICE: [-30, -7, 1, *every(30, 14, 199)],
        Role.CIV_STAFF: [7, *every(30, 44, 199)],
        COORDINATOR: every(30, 14, 199),
    },
    # asked before it began on 1 May, and on 10 May
    "evaluatie-partner": {PARTNER: [0, 7, *every(14, 14, 244)]},
    "evaluatie-mening": {Role.CORE_GROUP: [0, 7, *every(14, 14, 235)]},
    # ends on 1 October
    "afspraak-hernieuwen": {COORDINATOR: [-180, -90, -30, 1, *every(30, 14, 91)]},
    # 30 September is the last day
    "afspraak-opzeggen": {COORDINATOR: [-60, -30, -7, 0]},
    # promised for 1 July; and for 10 December by the partner, for whom the coordinator stands in
    "engagement-te-laat": {
        SERVICE: [1, *every(30, 14, 183)],
        COORDINATOR: [*every(30, 14, 134), 1, 164, 14],
    },
    "engagement-partner": {PARTNER: [1, 14]},
    # until 1 August
    "aanspreekpunt": {COORDINATOR: [-30, -7, 1, *every(30, 14, 152)]},
    # consent until 1 September
    "sleutelfiguur-toestemming": {
        COORDINATOR: [-30, -7, 0],
        Role.CIV_STAFF: [-30, -7, 0],
    },
    # a step of the ladder on 5 October
    "partner-kerngroep": {COORDINATOR: [7, *every(30, 37, 87)]},
    # the norm was 2 March
    "melding-norm": {SERVICE: [1, *every(7, 5, 304)], COORDINATOR: [10, *every(7, 12, 304)]},
    # since two weeks on 15 February
    "melding-wacht": {SERVICE: [0, *every(14, 7, 319)], COORDINATOR: [28, *every(14, 35, 319)]},
    # on Monday 28 December
    "ronde-gemist": {role: [1] for role in WALKERS},
    # by 1 June, by the service
    "beslissing-uitvoeren": {
        SERVICE: [-14, -3, 1, *every(30, 14, 213)],
        COORDINATOR: every(30, 14, 213),
    },
    # by 30 September
    "halfjaarrapport": {COORDINATOR: [-60, -30, -14, -7, 1, 7, 14]},
}


@pytest.fixture
def small(world: World) -> World:
    """One thing for each rule, and nobody who does any of it."""
    asked = ActionFactory.create(sub_theme=world.sub_theme, lead_partner=world.service, asked=True)
    Action.objects.filter(pk=asked.pk).update(created_at=at("2026-09-01"))
    ShareFactory.create(
        action=world.action, partner=world.care, given_by=world.coordinator,
        starts_at=at("2026-03-10"), ends_at=at("2026-06-02", 0),
    )  # fmt: skip
    ContactOfficerFactory.create(partner=world.care, ends=day("2026-08-01"))
    EscalationStep.objects.create(
        partner=world.care, rung="kerngroep", on=day("2026-10-05"), about="x", by=world.coordinator
    )
    KeyFigureFactory.create(
        neighbourhood=NeighbourhoodFactory.create(municipality=world.here),
        consent_on=day("2025-09-02"), consent_until=day("2026-09-01"),
    )  # fmt: skip
    ResolutionFactory.create(
        municipality=world.here, owner=world.service, on=day("2026-02-01"), due=day("2026-06-01")
    )
    _evaluation(world)
    _of_the_partner(world)
    _agreements(world)
    _meldingen(world)
    return world


def _evaluation(world: World) -> None:
    evaluation = EvaluationFactory.create(
        action=world.action, planned_on=day("2026-06-15"), responsible=world.lead,
        deputy=world.cast[Role.CIV_STAFF],
        status=EvaluationStatus.BUSY, figures_begun={"on": "2026-05-01", "groups": []},
    )  # fmt: skip
    partner = ParticipantFactory.create(evaluation=evaluation, partner=world.care)
    person = Participant.objects.create(evaluation=evaluation, person=world.core_group)
    Participant.objects.filter(pk=partner.pk).update(asked_at=at("2026-04-20"))
    Participant.objects.filter(pk=person.pk).update(asked_at=at("2026-05-10"))


def _of_the_partner(world: World) -> None:
    """In the plan of a neighbour, so that nobody else here hears of it."""
    plan = PlanFactory.create(municipality=world.elsewhere, running=True)
    led = ActionFactory.create(
        sub_theme=SubThemeFactory.create(domain=DomainFactory.create(plan=plan)),
        lead_partner=world.care, running=True, last_update_on=day("2026-09-02"),
    )  # fmt: skip
    ShareFactory.create(
        action=led, partner=world.care, accepted=True, starts_at=at("2026-09-02"),
        ends_at=at("2027-03-01"),
    )  # fmt: skip


def _agreements(world: World) -> None:
    quiet = {"municipality": world.here, "next_evaluation": None, "notice_months": 0}
    AgreementFactory.create(
        **quiet, starts=day("2026-05-01"), status=AgreementStatus.TO_SIGN,
    )  # fmt: skip
    AgreementFactory.create(**quiet, ends=day("2026-10-01"))
    AgreementFactory.create(
        **quiet | {"notice_months": 6}, ends=day("2027-03-31"), renewal="stilzwijgend",
        renewal_months=12,
    )  # fmt: skip
    promising = AgreementPartyFactory.create(
        agreement=AgreementFactory.create(**quiet), partner=world.service
    )
    CommitmentFactory.create(party=promising, due=day("2026-07-01"))
    partner = AgreementPartyFactory.create(
        agreement=AgreementFactory.create(**quiet), partner=world.care
    )
    CommitmentFactory.create(party=partner, due=day("2026-12-10"))


def _meldingen(world: World) -> None:
    late, waiting = (
        MeldingFactory.create(municipality=world.here, handler=world.service) for _n in range(2)
    )
    Melding.objects.filter(pk=late.pk).update(
        due=day("2026-03-02"), status=MeldingStatus.IN_PROGRESS
    )
    Melding.objects.filter(pk=waiting.pk).update(
        status=MeldingStatus.WAITING, waiting_since=day("2026-02-01"), due=day("2026-03-02")
    )
    route = route_along(world.here, 1)
    route.days, route.since = [1], day("2026-12-28")
    route.save()


def heard(world: World) -> dict[str, dict[Role, list[int]]]:
    """Rule × receiver × moment, as they were written."""
    roles = {user.pk: role for role, user in world.cast.items()}
    table: dict[str, dict[Role, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in Reminder.objects.order_by("day", "pk"):
        assert row.day == row.due + dt.timedelta(days=row.offset)
        table[row.rule][roles[row.person_id]].append(row.offset)
    return {rule: dict(people) for rule, people in table.items()}


def test_in_a_year_each_rule_tells_whom_it_should_when_it_should(small: World) -> None:
    assert set(EXPECTED) == set(all_rules())

    for number in range(365):
        engine.run_for(small.here, at(f"{day('2026-01-01') + dt.timedelta(days=number)}"))

    assert heard(small) == EXPECTED
    on_table = CoreGroupItem.objects.values_list("rule", flat=True)
    assert sorted(on_table) == [
        "actie-bijwerken", "afspraak-ondertekenen", "beslissing-uitvoeren", "engagement-te-laat",
        "evaluatie", "partner-kerngroep", "trekker-gevraagd",
    ]  # fmt: skip
