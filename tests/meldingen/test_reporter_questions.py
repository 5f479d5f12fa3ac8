"""A question to whoever reported: by mail, answered once through a link, read at the desk."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from core import outbox
from core.models import LogEntry
from meldingen.links import QUESTIONS, question_link
from meldingen.models import Melding, Reporter, ReporterQuestion
from meldingen.operations import questions
from tests.conftest import World, sign_in
from tests.factories import MeldingFactory, ReporterFactory, ReporterQuestionFactory
from tests.together import at_once

LIST = "/meldingen/vragen-aan-melders/"


@pytest.fixture
def reporter(world: World) -> Reporter:
    melding = MeldingFactory.create(municipality=world.here, handler=world.service)
    return ReporterFactory.create(melding=melding, email="mia@burger.example", channel="mail")


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    sign_in(client, world.coordinator)
    return client


def ask(client: Client, melding: Melding, token: str = "") -> int:
    form = {"text": "Aan welke kant?", "form_token": token or str(uuid.uuid4())}
    return client.post(f"/meldingen/{melding.pk}/vraag/", form).status_code


def link(question: ReporterQuestion) -> str:
    return f"/vraag/{QUESTIONS.sign(str(question.pk))}/"


def test_the_question_is_mailed_once_with_a_link(desk: Client, reporter: Reporter) -> None:
    token = str(uuid.uuid4())
    assert [ask(desk, reporter.melding, token) for _time in range(2)] == [302, 302]
    outbox.drain("mail")

    question = ReporterQuestion.objects.get()
    message = mail.outbox[0]
    assert len(mail.outbox) == 1
    assert question_link(question) in str(message.body)
    assert "Aan welke kant?" in str(message.body)
    assert message.subject == f"Zandrode: een vraag over uw melding {reporter.melding.number}"


def test_reading_the_link_answers_nothing_and_the_first_answer_stays(
    reporter: Reporter, client: Client
) -> None:
    question = ReporterQuestionFactory.create(reporter=reporter)
    assert "Aan welke kant" in client.get(link(question)).content.decode()
    assert client.head(link(question)).status_code == 200
    assert client.post(link(question), {"answer": ""}).status_code == 422
    question.refresh_from_db()
    assert question.answered_at is None

    client.post(link(question), {"answer": "Links."})
    told = client.post(link(question), {"answer": "Rechts."}).content.decode()

    question.refresh_from_db()
    assert question.answer == "Links."
    assert "Bedankt voor uw antwoord" in told


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_stays(reporter: Reporter) -> None:
    question = ReporterQuestionFactory.create(reporter=reporter)

    def send(text: str) -> int:
        return Client().post(link(question), {"answer": text}).status_code

    assert at_once(lambda: send("Links."), lambda: send("Rechts.")) == [200, 200]
    assert LogEntry.objects.filter(verb="melding.asked_answered").count() == 1


def test_after_five_working_days_the_link_is_nothing(reporter: Reporter, client: Client) -> None:
    question = ReporterQuestionFactory.create(reporter=reporter)

    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        assert client.get(link(question)).status_code == 404
        assert client.post(link(question), {"answer": "Links."}).status_code == 404
    assert client.get("/vraag/vals/").status_code == 404


def test_the_desk_sees_the_answer_until_somebody_read_it(desk: Client, reporter: Reporter) -> None:
    question = ReporterQuestionFactory.create(reporter=reporter)
    questions.answer(question, "Links van de glasbol.")
    page = reporter.melding.get_absolute_url()

    assert "nieuwe antwoorden van melders" in desk.get("/meldingen/").content.decode()
    assert reporter.melding.number in desk.get(LIST).content.decode()
    assert "De melder antwoordde" in desk.get(page).content.decode()
    desk.post(f"{LIST}{question.pk}/gelezen/")

    read = desk.get(page).content.decode()
    assert "De melder antwoordde" not in read
    assert "Links van de glasbol." in read  # it stays in the timeline
    assert reporter.melding.number not in desk.get(LIST).content.decode()


def test_who_does_not_see_reporters_sees_only_that_it_was_answered(
    world: World, reporter: Reporter, client: Client
) -> None:
    questions.answer(ReporterQuestionFactory.create(reporter=reporter), "Bij Mia Peeters.")
    sign_in(client, world.cast[Role.WARDEN])

    told = client.get(reporter.melding.get_absolute_url()).content.decode()

    assert "Antwoord van de melder" in told
    assert "Bij Mia Peeters." not in told
    assert not LogEntry.objects.filter(changes__icontains="Mia").exists()


def test_one_question_at_a_time(desk: Client, reporter: Reporter) -> None:
    assert ask(desk, reporter.melding) == 302
    assert ask(desk, reporter.melding) == 422
    assert ReporterQuestion.objects.count() == 1


def test_without_an_address_nobody_can_be_asked(desk: Client, world: World) -> None:
    melding = MeldingFactory.create(municipality=world.here)

    page = desk.get(f"/meldingen/{melding.pk}/vraag/").content.decode()

    assert "geen melder met een e-mailadres" in page
    assert ask(desk, melding) == 422


def test_what_was_answered_meanwhile_is_not_mailed(
    desk: Client, reporter: Reporter, world: World
) -> None:
    question = questions.ask(reporter.melding, "Waar?", by=world.coordinator)
    questions.answer(question, "Aan de telefoon gezegd.")

    outbox.drain("mail")

    assert mail.outbox == []


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_asks_as_little_for_many(
    desk: Client, world: World, count: int, django_assert_max_num_queries: object
) -> None:
    for _number in range(count):
        melding = MeldingFactory.create(municipality=world.here)
        row = ReporterQuestionFactory.create(
            reporter=ReporterFactory.create(melding=melding), asked_by=world.coordinator
        )
        questions.answer(row, "Ja.")

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert desk.get(f"{LIST}?toon=alles").status_code == 200
