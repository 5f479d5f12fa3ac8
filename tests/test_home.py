"""The home page tells each person what waits for them, and how much."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from core.confidentiality import Level
from core.models import OutboxEntry, OutboxStatus
from ivcentrum import today
from ivcentrum.today import Task
from ivcentrum.today.task import Urgency
from plans.models import Action, Plan
from plans.workflow import ActionStatus, LeadAnswer, Light
from reports.models import Audience, ReaderRemark
from tests.access.stage import frozen_report, signed_in
from tests.conftest import World
from tests.factories import ActionFactory, ReportFactory, ResolutionFactory

MOMENT = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
MOST_QUERIES = 18  # it gathers from every app, for up to eleven roles at once


def waiting(user: User) -> dict[Urgency, Task]:
    return {task.urgency: task for task in today.tasks(user, now=MOMENT)}


def page(user: User) -> str:
    return signed_in(user).get("/").content.decode()


def test_the_lead_is_asked_to_answer(world: World) -> None:
    ActionFactory.create(sub_theme=world.sub_theme, lead_partner=world.service, asked=True)
    assert waiting(world.lead)[Urgency.ASKED].count == 1
    assert Urgency.ASKED not in waiting(world.partner)


def test_a_late_action_is_first_the_leads_and_then_the_coordinators(world: World) -> None:
    late = ActionFactory.create(sub_theme=world.sub_theme, lead_partner=world.service,
                                running=True, due=dt.date(2026, 11, 20))  # fmt: skip
    assert waiting(world.lead)[Urgency.OWN_LATE].lines[0].code == late.code
    assert waiting(world.coordinator)[Urgency.LATE].count == 1
    assert Urgency.LATE not in waiting(world.lead)


def test_home_and_mijn_acties_ask_a_lead_the_same(world: World) -> None:
    soon = ActionFactory.create(sub_theme=world.sub_theme, lead_partner=world.service,
                                running=True, due=timezone.localdate() + dt.timedelta(days=9))  # fmt: skip
    tasks = {task.urgency: task for task in today.tasks(world.lead, now=timezone.now())}

    assert soon.title in signed_in(world.lead).get("/acties/mijn/").content.decode()
    assert soon.code in {line.code for line in tasks[Urgency.OWN_SILENT].lines}


def test_a_lead_without_work_finds_the_way_to_the_actions(world: World) -> None:
    Action.objects.update(last_update_on=timezone.localdate(), due=None)
    assert "/acties/?toon=mijn" in page(world.lead)


def test_an_action_due_today_is_not_late(world: World) -> None:
    ActionFactory.create(sub_theme=world.sub_theme, running=True, due=dt.date(2026, 11, 21))
    assert Urgency.LATE not in waiting(world.coordinator)


def test_the_coordinator_sees_who_declined(world: World) -> None:
    ActionFactory.create(sub_theme=world.sub_theme, lead_partner=world.service, running=True,
                         lead_answer=LeadAnswer.DECLINED, lead_answer_reason="Geen tijd.")  # fmt: skip
    task = waiting(world.coordinator)[Urgency.LEADERLESS]
    assert "Geweigerd" in str(task.lines[0].note)


@pytest.mark.parametrize(("light", "urgency"), [("rood", Urgency.RED), ("oranje", Urgency.AMBER)])
@pytest.mark.parametrize("who", [Role.COORDINATOR, Role.COLLEGE, Role.CORE_GROUP])
def test_red_and_amber_reach_who_steers(
    world: World, light: str, urgency: Urgency, who: Role
) -> None:
    ActionFactory.create(sub_theme=world.sub_theme, running=True, light=Light(light))
    assert waiting(world.cast[who])[urgency].count == 1


@pytest.mark.parametrize("status", [ActionStatus.DONE, ActionStatus.STOPPED])
def test_what_is_over_asks_nothing_whatever_its_light(world: World, status: str) -> None:
    ActionFactory.create(sub_theme=world.sub_theme, status=status, light=Light.AMBER)
    going = ActionFactory.create(sub_theme=world.sub_theme, running=True, light=Light.AMBER)
    task = waiting(world.coordinator)[Urgency.AMBER]
    assert [line.code for line in task.lines] == [going.code]
    assert "toon=open" in task.url


def test_a_coordinator_sees_nothing_of_the_other_municipality(world: World) -> None:
    ActionFactory.create(sub_theme=world.sub_theme, running=True, light=Light.RED)
    assert waiting(world.coordinator_elsewhere) == {}


def test_a_domain_without_a_dimension_is_to_be_completed(world: World) -> None:
    assert waiting(world.coordinator)[Urgency.INCOMPLETE].count == 1
    world.domain.balance_reason = "De politie doet dit."
    world.domain.save()
    assert Urgency.INCOMPLETE not in waiting(world.coordinator)


def test_drafts_wait_for_who_makes_reports(world: World) -> None:
    draft = ReportFactory.create(plan=world.plan, created_by=world.coordinator)
    assert waiting(world.coordinator)[Urgency.DRAFT].url == draft.get_absolute_url()
    assert Urgency.DRAFT not in waiting(world.college)


def test_what_a_reader_asks_waits_for_who_made_the_report(world: World) -> None:
    report = frozen_report(world, Audience.COLLEGE)
    ReaderRemark.objects.create(
        report=report, section="budget", section_label="Budget", text="Waarom?", by=world.college
    )
    assert waiting(world.coordinator)[Urgency.ASKED].url == report.get_absolute_url()
    assert Urgency.BROKEN not in waiting(world.coordinator)
    assert Urgency.ASKED not in waiting(world.college)


def test_what_was_decided_and_is_late_waits_for_who_does_it(world: World) -> None:
    for owner in (world.service, world.civ):
        ResolutionFactory.create(
            municipality=world.here, owner=owner, on=dt.date(2026, 9, 1), due=dt.date(2026, 9, 2)
        )
    assert waiting(world.coordinator)[Urgency.LATE].count == 2
    assert waiting(world.lead)[Urgency.LATE].count == 1
    assert Urgency.LATE not in waiting(world.core_group)


def test_a_failed_pdf_is_the_first_thing_to_do(world: World) -> None:
    frozen_report(world, Audience.COLLEGE)
    OutboxEntry.objects.update(status=OutboxStatus.FAILED)
    assert today.tasks(world.coordinator, now=MOMENT)[0].urgency == Urgency.BROKEN
    assert waiting(world.administrator)[Urgency.BROKEN].count == 1


def test_the_college_finds_the_newest_report_of_its_own(world: World) -> None:
    own = frozen_report(world, Audience.COLLEGE)
    other = frozen_report(world, Audience.CORE_GROUP)
    found = page(world.college)
    assert own.title in found
    assert other.title not in found


def test_the_administrator_sees_how_the_installation_is_doing(world: World) -> None:
    assert "Toestand van de installatie" in page(world.administrator)
    assert "Niets te doen" not in page(world.administrator)
    assert "Toestand van de installatie" not in page(world.coordinator)


def test_a_reader_finds_the_public_plans(world: World) -> None:
    assert world.plan.title not in page(world.reader)
    Plan.objects.update(confidentiality=Level.PUBLIC)
    assert world.plan.title in page(world.reader)


def test_nothing_to_do_is_said_in_words(world: World) -> None:
    assert "Niets te doen vandaag" in page(world.college)


def test_a_partner_begins_in_its_space(world: World) -> None:
    response: Any = signed_in(world.partner).get("/")
    assert response.url == "/ruimte/"


def test_a_stranger_is_asked_to_sign_in(db: None) -> None:
    assert Client().get("/").status_code == 302


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PARTNER])
def test_the_page_stays_within_its_queries(
    world: World, role: Role, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        ActionFactory.create(sub_theme=world.sub_theme, lead_partner=world.service,
                             running=True, light=Light.RED, code=f"9.{number}",
                             due=dt.date(2026, 2, 1))  # fmt: skip
    client = signed_in(world.cast[role])
    client.get("/")  # the first page of a session also writes that it began
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get("/").status_code == 200
