"""Planning an evaluation, writing it, and bringing it to an end."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from core.confidentiality import Level
from core.models import LogEntry
from evaluations.figures import figures_of
from evaluations.models import Evaluation, Question
from evaluations.operations.evaluations import MovedError, take_step
from evaluations.workflow import STEPS, EvaluationStatus, Judgement, find, steps_from
from partners.models import Agreement
from plans.models import Action
from plans.operations.actions import take_action_step
from plans.workflow import action_steps_from
from plans.workflow import find as find_in_plan
from tests.conftest import DEMO_DAY, World, build_world
from tests.factories import (
    ActionFactory,
    AgreementFactory,
    AgreementPartyFactory,
    CommitmentFactory,
    EvaluationFactory,
    IndicatorFactory,
    TacticalGoalFactory,
    UpdateFactory,
)
from tests.together import at_once

S = EvaluationStatus
MOST_IN_LIST, MOST_ON_PAGE = 12, 15


@pytest.fixture
def evaluation(world: World) -> Evaluation:
    return EvaluationFactory.create(action=world.action, responsible=world.lead)


def put(evaluation: Evaluation, status: str, **fields: object) -> Evaluation:
    Evaluation.objects.filter(pk=evaluation.pk).update(status=status, **fields)
    evaluation.refresh_from_db()
    return evaluation


def take(client: Client, evaluation: Evaluation, name: str, **fields: object) -> int:
    address = f"/evaluaties/{evaluation.pk}/stap/{name}/"
    code = client.post(address, fields).status_code
    evaluation.refresh_from_db()
    return code


def plan_it(client: Client, world: World, address: str, **fields: object) -> int:
    data = {
        "kind": "tussentijds",
        "title": "Tussenstand",
        "planned_on": "2026-12-15",
        "responsible": world.lead.pk,
        "questions": "Werkt het?\nWat kost het?",
        "form_token": str(uuid.uuid4()),
        **fields,
    }
    return client.post(address, data).status_code


# --- The table --------------------------------------------------------------------------------


def test_every_status_is_reached_and_names_are_once_per_status() -> None:
    assert {step.target for step in STEPS} | {S.PLANNED} == set(S)
    names = [(step.source, step.name) for step in STEPS]
    assert len(names) == len(set(names))


def test_every_step_back_says_why() -> None:
    order = [S.DROPPED, S.PLANNED, S.BUSY, S.REVIEW, S.ESTABLISHED]
    back = [one for one in STEPS if order.index(S(one.target)) < order.index(S(one.source))]
    assert all(one.needs_reason for one in back)


# --- Planning ---------------------------------------------------------------------------------


def test_of_each_kind_of_thing_one_is_planned(client: Client, world: World) -> None:
    client.force_login(world.coordinator)
    goal = TacticalGoalFactory.create(sub_theme=world.sub_theme)
    agreement = AgreementFactory.create(municipality=world.here)
    things = {
        "actie": world.action, "doel": goal, "afspraak": agreement,
        "domein": world.domain, "plan": world.plan,
    }  # fmt: skip

    for what, thing in things.items():
        assert plan_it(client, world, f"/evaluaties/nieuw/{what}/{thing.pk}/") == 302

    made = Evaluation.objects.for_list()
    assert [row.what.value for row in made.order_by("pk")] == list(things)
    assert [row.subject for row in made.order_by("pk")] == list(things.values())
    assert Question.objects.count() == 10


def test_a_form_sent_twice_makes_one(client: Client, world: World) -> None:
    client.force_login(world.coordinator)
    token, address = str(uuid.uuid4()), f"/evaluaties/nieuw/actie/{world.action.pk}/"

    codes = {plan_it(client, world, address, form_token=token) for _ in range(2)}

    assert codes == {302}
    assert Evaluation.objects.count() == 1


def test_who_cannot_read_the_subject_is_not_made_responsible(client: Client, world: World) -> None:
    Action.objects.filter(pk=world.action.pk).update(confidentiality=Level.CONFIDENTIAL)
    client.force_login(world.coordinator)
    address = f"/evaluaties/nieuw/actie/{world.action.pk}/"

    assert plan_it(client, world, address, responsible=world.core_group.pk) == 422
    assert plan_it(client, world, address, responsible=world.coordinator.pk) == 302


def test_nonsense_is_422_and_a_strange_kind_404(client: Client, world: World) -> None:
    client.force_login(world.coordinator)
    address = f"/evaluaties/nieuw/actie/{world.action.pk}/"
    assert plan_it(client, world, address, planned_on="2026-13-45") == 422
    assert plan_it(client, world, address, deputy=world.lead.pk) == 422
    assert plan_it(client, world, f"/evaluaties/nieuw/iets/{world.action.pk}/") == 404


def test_the_database_wants_exactly_one_subject(world: World, evaluation: Evaluation) -> None:
    for fields in ({"action": None}, {"plan": world.plan}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evaluation.objects.filter(pk=evaluation.pk).update(**fields)


# --- Who reads and who writes -----------------------------------------------------------------


def test_it_is_as_strict_as_its_subject(client: Client, world: World) -> None:
    secret = ActionFactory.create(
        sub_theme=world.sub_theme, confidentiality=Level.RESTRICTED, running=True
    )
    evaluation = EvaluationFactory.create(action=secret, title="Stil")
    assert evaluation.level == Level.RESTRICTED
    for role, code in ((Role.CORE_GROUP, 200), (Role.CIV_STAFF, 404), (Role.WARDEN, 404)):
        client.force_login(world.cast[role])
        assert client.get(evaluation.get_absolute_url()).status_code == code
        assert ("Stil" in client.get("/evaluaties/").content.decode()) is (code == 200)


def test_of_a_public_plan_who_only_reads_sees_none(client: Client, world: World) -> None:
    type(world.plan).objects.update(confidentiality=Level.PUBLIC)
    evaluation = EvaluationFactory.create(action=None, plan=world.plan, municipality=world.here)
    client.force_login(world.reader)
    assert client.get(world.plan.get_absolute_url()).status_code == 200
    assert client.get(evaluation.get_absolute_url()).status_code == 404
    assert client.get(f"/evaluaties/van/plan/{world.plan.pk}/").status_code == 404


def test_who_is_responsible_writes_and_others_do_not(
    client: Client, world: World, evaluation: Evaluation
) -> None:
    put(evaluation, S.BUSY)
    for user, code in ((world.lead, 200), (world.coordinator, 200), (world.core_group, 403)):
        client.force_login(user)
        assert client.get(f"/evaluaties/{evaluation.pk}/verslag/").status_code == code


# --- The steps --------------------------------------------------------------------------------


@time_machine.travel(DEMO_DAY)
def test_from_planned_to_established(client: Client, world: World, evaluation: Evaluation) -> None:
    client.force_login(world.lead)
    assert take(client, evaluation, "beginnen") == 302
    assert evaluation.figures_begun
    assert evaluation.figures_begun["on"] == "2026-11-21"
    written = {"version": evaluation.version, "happened": "Veel", "judgement": Judgement.CONTINUE,
               "judgement_reason": "Het werkt."}  # fmt: skip
    assert client.post(f"/evaluaties/{evaluation.pk}/verslag/", written).status_code == 302
    assert take(client, evaluation, "voorleggen") == 302
    assert take(client, evaluation, "vaststellen") == 302

    assert (evaluation.status, evaluation.established_on) == (S.ESTABLISHED, DEMO_DAY)
    assert evaluation.figures_established is not None
    verbs = LogEntry.objects.about(evaluation).values_list("verb", flat=True)
    assert list(verbs) == ["evaluation.step"] * 2 + ["evaluation.written", "evaluation.step"]


def test_the_page_shows_the_figures_and_when(
    client: Client, world: World, evaluation: Evaluation
) -> None:
    client.force_login(world.lead)
    take(client, evaluation, "beginnen")
    page = client.get(evaluation.get_absolute_url()).content.decode()
    assert "Bij het begin" in page
    assert "Voortgang" in page


def test_without_a_judgement_nothing_is_established(
    client: Client, world: World, evaluation: Evaluation
) -> None:
    put(evaluation, S.REVIEW)
    client.force_login(world.lead)
    assert take(client, evaluation, "vaststellen") == 403
    assert evaluation.status == S.REVIEW


def test_a_judgement_says_why(client: Client, world: World, evaluation: Evaluation) -> None:
    put(evaluation, S.BUSY)
    client.force_login(world.lead)
    sent = {"version": 1, "judgement": Judgement.STOP}
    assert client.post(f"/evaluaties/{evaluation.pk}/verslag/", sent).status_code == 422


def test_back_with_a_reason_alone(client: Client, world: World, evaluation: Evaluation) -> None:
    put(evaluation, S.REVIEW)
    client.force_login(world.lead)
    assert take(client, evaluation, "terug-naar-bezig") == 422
    assert take(client, evaluation, "terug-naar-bezig", reason="Te vroeg") == 302
    assert evaluation.status == S.BUSY


def test_the_coordinator_alone_reopens(
    client: Client, world: World, evaluation: Evaluation
) -> None:
    put(evaluation, S.REVIEW, judgement=Judgement.CONTINUE, judgement_reason="Goed")
    client.force_login(world.lead)
    take(client, evaluation, "vaststellen")
    assert take(client, evaluation, "heropenen", reason="Fout") == 403
    client.force_login(world.coordinator)
    assert take(client, evaluation, "heropenen", reason="Fout") == 302
    assert evaluation.figures_established is None


def test_a_step_that_somebody_took_already_is_told(
    client: Client, world: World, evaluation: Evaluation
) -> None:
    put(evaluation, S.BUSY)
    client.force_login(world.lead)
    assert take(client, evaluation, "beginnen") == 302
    assert take(client, evaluation, "bestaat-niet") == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_steps_at_once_one_is_taken() -> None:
    world = build_world()
    evaluation = EvaluationFactory.create(action=world.action)

    def begin() -> str:
        mine = Evaluation.objects.for_list().get(pk=evaluation.pk)
        step = find(steps_from(S.PLANNED), "beginnen")
        assert step
        try:
            take_step(mine, step, by=User.objects.get(pk=world.coordinator.pk))
        except MovedError:
            return "moved"
        return "taken"

    assert sorted(at_once(begin, begin), key=str) == ["moved", "taken"]
    assert LogEntry.objects.filter(verb="evaluation.step").count() == 1


def test_nobody_writes_in_what_changed_meanwhile(
    client: Client, world: World, evaluation: Evaluation
) -> None:
    put(evaluation, S.BUSY, version=2, happened="Van een ander")
    client.force_login(world.lead)
    sent = {"version": 1, "happened": "Van mij"}
    answer = client.post(f"/evaluaties/{evaluation.pk}/verslag/", sent)
    assert answer.status_code == 409
    assert b"Van een ander" in answer.content


def test_own_questions_are_answered(client: Client, world: World, evaluation: Evaluation) -> None:
    put(evaluation, S.BUSY)
    question = Question.objects.create(evaluation=evaluation, text="Werkt het?")
    client.force_login(world.lead)
    sent = {"version": 1, f"vraag-{question.pk}": "Ja, goed."}
    assert client.post(f"/evaluaties/{evaluation.pk}/verslag/", sent).status_code == 302
    assert b"Ja, goed." in client.get(evaluation.get_absolute_url()).content


# --- Late, and the figures --------------------------------------------------------------------


def test_late_is_told_from_day_and_status(evaluation: Evaluation) -> None:
    after = evaluation.planned_on + dt.timedelta(days=1)
    assert not Evaluation.objects.late(on=evaluation.planned_on).exists()
    assert Evaluation.objects.late(on=after).exists()
    put(evaluation, S.DROPPED)
    assert not Evaluation.objects.late(on=after).exists()


def test_the_figures_of_an_action_are_frozen(world: World, evaluation: Evaluation) -> None:
    IndicatorFactory.create(action=world.action, title="Bussen")
    UpdateFactory.create(action=world.action)
    Action.objects.update(progress=40)
    step = find(steps_from(S.PLANNED), "beginnen")
    assert step
    evaluation = Evaluation.objects.for_list().get(pk=evaluation.pk)
    take_step(evaluation, step, by=world.coordinator)
    Action.objects.update(progress=90)

    evaluation.refresh_from_db()
    assert evaluation.figures_begun
    told = dict(row for group in evaluation.figures_begun["groups"] for row in group["rows"])
    assert told["Voortgang"] == "40%"
    assert "streefwaarde 13 bussen" in told["Bussen"]


def test_the_figures_of_a_domain_count_what_all_readers_see(world: World) -> None:
    ActionFactory.create(sub_theme=world.sub_theme, confidentiality="beperkt", running=True)
    row = EvaluationFactory.create(action=None, domain=world.domain, municipality=world.here)
    (group,) = figures_of(row, on=DEMO_DAY)["groups"]
    assert ["Acties samen", "1"] in group["rows"]


# --- What comes of it -------------------------------------------------------------------------


def judged(evaluation: Evaluation, judgement: str) -> Evaluation:
    fields = {"judgement": judgement, "judgement_reason": "Te weinig mensen."}
    return put(evaluation, S.ESTABLISHED, established_on=timezone.localdate(), **fields)


def test_a_bijsturing_is_made_in_one_step(
    client: Client, world: World, evaluation: Evaluation
) -> None:
    judged(evaluation, Judgement.ADJUST)
    client.force_login(world.coordinator)
    address = f"/evaluaties/{evaluation.pk}/bijsturen/"
    form = client.get(address).context["form"]
    assert form["revision_text"].value() == "Te weinig mensen."

    sent = {name: field.value() or "" for name in form.fields if (field := form[name])}
    sent |= {"title": "Anders", "revision_reason": "personeel", "revision_decision": "CBS-1",
             "revision_decided_on": "2026-11-01", "themes": [], "chain": ""}  # fmt: skip
    assert client.post(address, sent).status_code == 302

    outcome = evaluation.outcomes.get()
    assert outcome.revision
    assert outcome.revision.text == "Te weinig mensen."
    assert b"CBS-1" in client.get(evaluation.get_absolute_url()).content


def test_stopping_ends_the_action(client: Client, world: World, evaluation: Evaluation) -> None:
    judged(evaluation, Judgement.STOP)
    client.force_login(world.coordinator)
    address = f"/evaluaties/{evaluation.pk}/stopzetten/"
    assert "Te weinig mensen." in client.get(address).content.decode()
    assert client.post(address, {"reason": "Te weinig mensen."}).status_code == 302
    assert Action.objects.get(pk=world.action.pk).status == "stopgezet"
    assert evaluation.outcomes.get().stopped


def test_a_promise_is_changed_and_linked(client: Client, world: World) -> None:
    agreement = AgreementFactory.create(municipality=world.here)
    row = CommitmentFactory.create(party=AgreementPartyFactory.create(agreement=agreement))
    evaluation = EvaluationFactory.create(action=None, agreement=agreement, municipality=world.here)
    judged(evaluation, Judgement.ADJUST)
    client.force_login(world.coordinator)
    address = f"/evaluaties/{evaluation.pk}/engagement/{row.pk}/"
    sent = {"party": row.party_id, "gives": "Elke week een ronde", "version": 1}
    assert client.post(address, sent).status_code == 302
    assert evaluation.outcomes.get().commitment == row
    assert b"Elke week een ronde" in client.get(evaluation.get_absolute_url()).content


def test_a_promise_of_another_agreement_is_not_there(client: Client, world: World) -> None:
    agreement = AgreementFactory.create(municipality=world.here)
    other = CommitmentFactory.create()
    evaluation = EvaluationFactory.create(action=None, agreement=agreement, municipality=world.here)
    judged(evaluation, Judgement.ADJUST)
    client.force_login(world.coordinator)
    address = f"/evaluaties/{evaluation.pk}/engagement/{other.pk}/"
    assert client.get(address).status_code == 404


def test_before_it_is_established_nothing_follows(
    client: Client, world: World, evaluation: Evaluation
) -> None:
    put(evaluation, S.REVIEW, judgement=Judgement.ADJUST, judgement_reason="Want")
    client.force_login(world.coordinator)
    assert client.get(f"/evaluaties/{evaluation.pk}/bijsturen/").status_code == 403


def test_an_agreement_hears_when_its_next_evaluation_is(client: Client, world: World) -> None:
    agreement = AgreementFactory.create(municipality=world.here)
    row = EvaluationFactory.create(
        action=None, agreement=agreement, municipality=world.here, status=S.REVIEW,
        judgement=Judgement.CONTINUE, judgement_reason="Goed", term=dt.date(2026, 12, 1),
    )  # fmt: skip
    client.force_login(world.coordinator)
    take(client, row, "vaststellen")
    following = Agreement.objects.get(pk=agreement.pk).next_evaluation
    assert following
    assert following > timezone.localdate()


def test_a_final_evaluation_of_a_plan_gathers_those_below(
    client: Client, world: World, evaluation: Evaluation
) -> None:
    judged(evaluation, Judgement.CONTINUE)
    Evaluation.objects.filter(pk=evaluation.pk).update(lessons="Vroeger beginnen.")
    final = EvaluationFactory.create(
        action=None, plan=world.plan, municipality=world.here, kind="eind"
    )
    client.force_login(world.college)
    page = client.get(final.get_absolute_url())
    assert [row["title"] for row in page.context["gathered"]] == [evaluation.title]
    assert b"Vroeger beginnen." in page.content


# --- The list ---------------------------------------------------------------------------------


def test_the_list_is_narrowed(client: Client, world: World) -> None:
    late = EvaluationFactory.create(action=world.action, planned_on=dt.date(2026, 1, 5))
    mine = EvaluationFactory.create(action=world.action, deputy=world.college,
                                    planned_on=dt.date(2100, 1, 5))  # fmt: skip
    plan = EvaluationFactory.create(action=None, plan=world.plan, municipality=world.here,
                                    planned_on=dt.date(2100, 2, 5))  # fmt: skip
    gone = EvaluationFactory.create(action=world.action, status=S.DROPPED)
    client.force_login(world.college)
    asked = {
        "": [late, mine, plan],
        "laat=ja": [late],
        "wie=ik": [mine],
        "waarover=plan": [plan],
        "status=vervallen": [gone],
        "van=2100-02-01": [plan],
        f"q={late.title}": [late],
    }
    for query, rows in asked.items():
        shown = client.get(f"/evaluaties/?{query}").context["rows"]
        assert [row["title"] for row in shown] == [row.title for row in rows], query


@pytest.mark.parametrize("number", [3, 40])
def test_the_list_asks_as_much_for_many(
    client: Client, world: World, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        EvaluationFactory.create(action=world.action, responsible=world.lead)
        EvaluationFactory.create(action=None, domain=world.domain, municipality=world.here)
    client.force_login(world.coordinator)
    with django_assert_max_num_queries(MOST_IN_LIST):
        client.get("/evaluaties/")


def test_one_evaluation_asks_little(
    client: Client, world: World, evaluation: Evaluation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client.force_login(world.coordinator)
    with django_assert_max_num_queries(MOST_ON_PAGE):
        client.get(evaluation.get_absolute_url())


def test_the_page_of_the_subject_asks_for_them(
    client: Client, world: World, evaluation: Evaluation
) -> None:
    client.force_login(world.coordinator)
    address = f"/evaluaties/van/actie/{world.action.pk}/"
    assert address in client.get(world.action.get_absolute_url()).content.decode()
    assert evaluation.title in client.get(address).content.decode()
    for thing, what in ((world.plan, "plan"), (world.domain, "domein")):
        asked = f"/evaluaties/van/{what}/{thing.pk}/"
        assert asked in client.get(thing.get_absolute_url()).content.decode()
        assert client.get(asked).status_code == 200


def test_the_figures_of_an_action_tell_its_phases(world: World) -> None:
    """Each status with the days on which it got there, of the action itself alone."""
    other = ActionFactory.create(sub_theme=world.sub_theme, running=True)
    for name in ("opschorten", "hervatten", "opschorten"):
        for action in (world.action, other):
            action.refresh_from_db()
            step = find_in_plan(action_steps_from(action.status), name)
            assert step
            take_action_step(action, step, by=world.coordinator, reason="Daarom")
    evaluation = EvaluationFactory.create(action=world.action)

    figures = figures_of(evaluation, on=timezone.localdate())
    groups = {one["title"]: dict(one["rows"]) for one in figures["groups"]}

    today = f"{timezone.localdate():%d/%m/%Y}"
    assert groups["Fasen"] == {"Opgeschort": f"{today}, {today}", "Lopend": today}
