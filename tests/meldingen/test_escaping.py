"""Script strings in every field that people fill in: on no page, sheet or mail do they run."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from core import outbox
from meldingen.box_paper import context, snapshot
from meldingen.links import QUESTIONS, response_token
from meldingen.models import Channel, Melding, Note, PublicText, Spot
from meldingen.operations import questions, steps
from tests.conftest import World, sign_in
from tests.factories import (
    CategoryFactory,
    ClosureReasonFactory,
    MailboxFactory,
    ReporterFactory,
    SourceFactory,
)
from tests.meldingen.citizen import address, filled

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
LINK = "javascript:alert(3)"
RUNS = re.compile(r"<script>alert|<img src=x|href=[\"']?javascript:|src=[\"']?javascript:")


@pytest.fixture
def melding(world: World, client: Client) -> Melding:
    """Everything that can be typed holds a script, from the form of a citizen on."""
    SourceFactory.create(municipality=world.here, code="web", is_public=True, name=EVIL)
    kind = CategoryFactory.create(municipality=world.here, name=EVIL, french=EVIL)
    for spot in (Spot.START, Spot.BOX):
        PublicText.objects.create(municipality=world.here, spot=spot, dutch=EVIL, french=EVIL)
    typed = {"text": f"{EVIL} {LINK}", "place": EVIL, "name": EVIL, "phone": EVIL[:40]}
    client.post(address(world.here), filled(kind, channel=Channel.NONE, **typed))
    found = Melding.objects.get()
    Note.objects.create(melding=found, text=EVIL, by=world.coordinator, by_name=EVIL)
    return found


def pages(melding: Melding) -> list[str]:
    page = melding.get_absolute_url()
    return [
        page, f"{page}afsluiten/", f"{page}wijzigen/", f"{page}rondom/", f"{page}vraag/",
        f"{page}samenvoegen/", f"{page}doorverwijzen/", f"{page}toewijzen/", "/meldingen/",
        f"/meldingen/?q={EVIL}", f"/meldingen/?van={EVIL}&sort={EVIL}", "/meldingen/antwoorden/",
        "/meldingen/vragen-aan-melders/?toon=alles", f"/m/melding/{melding.pk}/", "/m/lijst/",
        "/beheer/meldingen/", "/beheer/meldingen/bronnen/", "/beheer/meldingen/publieke-teksten/",
        "/meldingen/nieuw/", f"/volgen/{melding.follow_code}/", address(melding.municipality),
        f"{address(melding.municipality)}dank/{melding.follow_code}/",
    ]  # fmt: skip


def test_no_page_runs_what_somebody_typed(world: World, melding: Melding, client: Client) -> None:
    sign_in(client, world.coordinator)
    for page in pages(melding):
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert not RUNS.search(answer.content.decode()), page
    shown = client.post(f"{melding.get_absolute_url()}melder/").content.decode()
    assert "&lt;script&gt;" in shown
    assert not RUNS.search(shown)


def test_what_is_typed_wrong_is_shown_again_without_running(
    world: World, melding: Melding, client: Client
) -> None:
    wrong = filled(melding.category, name=EVIL, email=EVIL, place=EVIL, text=EVIL, opened="x")
    answers = [
        client.post(address(world.here), {**wrong, "stap": step, "channel": EVIL})
        for step in ("wat", "waar", "wie", EVIL)
    ] + [client.post(reverse("meldingen:follow-form"), {"code": EVIL})]

    assert not any(RUNS.search(answer.content.decode()) for answer in answers)


def test_questions_answers_and_last_words_do_not_run(
    world: World, melding: Melding, client: Client
) -> None:
    reporter = ReporterFactory.create(melding=melding, name=EVIL, email="mia@burger.example",
                                      channel=Channel.MAIL)  # fmt: skip
    question = questions.ask(melding, EVIL, by=world.coordinator)
    link = reverse("meldingen:question", args=[QUESTIONS.sign(str(question.pk))])
    told = [client.get(link), client.post(link, {"answer": EVIL})]
    reason = ClosureReasonFactory.create(municipality=world.here, name=EVIL, french=EVIL)
    steps.close(melding, reason, by=world.coordinator, text=EVIL)
    last = reverse("meldingen:solved", args=[response_token(reporter)])
    told += [client.get(last), client.post(last, {"solved": "nee", "words": EVIL})]
    sign_in(client, world.coordinator)
    told.append(client.get(melding.get_absolute_url()))

    assert not any(RUNS.search(answer.content.decode()) for answer in told)
    assert "&lt;script&gt;" in told[-1].content.decode()


def test_mails_hold_it_as_text_and_no_header_is_broken(world: World, melding: Melding) -> None:
    ReporterFactory.create(melding=melding, name=f"{EVIL}\r\nBcc: x@y.example",
                           email="mia@burger.example", channel=Channel.MAIL)  # fmt: skip
    questions.ask(melding, EVIL, by=world.coordinator)
    outbox.drain("mail")

    message: Any = mail.outbox[0].message()
    plain, page = message.get_payload()
    assert EVIL in plain.get_payload(decode=True).decode()
    assert not RUNS.search(page.get_payload(decode=True).decode())
    assert "&lt;script&gt;" in page.get_payload(decode=True).decode()
    assert message["Bcc"] is None
    assert "script" not in message["Subject"]


def test_paper_does_not_run_it(world: World, melding: Melding) -> None:
    box = MailboxFactory.create(municipality=world.here, name=EVIL, place=EVIL)
    drawn = render_to_string("meldingen/paper/box_codes.html", context(snapshot(world.here, [box])))

    assert not RUNS.search(drawn)
    assert "&lt;script&gt;" in drawn
