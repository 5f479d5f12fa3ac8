"""A municipality words its own mails, and sees how they read before anybody gets one."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from core import outbox
from core.models import LogEntry, OutboxEntry
from mails.kinds import all_kinds
from mails.models import WORDS, MailText, texts_of
from mails.wording import example, letter
from tests.conftest import World

LIST = "/beheer/mails/"
EDIT = f"{LIST}ZAN/doorverwijzing/"
FORM = {"subject": "een vraag van {gemeente}", "text": "Beste {naam}\n\nKijk hier:\n\n{link}",
        "version": "1"}  # fmt: skip


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def test_each_kind_stands_there_and_tells_who_gets_it(desk: Client) -> None:
    page = desk.get(LIST).content.decode()

    for kind in all_kinds().values():
        assert escape(str(kind.name)) in page
        assert escape(str(kind.about)) in page
    assert "eigen tekst" not in page


@pytest.mark.parametrize("code", sorted(all_kinds()))
def test_the_text_that_a_mail_has_by_itself_is_a_text_one_may_keep(
    desk: Client, world: World, code: str
) -> None:
    """Its words are known, none is missing, and the page shows it filled in."""
    world.here.has_facilities = True
    world.here.save()
    [usual] = texts_of(world.here, all_kinds()[code])
    form = {**{name: getattr(usual, name) for name in WORDS}, "version": "1"}
    form["text"] += " "

    page = desk.get(f"{LIST}ZAN/{code}/").content.decode()
    answer = desk.post(f"{LIST}ZAN/{code}/", form)

    reads = page.partition('id="voorbeeld"')[2].partition("</section>")[0]
    assert "{" not in reads
    assert answer.status_code == 302
    assert not MailText.objects.exists()  # it says what it said already


def test_own_words_go_out_from_then_on(desk: Client, world: World) -> None:
    assert desk.post(EDIT, FORM).status_code == 302

    kind = all_kinds()["doorverwijzing"]
    values: dict[str, Any] = {"link": "https://x.example/", "partner": "CAW"}
    here = letter(kind, world.here, to=world.lead, values=values)
    there = letter(kind, world.elsewhere, to=world.lead, values=values)

    assert (here.house.name, here.subject) == ("Zandrode", "een vraag van Zandrode")
    assert here.text.startswith("Beste {naam}")
    assert there.subject == "er staat een doorverwijzing klaar"
    assert LogEntry.objects.filter(verb="mailtext.edited").count() == 1
    assert "eigen tekst" in desk.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": "Dag {nmaa}\n\n{link}"}, "{nmaa} wordt niet ingevuld"),
        ({"text": "Dag {naam}"}, "Zonder {link} kan wie de mail krijgt"),
        ({"text": "Dag {naam\n\n{link}"}, "{ wordt niet ingevuld"),
        ({"text": ""}, "verplicht"),
        ({"text": "{link}" + "x" * 4000}, "4000"),
        ({"text": "{link}\u202e"}, "teken"),
        ({"subject": "vraag voor {naam}"}, "{naam} mag niet in het onderwerp"),
        ({"subject": "vraag over {partner}"}, "{partner} mag niet in het onderwerp"),
        ({"subject": ""}, "verplicht"),
    ],
)  # fmt: skip
def test_what_cannot_be_sent_is_refused(desk: Client, wrong: dict[str, str], said: str) -> None:
    answer = desk.post(EDIT, FORM | wrong)

    assert answer.status_code == 422
    assert said in answer.content.decode().replace("&#x27;", "'")
    assert not MailText.objects.exists()


def test_a_subject_is_one_line(desk: Client) -> None:
    desk.post(EDIT, FORM | {"subject": "twee\r\nBcc: x@y.example"})

    assert MailText.objects.get().subject == "twee Bcc: x@y.example"


def test_an_example_shows_what_is_typed_and_keeps_nothing(desk: Client) -> None:
    answer = desk.post(EDIT, FORM | {"voorbeeld": "1"})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "Nog niet bewaard" in page
    assert "Zandrode: een vraag van Zandrode" in page
    assert 'class="button"' in page
    assert not MailText.objects.exists()
    assert desk.post(EDIT, FORM | {"voorbeeld": "1", "text": "{x}"}).status_code == 422


def test_what_people_type_is_no_html(desk: Client) -> None:
    desk.post(EDIT, FORM | {"text": "<script>alert(1)</script>\n\n{link}"})

    page = desk.get(EDIT).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_back_to_the_usual(desk: Client, world: World) -> None:
    desk.post(EDIT, FORM)

    assert desk.post(f"{EDIT}standaard/").status_code == 302
    assert not MailText.objects.exists()
    gone = LogEntry.objects.get(verb="mailtext.reset")
    assert "Kijk hier" in str(gone.changes)
    assert desk.post(f"{EDIT}standaard/").status_code == 302  # twice harms nothing


def test_two_people_on_one_text_see_each_other(desk: Client, world: World) -> None:
    desk.post(EDIT, FORM)
    MailText.objects.update(version=2, text="Van een ander {link}")

    answer = desk.post(EDIT, FORM | {"text": "Van mij {link}"})

    assert answer.status_code == 409
    assert "Van een ander" in answer.content.decode()


def test_two_first_texts_at_once_leave_one(desk: Client, world: World) -> None:
    """Whoever comes second started from the usual text, and is told."""
    MailText.objects.create(municipality=world.here, kind="doorverwijzing", subject="a",
                            text="Van een ander {link}", version=2)  # fmt: skip

    assert desk.post(EDIT, FORM).status_code == 409
    assert MailText.objects.get().text == "Van een ander {link}"


def test_a_test_mail_comes_to_who_asks(desk: Client, world: World) -> None:
    desk.post(EDIT, FORM)
    desk.post(f"{EDIT}proefmail/")
    outbox.drain("mail")

    [message] = mail.outbox
    assert message.to == [world.coordinator.email]
    assert message.subject == "Zandrode: een vraag van Zandrode"
    assert world.coordinator.name in str(message.body)
    assert "IV-centrum, centrum voor integrale veiligheid" in str(message.body)


def test_a_test_mail_of_what_is_gone_is_not_sent(world: World) -> None:
    outbox.promise("mail_example", key="x", place=world.here, mail="onbekend", user=1)
    outbox.promise("mail_example", key="y", mail="doorverwijzing", user=world.coordinator.pk)
    outbox.drain("mail")

    assert mail.outbox == []
    assert set(OutboxEntry.objects.values_list("status", flat=True)) == {"sent"}


def test_a_mail_has_text_and_page_in_the_house_style(world: World) -> None:
    world.here.colour = "#14532d"
    world.here.save()
    outbox.promise("mail_example", key="x", place=world.here, mail="vraag-aan-melder",
                   user=world.coordinator.pk)  # fmt: skip
    outbox.drain("mail")

    message: Any = mail.outbox[0]
    [(page, kind)] = message.alternatives
    assert kind == "text/html"
    assert "background: #14532d" in page
    for text in ("Staat de fiets er nog?", "ZAN-2026-00421"):
        assert text in page
        assert text in str(message.body)
    for header in ("Message-ID", "Auto-Submitted"):
        assert message.extra_headers[header]


def test_citizens_read_french_where_it_was_written(world: World) -> None:
    kind = all_kinds()["vraag-aan-melder"]
    values: dict[str, Any] = {"vraag": "?", "ref": "Z", "datum": "", "link": ""}

    def said(language: str) -> str:
        return letter(kind, world.here, to=("a@b.example", ""), values=values, subject="x",
                      language=language).text  # fmt: skip

    assert said("fr").startswith("Bonjour")
    MailText.objects.create(municipality=world.here, kind=kind.code, text="Eigen {vraag}{link}",
                            french="")  # fmt: skip
    assert said("fr") == "Eigen {vraag}{link}"
    assert said("nl") == "Eigen {vraag}{link}"


def test_a_kind_nobody_made_and_a_place_of_others_are_not_there(desk: Client) -> None:
    assert desk.get(f"{LIST}ZAN/onbekend/").status_code == 404
    assert desk.get(f"{LIST}MEL/doorverwijzing/").status_code == 404
    assert desk.post(f"{LIST}MEL/doorverwijzing/proefmail/").status_code == 404


def test_the_pages_ask_little(desk: Client) -> None:
    for address in (LIST, EDIT):
        desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        assert len(queries) <= 10


def test_an_example_of_a_signature_is_that_signature(world: World) -> None:
    kind = all_kinds()["ondertekening"]
    text = MailText(municipality=world.here, kind=kind.code, text="Groet, {gemeente}")

    shown = example(kind, text, world.here, world.lead, "nl")

    assert (shown.text, shown.signature) == ("", "Groet, {gemeente}")


def test_who_reported_reads_the_signature_for_citizens(world: World, desk: Client) -> None:
    page = desk.get(f"{LIST}ZAN/vraag-aan-melder/").content.decode()

    assert "Met vriendelijke groet<br>Zandrode" in page
    assert "Cordialement<br>Zandrode" in page
    assert "centrum voor integrale veiligheid" not in page.partition('id="voorbeeld"')[2]
