"""What comes back by itself is planned once, in time."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client

from evaluations.models import Evaluation, EvaluationRhythm
from evaluations.operations.evaluations import take_step
from evaluations.operations.rhythms import plan_ahead
from evaluations.workflow import EvaluationStatus, find, steps_from
from tests.conftest import World, build_world
from tests.factories import AgreementFactory
from tests.together import at_once

S = EvaluationStatus
DAY = dt.date(2026, 11, 21)


@pytest.fixture
def rhythm(world: World) -> EvaluationRhythm:
    return half_yearly(world)


def half_yearly(world: World) -> EvaluationRhythm:
    return EvaluationRhythm.objects.create(
        municipality=world.here, action=world.action, months=6, starts=dt.date(2027, 1, 31),
        responsible=world.lead,
    )  # fmt: skip


def terms() -> list[dt.date | None]:
    return list(Evaluation.objects.order_by("term").values_list("term", flat=True))


def test_it_is_planned_sixty_days_ahead_and_once(rhythm: EvaluationRhythm) -> None:
    assert plan_ahead(on=rhythm.starts - dt.timedelta(days=61)) == 0
    assert plan_ahead(on=rhythm.starts - dt.timedelta(days=60)) == 1
    assert plan_ahead(on=rhythm.starts) == 0
    row = Evaluation.objects.get()
    assert (row.planned_on, row.responsible, row.action) == (
        rhythm.starts, rhythm.responsible, rhythm.action,
    )  # fmt: skip


def test_a_year_of_nights_plans_each_once(rhythm: EvaluationRhythm) -> None:
    for day in range(500):
        plan_ahead(on=DAY + dt.timedelta(days=day))
    assert terms() == [dt.date(2027, 1, 31), dt.date(2027, 7, 31), dt.date(2028, 1, 31)]


def test_after_an_outage_the_last_missed_is_planned_alone(rhythm: EvaluationRhythm) -> None:
    plan_ahead(on=dt.date(2028, 9, 1))
    assert terms() == [dt.date(2028, 7, 31)]


def test_put_on_another_day_it_is_not_planned_again(rhythm: EvaluationRhythm) -> None:
    plan_ahead(on=rhythm.starts)
    Evaluation.objects.update(planned_on=dt.date(2027, 3, 1))
    assert plan_ahead(on=rhythm.starts) == 0


def test_once_established_the_next_is_planned(world: World, rhythm: EvaluationRhythm) -> None:
    plan_ahead(on=rhythm.starts)
    Evaluation.objects.update(status=S.REVIEW, judgement="verderzetten", judgement_reason="Goed")
    step = find(steps_from(S.REVIEW), "vaststellen")
    assert step
    take_step(Evaluation.objects.for_list().get(), step, by=world.coordinator)
    assert terms() == [dt.date(2027, 1, 31), dt.date(2027, 7, 31)]


def test_an_agreement_is_evaluated_by_its_own_rhythm(world: World) -> None:
    agreement = AgreementFactory.create(
        municipality=world.here, next_evaluation=dt.date(2026, 12, 10)
    )
    assert [plan_ahead(on=DAY) for _ in range(2)] == [1, 0]
    row = Evaluation.objects.get()
    assert (row.agreement, row.planned_on) == (agreement, dt.date(2026, 12, 10))
    assert row.responsible == world.coordinator


@pytest.mark.django_db(transaction=True)
def test_two_nights_at_once_plan_one() -> None:
    half_yearly(build_world())
    made = at_once(
        lambda: plan_ahead(on=dt.date(2027, 1, 31)), lambda: plan_ahead(on=dt.date(2027, 1, 31))
    )
    assert sorted(made, key=str) == [0, 1]
    assert Evaluation.objects.count() == 1


def test_a_rhythm_begins_and_ends(client: Client, world: World) -> None:
    client.force_login(world.coordinator)
    address = f"/evaluaties/ritme/actie/{world.action.pk}/"
    sent = {"months": 6, "starts": "2027-01-31", "responsible": world.lead.pk}
    for code in (302, 422):  # one runs at a time
        token = {"form_token": str(uuid.uuid4())}
        assert client.post(address, {**sent, **token}).status_code == code
    row = EvaluationRhythm.objects.get()
    assert client.post(f"/evaluaties/ritme/{row.pk}/stoppen/").status_code == 302
    assert plan_ahead(on=dt.date(2027, 1, 31)) == 0


def test_an_agreement_has_no_second_rhythm(client: Client, world: World) -> None:
    agreement = AgreementFactory.create(municipality=world.here)
    client.force_login(world.coordinator)
    assert client.get(f"/evaluaties/ritme/afspraak/{agreement.pk}/").status_code == 404
