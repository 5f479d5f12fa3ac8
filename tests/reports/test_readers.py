"""A frozen report is sent, read, remarked upon and decided about."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from core import outbox
from core.confidentiality import Level
from core.models import OutboxEntry
from meetings.models import Body, Followed, Kind, Resolution
from plans.models import Plan
from reports.models import Audience, ReaderRemark, Report, Sending, TakenNote
from reports.operations import readers
from reports.snapshot import take
from tests.conftest import World
from tests.factories import ActionFactory, ResolutionFactory, member
from tests.reports.stage import draft, frozen

pytestmark = pytest.mark.django_db
TOKEN = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture
def report(world: World) -> Report:
    return frozen(world, audience=Audience.COLLEGE)


def post(client: Client, name: str, pk: int, **form: Any) -> Any:
    return client.post(reverse(f"reports:{name}", args=[pk]), {"form_token": TOKEN, **form})


def promised() -> list[OutboxEntry]:
    return list(OutboxEntry.objects.filter(kind="report_mail"))


# --- Sending ----------------------------------------------------------------------------------


def test_today_each_reader_gets_one_mail(client: Client, world: World, report: Report) -> None:
    member(world.elsewhere, Role.COLLEGE)  # reads other reports
    client.force_login(world.coordinator)
    for _twice in range(2):
        assert post(client, "send", report.pk, on=timezone.localdate()).status_code == 302
    outbox.drain("mail")
    assert [message.to for message in mail.outbox] == [[world.college.email]]
    assert report.get_absolute_url() in mail.outbox[0].body
    assert report.title not in mail.outbox[0].subject


def test_a_later_day_waits_and_leaves_once(client: Client, world: World, report: Report) -> None:
    day = timezone.localdate() + dt.timedelta(days=3)
    client.force_login(world.coordinator)
    post(client, "send", report.pk, on=day)
    assert readers.send_due(on=day - dt.timedelta(days=1)) == 0
    assert "vertrekt op" in client.get(report.get_absolute_url()).content.decode()
    assert [readers.send_due(on=day + dt.timedelta(days=2)) for _again in range(2)] == [1, 0]
    assert len(promised()) == 1


def test_what_is_kept_back_does_not_leave(client: Client, world: World, report: Report) -> None:
    day = timezone.localdate() + dt.timedelta(days=3)
    client.force_login(world.coordinator)
    post(client, "send", report.pk, on=day)
    client.post(reverse("reports:keep-back", args=[report.pk]))
    assert readers.send_due(on=day) == 0
    assert promised() == []


@pytest.mark.parametrize(("days", "words"), [(-1, "Die dag is voorbij"), (5, "staat al klaar")])
def test_what_makes_no_sense_is_not_sent(
    client: Client, world: World, report: Report, days: int, words: str
) -> None:
    today = timezone.localdate()
    if days > 0:
        Sending.objects.create(report=report, on=today + dt.timedelta(days=2), by=world.coordinator)
    client.force_login(world.coordinator)
    answer = post(client, "send", report.pk, on=today + dt.timedelta(days=days))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_who_is_no_reader_any_more_gets_nothing(
    client: Client, world: World, report: Report
) -> None:
    client.force_login(world.coordinator)
    post(client, "send", report.pk, on=timezone.localdate())
    world.college.memberships.update(ends=timezone.localdate() - dt.timedelta(days=1))
    outbox.drain("mail")
    assert mail.outbox == []


# --- Reading ----------------------------------------------------------------------------------


def test_a_reader_takes_note_once(client: Client, world: World, report: Report) -> None:
    client.force_login(world.college)
    for _twice in range(2):
        client.post(reverse("reports:take-note", args=[report.pk]))
    assert TakenNote.objects.count() == 1
    page = client.get(report.get_absolute_url()).content.decode()
    assert "Gelezen door" in page
    assert "Ik heb dit gelezen" not in page


def test_a_remark_stands_with_its_part_for_all_readers(
    client: Client, world: World, report: Report
) -> None:
    client.force_login(world.college)
    for _twice in range(2):
        post(client, "remark", report.pk, section="domein-1", text="Waarom zo laat?")
    row = ReaderRemark.objects.get()
    assert row.section_label.startswith("1. ")
    client.force_login(world.core_group)
    page = client.get(report.get_absolute_url()).content.decode()
    assert "Waarom zo laat?" in page
    assert "1 opmerking van lezers" in page


def test_a_part_that_is_not_there_cannot_be_remarked_upon(
    client: Client, world: World, report: Report
) -> None:
    client.force_login(world.college)
    assert post(client, "remark", report.pk, section="engagement", text="x").status_code == 422


def test_a_draft_takes_no_remarks(client: Client, world: World) -> None:
    client.force_login(world.coordinator)
    assert post(client, "remark", draft(world).pk, section="budget", text="x").status_code == 404


@pytest.fixture
def remark(world: World, report: Report) -> ReaderRemark:
    return ReaderRemark.objects.create(
        report=report, section="budget", section_label="Budget", text="Nakijken.", by=world.college
    )


def test_the_coordinator_answers_and_betters_the_answer(
    client: Client, world: World, remark: ReaderRemark
) -> None:
    client.force_login(world.coordinator)
    for version, words in ((1, "Doen we."), (2, "Doen we in mei.")):
        answer = post(client, "answer", remark.pk, answer=words, version=version)
        assert answer.status_code == 302
    client.force_login(world.college)
    page = client.get(remark.report.get_absolute_url()).content.decode()
    assert "Doen we in mei." in page
    assert not ReaderRemark.objects.unanswered().exists()


def test_of_two_answers_at_once_the_second_sees_the_first(
    client: Client, world: World, remark: ReaderRemark
) -> None:
    client.force_login(world.coordinator)
    post(client, "answer", remark.pk, answer="Ja.", version=1)
    late = post(client, "answer", remark.pk, answer="Nee.", version=1)
    assert late.status_code == 409
    assert "Ja." in late.content.decode()


def test_a_remark_becomes_a_task_once(client: Client, world: World, remark: ReaderRemark) -> None:
    client.force_login(world.coordinator)
    form = {"text": "Kijk het budget na.", "owner": world.service.pk, "confidentiality": "intern"}
    assert post(client, "task", remark.pk, **form).status_code == 302
    task = Resolution.objects.get()
    assert (task.kind, task.status, task.body) == (Kind.TASK, Followed.OPEN, Body.COLLEGE)
    other = {"form_token": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}
    again = post(client, "task", remark.pk, **form, **other)
    assert again.status_code == 422
    assert "al een actiepunt" in again.content.decode()
    assert Resolution.objects.count() == 1


# --- Deciding ---------------------------------------------------------------------------------


def noted(**values: object) -> dict[str, object]:
    form = {"on": timezone.localdate(), "kind": Kind.NOTED, "number": "CBS-12", "text": "Gezien."}
    return {**form, "confidentiality": Level.INTERNAL, **values}


def test_the_college_takes_note_with_a_date_and_a_number(
    client: Client, world: World, report: Report
) -> None:
    client.force_login(world.college)
    assert post(client, "decide", report.pk, **noted()).status_code == 302
    row = Resolution.objects.get()
    assert (row.body, row.number, row.status) == (Body.COLLEGE, "CBS-12", "")
    assert "CBS-12" in client.get(report.get_absolute_url()).content.decode()


def test_what_was_decided_stands_in_the_next_report(
    client: Client, world: World, report: Report
) -> None:
    client.force_login(world.college)
    form = noted(kind=Kind.DECISION, text="Lampen herstellen.", actions="1.1.1")
    post(client, "decide", report.pk, **form)
    following = draft(world, audience=Audience.COLLEGE, period_end=timezone.localdate())
    told = take(following, by=world.coordinator)["resolutions"]
    assert [(row["text"], row["actions"]) for row in told] == [("Lampen herstellen.", ["1.1.1"])]
    client.force_login(world.coordinator)
    page = client.get(following.get_absolute_url()).content.decode()
    assert "Beslissingen en opvolging" in page


@pytest.mark.parametrize(
    ("audience", "told"),
    [
        (Audience.CORE_GROUP, {"kerngroep intern", "college intern", "gemeenteraad openbaar"}),
        (Audience.COLLEGE, {"college intern", "gemeenteraad openbaar"}),
        (Audience.COUNCIL, {"gemeenteraad openbaar"}),
    ],
)
def test_a_report_tells_of_the_tables_of_its_readers(
    world: World, audience: Audience, told: set[str]
) -> None:
    for body, level in (
        (Body.CORE_GROUP, Level.INTERNAL), (Body.COLLEGE, Level.INTERNAL),
        (Body.COUNCIL, Level.PUBLIC), (Body.CORE_GROUP, Level.CONFIDENTIAL),
    ):  # fmt: skip
        ResolutionFactory.create(
            municipality=world.here, body=body, confidentiality=level, text=f"{body} {level}"
        )
    rows = take(draft(world, audience=audience)).get("resolutions", [])
    assert {row["text"] for row in rows} == told


def test_the_council_reads_only_what_is_public(world: World, client: Client) -> None:
    Plan.objects.filter(pk=world.plan.pk).update(confidentiality=Level.PUBLIC)
    world.plan.refresh_from_db()
    ActionFactory.create(
        sub_theme=world.sub_theme, title="Voor iedereen", confidentiality=Level.PUBLIC, running=True
    )
    report = frozen(world, audience=Audience.COUNCIL)
    client.force_login(world.reader)
    page = client.get(report.get_absolute_url()).content.decode()
    assert "Voor iedereen" in page
    assert world.action.title not in page


def test_a_plan_that_is_not_public_has_no_report_for_the_council(
    world: World, client: Client
) -> None:
    client.force_login(world.coordinator)
    form = {"plan": world.plan.pk, "preset": "kwartaal"}
    url = reverse("reports:create-kind", args=["gemeenteraad"])
    answer = client.post(url, {"form_token": TOKEN, **form})
    assert answer.status_code == 422
    assert "Niet alle lezers van dit rapport" in answer.content.decode()


def test_the_page_asks_as_much_for_many_remarks(
    client: Client, world: World, report: Report, django_assert_max_num_queries: Any
) -> None:
    ReaderRemark.objects.bulk_create(
        ReaderRemark(report=report, section="budget", section_label="B", text="x", by=world.college)
        for _one in range(30)
    )
    client.force_login(world.college)
    client.get(report.get_absolute_url())
    with django_assert_max_num_queries(15):
        client.get(report.get_absolute_url())
