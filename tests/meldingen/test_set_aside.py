"""Mail that nobody wrote stands in a list for a month; the desk can still make a melding of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import outbox
from core.mail import message_id
from core.models import LogEntry, OutboxEntry
from meldingen.models import AnswerState, Channel, InboundMail, InboundMailbox, Melding, Outcome
from meldingen.operations import answers, erasing
from tests.conftest import World, sign_in
from tests.factories import AnswerFactory, InboundMailboxFactory, MeldingFactory, ReporterFactory
from tests.meldingen.letters import bounce, raw
from tests.meldingen.test_post import come_in
from tests.together import at_once

PAGE = "/meldingen/mail/automatisch/"


@pytest.fixture
def box(world: World) -> InboundMailbox:
    return InboundMailboxFactory.create(municipality=world.here, category__handler=world.civ)


@pytest.fixture
def away(box: InboundMailbox) -> InboundMail:
    return come_in(
        box, raw("Er ligt glas.", Subject="Glas op straat", Auto_Submitted="auto-replied")
    )


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    sign_in(client, world.coordinator)
    return client


def take(client: Client, mail: InboundMail, **more: Any) -> Any:
    return client.post(reverse("meldingen:mail-take", args=[mail.pk]), **more)


def test_it_is_listed_with_a_hint_of_its_sender(desk: Client, away: InboundMail) -> None:
    page = desk.get(PAGE).content.decode()

    assert "Glas op straat" in page
    assert "Automatische mail" in page
    assert "m…@burger.example" in page
    assert "mia@burger.example" not in page


def test_nothing_of_it_is_readable_in_the_database(away: InboundMail) -> None:
    [stored] = InboundMail.objects.filter(pk=away.pk).values()
    told = {name: str(value).lower() for name, value in stored.items() if name != "sender_shown"}
    assert [name for name, value in told.items() if "burger" in value or "glas" in value] == []


def test_under_a_lost_key_the_row_stands_without_subject(desk: Client, away: InboundMail) -> None:
    away.kept = "sealed under a key that nobody has"
    away.save(update_fields=["kept"])

    page = desk.get(PAGE).content.decode()

    assert "(zonder onderwerp)" in page
    assert "Glas" not in page


def test_taken_in_after_all_its_sender_is_who_reported(desk: Client, away: InboundMail) -> None:
    take(desk, away, follow=True)

    made = Melding.objects.get()
    assert made.text == "Glas op straat\n\nEr ligt glas."
    assert made.reporters.get().email == "mia@burger.example"
    assert not OutboxEntry.objects.exists()
    away.refresh_from_db()
    assert (away.outcome, away.melding, away.kept) == (Outcome.TAKEN, made, "")
    assert LogEntry.objects.filter(verb="inboundmail.taken_anyway").exists()
    assert "Geen automatische mail" in desk.get(PAGE).content.decode()


def test_of_what_came_back_nobody_is_the_reporter(desk: Client, box: InboundMailbox) -> None:
    mail = come_in(box, bounce("x@ivcentrum.example", "a@b.example"))

    take(desk, mail)

    assert not Melding.objects.get().reporters.exists()


def test_a_newsletter_is_called_one(box: InboundMailbox) -> None:
    mail = come_in(box, raw(Precedence="bulk", List_Id="<nieuws.example>"))

    assert mail.outcome == Outcome.NEWSLETTER


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_in_one_does(world: World, away: InboundMail) -> None:
    clients = [Client(), Client()]
    for client in clients:
        sign_in(client, world.coordinator)

    at_once(*(lambda one=one: take(one, away) for one in clients))

    assert Melding.objects.count() == 1


def test_after_a_month_it_is_gone(desk: Client, away: InboundMail) -> None:
    InboundMail.objects.update(at=timezone.now() - dt.timedelta(days=31))
    assert "Glas op straat" not in desk.get(PAGE).content.decode()

    erasing.erase_old(on=timezone.localdate())

    away.refresh_from_db()
    assert (away.kept, away.sender_shown) == ("", "")
    page = take(desk, away, follow=True).content.decode()
    assert "niet meer bewaard" in page


@pytest.mark.parametrize("many", [1, 20])
def test_the_list_takes_few_questions(
    desk: Client, box: InboundMailbox, many: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(many):
        come_in(box, raw(f"Afwezig {number}", Auto_Submitted="auto-replied"))
    desk.get(PAGE)

    with django_assert_max_num_queries(12):
        desk.get(PAGE)


def test_what_comes_back_before_it_is_called_sent_is_a_task(
    world: World, box: InboundMailbox
) -> None:
    melding = MeldingFactory.create(municipality=world.here, over=True)
    reporter = ReporterFactory.create(
        melding=melding, email="mia@burger.example", channel=Channel.MAIL
    )
    answer = AnswerFactory.create(melding=melding, reporter=reporter, channel=Channel.MAIL)
    come_in(box, bounce(message_id(answers.mail_key(answer)), "mia@burger.example"))
    outbox.promise("melding_mail", key=answers.mail_key(answer), mail="answer", answer=answer.pk)

    outbox.drain("mail")

    answer.refresh_from_db()
    assert answer.state == AnswerState.TO_DO
    assert "kwam terug" in answer.result


def test_another_bounce_leaves_it_called_sent(world: World, box: InboundMailbox) -> None:
    melding = MeldingFactory.create(municipality=world.here, over=True)
    reporter = ReporterFactory.create(melding=melding, email="mia@burger.example")
    answer = AnswerFactory.create(melding=melding, reporter=reporter, channel=Channel.MAIL)
    come_in(box, bounce(message_id("melding-answer:0"), "mia@burger.example"))

    answers.call_mailed(answer)

    answer.refresh_from_db()
    assert answer.state == AnswerState.MAILED
