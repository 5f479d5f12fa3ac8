"""Closing: a reason, words that were seen before they went, and nobody left without an answer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.roles import Role
from core import outbox
from core.languages import Language
from core.models import LogEntry, OutboxEntry
from meldingen import wording
from meldingen.models import (
    Answer,
    AnswerState,
    Channel,
    ClosureReason,
    Melding,
    Occasion,
    Reporter,
    ReporterReading,
    StandardText,
)
from meldingen.operations import answers, steps
from tests.conftest import World, sign_in
from tests.factories import AnswerFactory, ClosureReasonFactory, MeldingFactory, ReporterFactory
from tests.together import at_once


@pytest.fixture
def melding(world: World) -> Melding:
    return MeldingFactory.create(municipality=world.here, handler=world.service)


@pytest.fixture
def solved(world: World) -> ClosureReason:
    return ClosureReasonFactory.create(municipality=world.here, name="Opgelost")


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    sign_in(client, world.coordinator)
    return client


def close_of(melding: Melding) -> str:
    return f"/meldingen/{melding.pk}/afsluiten/"


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def deliver() -> list[Any]:
    mail.outbox.clear()
    while outbox.drain("mail"):
        pass
    return mail.outbox


def test_without_a_reporter_one_page_closes(
    world: World, melding: Melding, solved: ClosureReason, client: Client
) -> None:
    sign_in(client, world.cast[Role.WARDEN])

    client.post(close_of(melding), {"reason": solved.pk, "text": ""})

    melding.refresh_from_db()
    assert (melding.status, melding.closure_reason) == ("afgehandeld", solved)
    assert not Answer.objects.exists()


def test_what_the_reporter_gets_is_seen_before_it_goes(
    desk: Client, melding: Melding, solved: ClosureReason
) -> None:
    ReporterFactory.create(melding=melding)
    form = {"reason": solved.pk, "text": ""}
    first = desk.post(close_of(melding), form).content.decode()
    assert f"Uw melding {melding.number} is afgehandeld. Opgelost." in first
    assert "Peeters" not in first
    assert Melding.objects.get().is_open

    form |= {"words_nl": "Uw melding {ref} is weg.", "seen": hidden(first, "seen")}
    second = desk.post(close_of(melding), form).content.decode()
    assert f"Uw melding {melding.number} is weg." in second
    assert Melding.objects.get().is_open

    desk.post(close_of(melding), form | {"seen": hidden(second, "seen")})
    told = Answer.objects.get()
    assert (told.text, told.state) == (f"Uw melding {melding.number} is weg.", "te doen")


def test_another_reason_writes_another_proposal(
    desk: Client, world: World, melding: Melding, solved: ClosureReason
) -> None:
    ReporterFactory.create(melding=melding)
    gone = ClosureReasonFactory.create(municipality=world.here, name="Te laat", resolves=False)
    first = desk.post(close_of(melding), {"reason": solved.pk, "text": ""}).content.decode()
    typed = {
        "words_nl": f"Uw melding {{ref}} is afgehandeld. {solved.name}.",
        "draft_nl": hidden(first, "draft_nl"),
    }

    second = desk.post(close_of(melding), {"reason": gone.pk, "text": "", **typed})

    assert "doen niets meer. Te laat." in second.content.decode()


def test_a_place_that_nothing_fills_is_refused(
    desk: Client, melding: Melding, solved: ClosureReason
) -> None:
    ReporterFactory.create(melding=melding)

    answer = desk.post(
        close_of(melding), {"reason": solved.pk, "text": "", "words_nl": "Dag {naam}"}
    )

    assert answer.status_code == 422
    assert "{naam}" in answer.content.decode()


def test_some_reasons_ask_words(desk: Client, world: World, melding: Melding) -> None:
    other = ClosureReasonFactory.create(municipality=world.here, needs_text=True)

    assert desk.post(close_of(melding), {"reason": other.pk, "text": ""}).status_code == 422
    with pytest.raises(PermissionDenied):
        steps.close(melding, other, by=world.coordinator)


def test_a_reason_of_elsewhere_is_no_choice(desk: Client, world: World, melding: Melding) -> None:
    far = ClosureReasonFactory.create(municipality=world.elsewhere)

    assert desk.post(close_of(melding), {"reason": far.pk, "text": ""}).status_code == 422


def test_the_words_of_the_category_go_first(
    world: World, melding: Melding, solved: ClosureReason
) -> None:
    here = {"municipality": world.here, "occasion": Occasion.CLOSED}
    StandardText.objects.create(**here, dutch="Algemeen {ref}.", french="Général {ref}.")
    StandardText.objects.create(**here, category=melding.category, dutch="Eigen {ref}, {plaats}.")

    def drafted(language: str) -> str:
        return wording.draft(melding, "afgehandeld", language, reason="Opgelost")

    assert drafted(Language.DUTCH) == "Eigen {ref}, Glasbol De Linde."
    assert drafted(Language.FRENCH) == "Général {ref}."


def test_each_place_is_filled() -> None:
    known = {"reden": "Opgehaald.", "plaats": "het plein"}

    assert wording.fill("Aan {plaats}: {reden}.", known) == "Aan het plein: Opgehaald."
    assert wording.fill("{reden} Nog iets?", known) == "Opgehaald. Nog iets?"


def test_a_mail_goes_and_only_then_is_called_sent(
    world: World, melding: Melding, solved: ClosureReason
) -> None:
    ReporterFactory.create(
        melding=melding, channel=Channel.MAIL, email="jean@example.org", language=Language.FRENCH
    )
    steps.close(melding, solved, by=world.coordinator)
    assert Answer.objects.get().state == AnswerState.TO_DO

    (sent,) = deliver()

    assert Answer.objects.get().state == AnswerState.MAILED
    assert sent.to == ["jean@example.org"]
    assert sent.subject == f"Zandrode: votre signalement {melding.number}"
    assert "est clôturé" in sent.body
    assert "Peeters" not in sent.subject


def test_nothing_of_the_reporter_is_in_promise_or_history(
    world: World, melding: Melding, solved: ClosureReason
) -> None:
    ReporterFactory.create(melding=melding, channel=Channel.MAIL, email="mia@example.org")
    steps.close(melding, solved, by=world.coordinator)

    kept = f"{OutboxEntry.objects.values()} {LogEntry.objects.values()}"

    assert "mia@" not in kept
    assert "Peeters" not in kept


def test_a_refused_mail_becomes_a_task(
    world: World, melding: Melding, solved: ClosureReason, desk: Client
) -> None:
    reporter = ReporterFactory.create(melding=melding, channel=Channel.MAIL, email="a@example.org")
    steps.close(melding, solved, by=world.coordinator)
    Reporter.objects.filter(pk=reporter.pk).update(channel=Channel.PHONE, email="")

    assert not deliver()

    assert "Er is geen e-mailadres meer." in desk.get("/meldingen/antwoorden/").content.decode()


def test_nobody_is_left_without_an_answer(
    world: World, melding: Melding, solved: ClosureReason, desk: Client
) -> None:
    for channel in (Channel.PHONE, Channel.COUNTER, Channel.POSTER, Channel.NONE):
        ReporterFactory.create(melding=melding, channel=channel)
    steps.close(melding, solved, by=world.coordinator)
    assert Answer.objects.to_do().count() == 3
    assert not Reporter.objects.left_without_answer().exists()

    Answer.objects.all().delete()  # had somebody forgotten them

    assert Reporter.objects.left_without_answer().count() == 3
    page = desk.get("/meldingen/antwoorden/").content.decode()
    assert "Eén melding is afgesloten terwijl een melder geen antwoord kreeg." in page
    assert melding.number in page
    assert "Iedereen heeft een antwoord" not in page


def test_closed_again_is_told_again(world: World, melding: Melding, solved: ClosureReason) -> None:
    ReporterFactory.create(melding=melding)
    for _time in range(2):
        steps.close(melding, solved, by=world.coordinator)
        steps.take(melding, "heropenen", by=world.coordinator, text="Toch niet.")
    steps.close(melding, solved, by=world.coordinator)

    assert Answer.objects.count() == 3
    assert not Reporter.objects.left_without_answer().exists()


def test_the_list_names_nobody_and_the_task_notes_who_looked(
    world: World, melding: Melding, desk: Client
) -> None:
    task = AnswerFactory.create(melding=melding)
    assert "Peeters" not in desk.get("/meldingen/antwoorden/").content.decode()

    shown = desk.get(f"/meldingen/antwoorden/{task.pk}/").content.decode()

    assert "tel:0470112233" in shown
    assert ReporterReading.objects.get().where == "antwoord"


def test_how_it_went_is_noted(world: World, melding: Melding, desk: Client) -> None:
    task = AnswerFactory.create(melding=melding)
    where = f"/meldingen/antwoorden/{task.pk}/"
    assert desk.post(where, {"state": "niet gelukt", "result": ""}).status_code == 422

    desk.post(where, {"state": "niet gelukt", "result": "Nummer bestaat niet."})

    task.refresh_from_db()
    assert (task.state, task.done_by) == (AnswerState.NOT_POSSIBLE, world.coordinator)
    assert desk.post(where, {"state": "gedaan", "result": ""}).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_of_two_who_called_one_notes_it(world: World, melding: Melding) -> None:
    task = AnswerFactory.create(melding=melding)

    outcomes = at_once(
        *(lambda: answers.settle(task, "gedaan", "", by=world.coordinator) for _ in range(2))
    )

    assert sum(isinstance(one, answers.AnsweredError) for one in outcomes) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_one_answers(
    world: World, melding: Melding, solved: ClosureReason
) -> None:
    ReporterFactory.create(melding=melding)

    outcomes = at_once(
        *(lambda: steps.close(melding, solved, by=world.coordinator) for _ in range(2))
    )

    assert sum(isinstance(one, steps.MeldingMovedError) for one in outcomes) == 1
    assert Answer.objects.count() == 1
